#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET...]: fuzzes every target, or the named ones, for SECONDS each from its
# corpus; a crash is kept in build/fuzz-crashes and fails.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=$1
shift
targets=("$@")
if [ $# -eq 0 ]; then
  for source in fuzz/*_fuzz.cc; do targets+=("$(basename "$source" _fuzz.cc)"); done
fi
export SPATIUM_METEOR_JAR=  # its tables take a second of every start
mkdir -p build/fuzz-crashes
bad=0
for name in "${targets[@]}"; do
  grown=build/fuzz-corpus/$name
  mkdir -p "$grown"
  corpus=("$grown")
  [ -d "fuzz/corpus/$name" ] && corpus+=("fuzz/corpus/$name")
  printf '== %s\n' "$name"
  "build/fuzz/fuzz/${name}_fuzz" -max_total_time="$seconds" -rss_limit_mb=4096 -malloc_limit_mb=2048 -timeout=25 \
    -artifact_prefix="build/fuzz-crashes/$name-" -print_final_stats=1 "${corpus[@]}" 2>"build/fuzz-crashes/$name.log"
  code=$?
  grep -E 'stat::number_of_executed_units|stat::average_exec_per_sec|SUMMARY|ERROR' "build/fuzz-crashes/$name.log"
  [ $code -eq 0 ] || bad=$((bad + 1))
done
[ $bad -eq 0 ] && echo "no crash" || { echo "$bad targets crashed: see build/fuzz-crashes"; exit 1; }
