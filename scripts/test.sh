#!/usr/bin/env bash
# Every test, in stages, within a time budget; what the budget leaves out is printed. Called by ./run test.
#   release     all tests
#   asan        all unit tests and fuzz replays under AddressSanitizer and UBSan
#   tidy        clang-tidy over the files of the last change, 10 minutes at most
#   tsan        layers with threads of their own under ThreadSanitizer
# SPATIUM_TEST_STAGES picks stages; SPATIUM_TEST_BUDGET_MIN is for all of them together.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
stages=${SPATIUM_TEST_STAGES:-release asan tidy tsan}
budget_s=$((${SPATIUM_TEST_BUDGET_MIN:-70} * 60))
jobs=${SPATIUM_JOBS:-$(nproc)}
start=$SECONDS
failed_stages=0
results=$PWD/build/test-results
left_out=()
rm -rf "$results"
mkdir -p "$results"

say() { printf '\n== %s (%d s of %d)\n' "$*" $((SECONDS - start)) "$budget_s"; }
left() { echo $((budget_s - SECONDS + start)); }

# configure PRESET: its build folder, once.
configure() {
  local log=$results/$1-configure.log
  [ -e "build/$1/build.ninja" ] && return
  CXX=${CXX:-$(command -v clang++-19 || command -v clang++ || command -v g++)} \
    cmake --preset "$1" ${SPATIUM_PYTHON:+-DPython3_EXECUTABLE="$SPATIUM_PYTHON"} >"$log" 2>&1 && return
  cat "$log"
  failed_stages=$((failed_stages + 1))
  return 1
}

# stage NAME PRESET TARGET CTEST_ARGS...
stage() {
  local name=$1 preset=$2 target=$3
  shift 3
  say "$name: build"
  configure "$preset" || return
  if ! timeout "$(left)" cmake --build "build/$preset" -j "$jobs" --target "$target" >"$results/$name-build.log" 2>&1; then
    grep -E 'error|FAILED|undefined' "$results/$name-build.log" | head -40
    echo "$name: the build failed or ran out of time"
    failed_stages=$((failed_stages + 1))
    return
  fi
  say "$name: tests"
  mkdir -p "$results/$name"
  GTEST_OUTPUT="json:$results/$name/" timeout "$(left)" ctest --test-dir "build/$preset" -j "$jobs" --timeout 1200 \
    --output-on-failure --output-junit "$results/$name/ctest.xml" "$@" | tail -150
  [ "${PIPESTATUS[0]}" -eq 0 ] || failed_stages=$((failed_stages + 1))
}

tidy() {
  say "tidy"
  local base files
  configure release || return
  # The last change: what a pull request adds, else the last day's commits, else the whole tree.
  base=${SPATIUM_TIDY_BASE:-$(git rev-list -1 --before='1 day ago' HEAD 2>/dev/null)}
  [ -n "$base" ] || base=$(git hash-object -t tree /dev/null)
  files=$(git diff --name-only --diff-filter=AM "$base" HEAD -- "src/*.cc" || true)
  [ -n "$files" ] || { echo "no changed files"; return; }
  local seconds=$((600 < $(left) ? 600 : $(left)))
  SPATIUM_TIDY_SECONDS=$seconds scripts/tidy.py build/release $files >"$results/tidy.log" 2>&1
  local code=$?
  tail -40 "$results/tidy.log"
  [ $code -eq 0 ] || failed_stages=$((failed_stages + 1))
}

for s in release asan tidy tsan; do
  case " $stages " in *" $s "*) ;; *) echo "left out: $s (SPATIUM_TEST_STAGES=\"$s\" ./run test runs it)" ;; esac
done
for s in $stages; do
  if [ "$(left)" -lt 300 ]; then
    left_out+=("$s")
    continue
  fi
  case $s in
    release) stage release release all ;;
    asan) stage asan asan all -L 'unit|fuzz' ;;
    tidy) tidy ;;
    tsan) stage tsan tsan tsan_tests -L tsan ;;
  esac
done

[ ${#left_out[@]} -eq 0 ] || printf '\nleft out for want of time: %s\n' "${left_out[*]}"
say "done"
python3 scripts/count_tests.py "$results" "$failed_stages"
