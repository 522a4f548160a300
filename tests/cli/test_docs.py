"""Documentation that says numbers or shows output says what the command does today."""

from __future__ import annotations

import html
import json
import re

import pytest
from conftest import ROOT


def bold_numbers(text: str) -> list[float]:
    return [float(n) for n in re.findall(r"\*\*(\d+\.\d+)\*\*", text)]


def test_worked_example_of_answers(crosscut):
    text = (ROOT / "docs/answers.md").read_text()
    path_numbers = bold_numbers(text.split("### Worked example")[1].split("## Likelihood")[0])
    likelihood_numbers = bold_numbers(text.split("## Likelihood")[1])

    def answer(command, sample):
        return json.loads(crosscut(command, f"samples/inventories/{sample}.json", "--format", "json").out)

    carried, verified = (answer("paths", s)["paths"] for s in ("expense_approval", "expense_approval_verified"))
    assert path_numbers == pytest.approx([carried[0]["probability"], carried[1]["probability"], verified[0]["probability"]])
    payments = [next(t for t in answer("scan", s)["likelihood"]["targets"] if t["node"] == "payment")["probability"]
                for s in ("expense_approval", "expense_approval_verified")]
    assert likelihood_numbers == pytest.approx(payments)


def test_picture_in_readme_is_todays_output(crosscut):
    svg = (ROOT / "docs/images/scan.svg").read_text()
    assert "docs/images/scan.svg" in (ROOT / "README.md").read_text()
    shown = [html.unescape(re.sub(r"<[^>]+>", "", row)) for row in re.findall(r"<text .*?</text>", svg)]
    today = crosscut("scan", "samples/inventories/refund_desk.json", "-k", 2).out.rstrip("\n").split("\n")
    assert shown == today, "run scripts/picture > docs/images/scan.svg"


def test_every_option_of_the_command_page_exists(crosscut):
    text = (ROOT / "docs/command.md").read_text()
    helps = "".join(crosscut(c, "--help").out for c in ("scan", "paths", "import", "validate"))
    for option in set(re.findall(r"--[a-z][a-z-]+", text)):
        assert option in helps, option


def test_commands_in_readme_parse(crosscut):
    block = (ROOT / "README.md").read_text().split("## What it answers today")[1].split("```")[1]
    for line in block.splitlines()[1:]:
        command = line.split("#")[0].split()
        if command:
            assert command[0] == "crosscut"
            assert crosscut(command[1], "--help").code == 0, line


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), ROOT / "samples/README.md"]:
        for link in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.relative_to(ROOT)}: {link}"


def test_cpp_example_of_readme_is_the_packaging_tests_program():
    block = re.search(r"```cpp\n(.*?)```", (ROOT / "README.md").read_text(), re.S)[1]
    program = [line.strip() for line in (ROOT / "tests/packaging/library.cpp").read_text().splitlines()]
    for line in block.splitlines():
        assert line.strip() in program, line
