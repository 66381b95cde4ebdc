#!/usr/bin/env python3
"""Writes the tiny pictures of fuzz/corpus/{png,jpeg,pnm}; the codec tests read them too.

Needs Pillow and OpenCV; made with Pillow 13.0 and OpenCV 5.0. Every picture is 5 x 3, so that
sides are odd. Pixel (x, y) is R = 50 x, G = 100 y, B = 7 unless its name says otherwise.
"""
import pathlib

import cv2
import numpy as np
from PIL import Image

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "fuzz" / "corpus"
y, x = np.mgrid[0:3, 0:5]
rgb = np.stack([50 * x, 100 * y, np.full_like(x, 7)], -1).astype(np.uint8)
alpha = (17 * (x + 5 * y)).astype(np.uint8)
grey16 = (4000 * x + 700 * y).astype(np.uint16)

png, jpeg, pnm = (CORPUS / n for n in ("png", "jpeg", "pnm"))
for folder in (png, jpeg, pnm):
    folder.mkdir(parents=True, exist_ok=True)

Image.fromarray(rgb).save(png / "rgb8.png")
Image.fromarray(np.dstack([rgb, alpha])).save(png / "rgba8.png")
Image.fromarray(rgb[..., 0]).save(png / "grey8.png")
Image.fromarray(rgb[..., 0]).convert("LA").save(png / "grey_alpha8.png")
Image.fromarray(rgb).quantize(15).save(png / "palette4.png")
Image.fromarray(rgb[..., 0] > 90).save(png / "grey1.png")
Image.fromarray(grey16).save(png / "grey16.png")
cv2.imwrite(str(png / "rgb16.png"), (rgb[..., ::-1].astype(np.uint16) * 256 + 99))

Image.fromarray(rgb).save(jpeg / "rgb_420.jpg", quality=95)
Image.fromarray(rgb).save(jpeg / "rgb_444.jpg", quality=95, subsampling=0)
Image.fromarray(rgb).save(jpeg / "progressive.jpg", quality=80, progressive=True)
Image.fromarray(rgb[..., 0]).save(jpeg / "grey.jpg", quality=90)
Image.fromarray(rgb).convert("CMYK").save(jpeg / "cmyk.jpg", quality=90)

(pnm / "rgb_binary.ppm").write_bytes(b"P6 5 3 255\n" + rgb.tobytes())
(pnm / "rgb_text.ppm").write_text("P3\n# a comment\n5 3\n255\n" + " ".join(map(str, rgb.ravel())) + "\n")
(pnm / "grey16.pgm").write_bytes(b"P5\n5 3\n65535\n" + grey16.astype(">u2").tobytes())
(pnm / "grey_text.pgm").write_text("P2 5 3 200 " + " ".join(map(str, rgb[..., 0].ravel())))
