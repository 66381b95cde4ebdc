#!/usr/bin/env bash
# What a start of the program costs: CPU and wall time of 100 starts that do nothing else.   usage: start.sh SPATIUM
set -euo pipefail
TIMEFORMAT='100 starts: %R s, CPU %U + %S s'
time for _ in {1..100}; do "$1" --version >/dev/null; done
