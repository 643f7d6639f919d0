"""docs/add-a-source.md is followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "flows", "integrations", "tests", "docs")
TOOLS = {"lendline": ("-m", "bot"), "pytest": ("-m", "pytest", "-n", "2")}


def commands() -> list[list[str]]:
    """What the page has its reader type, as arguments of this Python."""
    page = (ROOT / "docs/add-a-source.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL) for line in block.splitlines()]
    return [_arguments(line) for line in lines]


def _arguments(line: str) -> list[str]:
    words = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]
    assert words[:2] == ["uv", "run"], line
    return [*TOOLS[words[2]], *words[3:]]


@pytest.mark.guide
@pytest.mark.timeout(1200)
def test_the_page_can_be_followed(tmp_path: Path) -> None:
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    for arguments in commands():
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**clean, "LENDLINE_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    listed = subprocess.run(
        [sys.executable, "-m", "bot", "sources"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "parcel_hub" in listed.stdout


def test_the_page_says_what_to_type() -> None:
    assert [each[1] for each in commands()] == ["bot", "pytest", "pytest"]
