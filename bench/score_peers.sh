#!/usr/bin/env bash
# Whole-process scoring beside the published programs: ./run bench, or
#   bench/score_peers.sh SPATIUM [PREDICTIONS [CAPTIONS]]
here="$(dirname "${BASH_SOURCE[0]}")"
python="${SPATIUM_PYTHON:-python3}"
"$python" "$here/score_peers.py" "$1" "${2:-1000000}" && "$python" "$here/caption_peers.py" "$1" "${3:-30000}"
