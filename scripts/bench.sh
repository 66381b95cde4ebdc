#!/usr/bin/env bash
# Every speed benchmark: Google Benchmark programs, then scripts that time whole processes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for program in build/bench/bench/*_bench; do
  printf '\n== %s\n' "$(basename "$program")"
  "$program" --benchmark_min_time=0.5
done
for script in bench/*.sh; do
  [ -e "$script" ] || continue
  printf '\n== %s\n' "$script"
  bash "$script" build/release/spatium
done
