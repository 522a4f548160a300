"""scripts/count-tests: what counts as one test, and that failures are never lost."""

import pathlib
import subprocess
import sys

import pytest

REPOSITORY = pathlib.Path(__file__).parents[2]


def count(tmp_path, *cases):
    file = tmp_path / "results.xml"
    file.write_text(f"<testsuite>{''.join(cases)}</testsuite>")
    run = subprocess.run([sys.executable, REPOSITORY / "scripts/count-tests", file], capture_output=True, text=True)
    return run.returncode, run.stdout.strip()


def doctest(status, summary):
    failure = "<failure message=''/>" if status == "fail" else ""
    return f"<testcase name='room' status='{status}'>{failure}<system-out>{summary}</system-out></testcase>"


ALL_GOOD = "[doctest] test cases:  7 |  7 passed | 0 failed | 1 skipped\n[doctest] assertions: 90 | 90 passed | 0 failed |"


@pytest.mark.parametrize("case, status, line", [
    (doctest("run", ALL_GOOD), 0, "7 passed, 0 failed, 1 skipped"),
    (doctest("fail", ALL_GOOD.replace("7 passed | 0", "4 passed | 3")), 1, "4 passed, 3 failed, 1 skipped"),
    (doctest("fail", ALL_GOOD), 1, "7 passed, 1 failed, 1 skipped"),
    (doctest("fail", "Segmentation fault"), 1, "0 passed, 1 failed, 0 skipped"),
    ("<testcase name='a'/>", 0, "1 passed, 0 failed, 0 skipped"),
    ("<testcase name='a'><failure/></testcase>", 1, "0 passed, 1 failed, 0 skipped"),
    ("<testcase name='a'><error/></testcase>", 1, "0 passed, 1 failed, 0 skipped"),
    ("<testcase name='a'><skipped/></testcase>", 1, "0 passed, 0 failed, 1 skipped"),
])
def test_one_entry(tmp_path, case, status, line):
    assert count(tmp_path, case) == (status, line)


def test_entries_add_up(tmp_path):
    assert count(tmp_path, doctest("run", ALL_GOOD), "<testcase name='a'/>", "<testcase name='b'/>") == \
        (0, "9 passed, 0 failed, 1 skipped")
