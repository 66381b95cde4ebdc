"""Resizes IN.png with Pillow and OpenCV for resize_test.cc; exit 77 where they are missing.

usage: resize_oracle.py IN.png OUT_DIR WxH...   writes OUT_DIR/{pillow,opencv}_FILTER_WxH.png
"""
import sys

try:
    import cv2
    from PIL import Image
except ImportError as error:
    print(error)
    sys.exit(77)

source, out, *sizes = sys.argv[1:]
picture = Image.open(source).convert("RGB")
pixels = cv2.imread(source)
cv2.setNumThreads(1)
for name in sizes:
    size = tuple(map(int, name.split("x")))
    for f in ("nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"):
        resized = picture.resize(size, getattr(Image.Resampling, f.upper()))
        resized.save(f"{out}/pillow_{f}_{name}.png")
    for f in ("nearest", "linear", "area"):
        resized = cv2.resize(pixels, size, interpolation=getattr(cv2, "INTER_" + f.upper()))
        cv2.imwrite(f"{out}/opencv_{f}_{name}.png", resized)
