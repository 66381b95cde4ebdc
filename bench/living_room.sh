#!/usr/bin/env bash
# A real ScanNet room from folder to verified questions: wall and CPU seconds of each process, and
# of all of them; the goal is 20 s on 2 cores.   usage: living_room.sh SPATIUM [FOLDER]
set -euo pipefail
spatium=$1
room=${2:-../shared/data/scannet_scene0050_00}
[ -d "$room" ] || { echo "skipped: $room is not there"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TIMEFORMAT='  %R s, CPU %U + %S s'
step() { echo "$1"; shift; time "$@" --json >"$work/out.json" 2>/dev/null; }
all() {
  step import "$spatium" scene import posed_rgbd "$room" -o "$work/room" --objects "$room/objects.json" \
    --axis-alignment "$room/scene0050_00.txt"
  step "qa make" "$spatium" qa make "$work/room" -o "$work/questions" --seed 0 --per-task all
  step "qa verify" "$spatium" qa verify "$work/questions" --scenes "$work/room"
  cut -c1-100 "$work/out.json"
}
time all
