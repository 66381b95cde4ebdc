#!/usr/bin/env python3
"""Counts test cases over all stages and prints the closing line "N passed, N failed, N skipped".

usage: count_tests.py RESULTS_DIR FAILED_STAGES
A GoogleTest program's cases count one by one (its JSON report); other ctest entries count as one.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as ET

results, failed_stages = pathlib.Path(sys.argv[1]), int(sys.argv[2])
passed = failed = skipped = 0
skip_reasons = set()
for junit in sorted(results.glob("*/ctest.xml")):
    for case in ET.parse(junit).iter("testcase"):
        name = case.get("name")
        report = junit.parent / f"{name}_test.json"
        bad = case.find("failure") is not None
        if report.exists():
            suites = json.loads(report.read_text())["testsuites"]
            cases = [c for s in suites for c in s["testsuite"]]
            n_failed = sum("failures" in c for c in cases)
            n_skipped = sum(c.get("result") == "SKIPPED" for c in cases)
            for c in cases:
                if c.get("result") == "SKIPPED":
                    skip_reasons.add(f"{junit.parent.name}: {c['classname']}.{c['name']}")
            failed += n_failed + (1 if bad and n_failed == 0 else 0)
            skipped += n_skipped
            passed += len(cases) - n_failed - n_skipped
        elif bad:
            failed += 1
        elif case.get("status") in ("disabled", "notrun") or case.find("skipped") is not None:
            skipped += 1
            skip_reasons.add(f"{junit.parent.name}: {name}")
        else:
            passed += 1
if failed_stages and not failed:
    failed = failed_stages  # a build or a check that broke is a failure even if no test ran
for reason in sorted(skip_reasons):
    print("skipped", reason)
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or not passed else 0)
