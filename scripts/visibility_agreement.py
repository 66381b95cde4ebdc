#!/usr/bin/env python3
"""How well the depth method of visibility agrees with the id buffer, on synthetic rooms.

    scripts/visibility_agreement.py build/release/spatium WORKDIR [--rooms 6] [--frames 30] [--seed 5]

Rooms are made by `spatium synth`, imported as ScanNet scenes, and `spatium scene visibility` runs
on each with --method ids (the truth) and --method depth (depth maps in millimetres and boxes only).
"Visible" is visibility.h's: at least 0.08 % of the picture's pixels and a tenth of the silhouette.
Prints one JSON line: precision and recall of "visible", agreement of "centre unoccluded" among
objects visible in both, mean and 95th percentile of the differences of fractions, and median IoU of
the visible boxes.
"""
import argparse
import json
import os
import subprocess

MIN_IMAGE_SHARE = 0.0008
MIN_FRACTION = 0.1


STRUCTURE = ("wall", "floor", "ceiling")


class Tally:
    def __init__(self):
        self.both = self.only_depth = self.only_ids = self.centers = self.centers_equal = 0
        self.differences, self.ious = [], []

    def add(self, a, b, in_ids, in_depth):
        self.both += in_ids and in_depth
        self.only_depth += in_depth and not in_ids
        self.only_ids += in_ids and not in_depth
        if not (in_ids and in_depth):
            return
        self.differences.append(abs(a["visible_fraction"] - b["visible_fraction"]))
        self.ious.append(iou(a["box_visible"], b["box_visible"]))
        if a["center_in_view"]:
            self.centers += 1
            self.centers_equal += a["center_unoccluded"] == b["center_unoccluded"]

    def report(self):
        self.differences.sort()
        self.ious.sort()
        n = len(self.ious)
        return {
            "visible_in_both": self.both, "only_depth": self.only_depth, "only_ids": self.only_ids,
            "precision": round(self.both / max(1, self.both + self.only_depth), 4),
            "recall": round(self.both / max(1, self.both + self.only_ids), 4),
            "center_unoccluded_equal": round(self.centers_equal / max(1, self.centers), 4), "centers": self.centers,
            "fraction_difference_mean": round(sum(self.differences) / max(1, n), 4),
            "fraction_difference_p95": self.differences[int(0.95 * n)] if n else None,
            "box_iou_median": round(self.ious[n // 2], 4) if n else None}


def rows(binary, store, method):
    out = subprocess.run([binary, "scene", "visibility", store, "--method", method, "--no-cache", "--quiet"],
                         check=True, capture_output=True, text=True).stdout
    return {(r["frame"], r["object"]): r for r in map(json.loads, out.splitlines())}


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    area = lambda r: (r[2] - r[0]) * (r[3] - r[1])
    return w * h / (area(a) + area(b) - w * h)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("workdir")
    parser.add_argument("--rooms", type=int, default=6)
    parser.add_argument("--frames", type=int, default=30)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--verbose", action="store_true", help="name each disagreement")
    args = parser.parse_args()
    rooms = os.path.join(args.workdir, f"rooms_{args.seed}_{args.rooms}_{args.frames}")
    if not os.path.isdir(rooms):
        subprocess.run([args.binary, "synth", "-o", rooms, "--rooms", str(args.rooms), "--frames", str(args.frames),
                        "--size", "640x480", "--seed", str(args.seed), "--format", "scannet", "--json"],
                       check=True, capture_output=True)
    things, structure = Tally(), Tally()
    for name in sorted(os.listdir(rooms)):
        if name == "truth":
            continue
        store = os.path.join(args.workdir, "store_" + name)
        if not os.path.isdir(store):
            subprocess.run([args.binary, "scene", "import", "scannet", os.path.join(rooms, name), "-o", store],
                           check=True, capture_output=True)
        info = json.loads(subprocess.run([args.binary, "scene", "info", store, "--full", "--json"], check=True,
                                         capture_output=True, text=True).stdout)
        size = {f["name"]: f["size"][0] * f["size"][1] for f in info["frames"]}
        label = {o["id"]: o["label"] for o in info["objects"]}
        ids, depth = rows(args.binary, store, "ids"), rows(args.binary, store, "depth")

        def visible(r):
            return bool(r and r["visible_fraction"] >= MIN_FRACTION
                        and r["visible_px"] >= MIN_IMAGE_SHARE * size[r["frame"]])

        for key in sorted(set(ids) | set(depth)):
            a, b = ids.get(key), depth.get(key)
            in_ids, in_depth = visible(a), visible(b)
            if args.verbose and in_ids != in_depth:
                px = lambda r: (r["visible_px"], r["visible_fraction"]) if r else None
                print(name, key, label.get(key[1]), "ids", px(a), "depth", px(b))
            (structure if label.get(key[1]) in STRUCTURE else things).add(a, b, in_ids, in_depth)
    print(json.dumps({"objects": things.report(), "walls, floors and ceilings": structure.report()}))


if __name__ == "__main__":
    main()
