#!/usr/bin/env python3
"""Pillow's and OpenCV's times for the work of bench/image_bench.cc, one thread, median of 15 runs."""
import io
import statistics
import time

import cv2
import numpy as np
from PIL import Image

cv2.setNumThreads(1)
rng = np.random.default_rng(1)
y, x = np.mgrid[0:968, 0:1296]
picture = np.stack([(x * (c + 1) // 8 + y // 6 + (x // 160 + y // 120) % 2 * 60) % 240 for c in range(3)], -1)
picture = (picture + rng.integers(0, 9, picture.shape)).astype(np.uint8)
image = Image.fromarray(picture)
buffer = io.BytesIO()
image.save(buffer, "JPEG", quality=92)
depth = (1500 + 2 * np.mgrid[0:480, 0:640][1] + rng.integers(0, 7, (480, 640))).astype(np.uint16)
png = cv2.imencode(".png", depth)[1]


def ms(work):
    times = []
    for _ in range(15):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return f"{1000 * statistics.median(times):.1f} ms"


print("decode JPEG: Pillow", ms(lambda: Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")),
      "OpenCV", ms(lambda: cv2.imdecode(np.frombuffer(buffer.getvalue(), np.uint8), 1)))
print("encode JPEG: Pillow", ms(lambda: image.save(io.BytesIO(), "JPEG", quality=92)))
print("decode depth PNG: OpenCV", ms(lambda: cv2.imdecode(png, -1)))
print("bicubic to 336 x 252: Pillow", ms(lambda: image.resize((336, 252), Image.BICUBIC)))
print("linear to 640 x 480: OpenCV", ms(lambda: cv2.resize(picture, (640, 480))))
