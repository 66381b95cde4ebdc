#!/usr/bin/env bash
# The run engine's own cost per sample: ./run bench, or bench/run_engine.sh SPATIUM [ITEMS]
exec "${SPATIUM_PYTHON:-python3}" "$(dirname "${BASH_SOURCE[0]}")/run_engine.py" "$@"
