"""ReferIt3D's sr3d.csv: Nr3D's columns and what the template said."""
from . import nr3d


def write(folder, n, rng):
    return nr3d.write(folder, n, rng, sr3d=True)
