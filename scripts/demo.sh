#!/usr/bin/env bash
# The main job on an embedded default: make two rooms, ask questions about them, verify every
# answer from the scenes, and write pages to look at.   usage: demo.sh SPATIUM_BINARY OUT
set -euo pipefail
spatium=$(realpath "$1")
out=$2
step() { printf '\n== %s\n' "$*" >&2; }

step "making two furnished rooms with known truth"
"$spatium" synth -o "$out/rooms" --rooms 2 --frames 48 --size 640x480 --seed 7 --format scannet --json >"$out.json.tmp"
names=$(sed -e 's/.*\[//; s/\].*//; s/[",]/ /g' "$out.json.tmp")
rm -f "$out.json.tmp"
stores=()
for name in $names; do
  step "reading $name as the ScanNet folder it is"
  "$spatium" scene import scannet "$out/rooms/$name" -o "$out/stores/$name" --json
  "$spatium" scene show "$out/stores/$name" -o "$out/$name.html"
  stores+=("$out/stores/$name")
done
step "asking questions"
"$spatium" qa make "${stores[@]}" -o "$out/questions" --seed 7 --per-task 60 --provenance full --json
step "deriving every answer again, with code of its own"
"$spatium" qa verify "$out/questions" --scenes "${stores[@]}" --json
step "drawing them"
"$spatium" qa gallery "$out/questions" -o "$out/gallery.html" --sample 120
printf '\nrooms in 3D:  '
for name in $names; do printf 'file://%s ' "$(realpath "$out/$name.html")"; done
printf '\nquestions:    file://%s\n' "$(realpath "$out/gallery.html")"
