#!/usr/bin/env bash
# Whole-process scoring beside the published Python: ./run bench, or bench/score_peers.sh SPATIUM [N]
exec "${SPATIUM_PYTHON:-python3}" "$(dirname "${BASH_SOURCE[0]}")/score_peers.py" "$@"
