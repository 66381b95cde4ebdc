"""What the point benchmarks' fixtures share: rectangles as masks, and points in them."""
import re

import cv2
import numpy as np


class Mask:
    """A white rectangle [x0, x1) x [y0, y1) in a black picture."""

    def __init__(self, rng, block=1, width=None, height=None):
        self.width = width or block * rng.randint(4, 9)
        self.height = height or block * rng.randint(4, 9)
        self.x0 = block * rng.randrange(self.width // block - 1)
        self.y0 = block * rng.randrange(self.height // block - 1)
        self.x1 = self.x0 + block * rng.randint(1, (self.width - self.x0) // block)
        self.y1 = self.y0 + block * rng.randint(1, (self.height - self.y0) // block)

    def pixels(self):
        picture = np.zeros((self.height, self.width), np.uint8)
        picture[self.y0:self.y1, self.x0:self.x1] = 255
        return picture

    def file(self, ending=".png"):
        return cv2.imencode(ending, self.pixels())[1].tobytes()

    def middle(self):
        """The pixel that baseline:oracle names."""
        return (self.x0 + (self.x1 - self.x0) // 2, self.y0 + (self.y1 - self.y0) // 2)

    def answer(self):
        x, y = self.middle()
        return f"({(x + .5) / self.width:.8f}, {(y + .5) / self.height:.8f})"

    def holds(self, x, y):
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1


def share_in(reply, mask):
    """The share of a reply's points, as shares of the picture, that are in the mask."""
    points = re.findall(r"\(([\d.]+), ([\d.]+)\)", reply)
    hits = [mask.holds(int(float(x) * mask.width), int(float(y) * mask.height)) for x, y in points]
    return sum(hits) / len(hits) if hits else 0.0


GRID = ("Your answer should be formatted as a list of tuples, i.e. {}, where each tuple contains the x and y "
        "coordinates of a point satisfying the conditions above. The coordinates should be integers between 0 and "
        "999, representing the pixel locations scaled to a 1000×1000 grid.")
EASI = ('Output the point coordinates in JSON format.\nFor example:\n[\n  {"point_2d": [x, y], "label": "point_1"}\n]\n')
TUPLES = ("Your answer should be formatted as a list of tuples, i.e. [(x1, y1), (x2, y2), ...], where each tuple "
          "contains the x and y coordinates of a point satisfying the conditions above. The coordinates should be "
          "between 0 and 1, indicating the normalized pixel locations of the points in the image.")
