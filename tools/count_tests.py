#!/usr/bin/env python3
"""Counts the test cases behind a ctest run: "PASSED FAILED" on one line.

    tools/count_tests.py JUNIT_XML

A ctest entry that ran a GoogleTest binary counts as the cases it reports; any other entry counts as one.
"""
import re
import sys
import xml.etree.ElementTree as tree


def count(junit):
    passed = failed = 0
    for case in tree.parse(junit).getroot().iter("testcase"):
        output = case.findtext("system-out") or ""
        ran = re.findall(r"\[  PASSED  \] (\d+) test", output)
        broken = re.findall(r"^\[  FAILED  \] (\d+) test", output, re.M)
        good = case.get("status") == "run"
        passed += sum(map(int, ran)) if ran else int(good)
        failed += sum(map(int, broken)) if broken else int(not good)
    return passed, failed


if __name__ == "__main__":
    print(*count(sys.argv[1]))
