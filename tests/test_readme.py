"""The README tells the truth: its commands run, its transcript is what the program prints, its settings exist."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import Settings

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|text)\n(.*?)```", README, re.DOTALL)
LINES = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line.strip()]
RUNS_ON = {"up"}
# What tests elsewhere run: the whole demo in tests/journeys, the tests by whoever reads this.
ELSEWHERE = {"uv run lendline demo", "uv run pytest"}


def _free_port() -> str:
    """A port that nobody listens on: several runs of the tests share this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def _any_day(text: str) -> str:
    """A text in which the numbers of records, which differ from day to day, are left open."""
    return re.sub(r"\d[\d,]* records", "# records", text)


def _command(line: str) -> str:
    return line.partition("#")[0].partition("&&")[2].strip() or line.partition("#")[0].strip()


@pytest.mark.parametrize("line", [line for line in LINES if _command(line) not in ELSEWHERE])
def test_a_command_of_the_readme_runs(line: str, tmp_path: Path) -> None:
    program, *args = shlex.split(_command(line))
    assert program == "lendline"
    if args[:1] == ["demo"]:
        args += ["--merchant", "banri-tea"]
    if "--port" in args:
        args[args.index("--port") + 1] = _free_port()
    env = {**os.environ, "LENDLINE_HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *args],
        cwd=ROOT,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if args[0] in RUNS_ON:
        assert process.stdout is not None
        assert "is up" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
    out, err = process.communicate("/status\n", timeout=60)
    assert process.returncode == 0, err
    assert out or args[0] in RUNS_ON


def test_the_first_commands_are_the_two_of_the_set_up() -> None:
    assert [_command(line) for line in LINES[:2]] == ["uv run lendline demo", "uv run pytest"]
    assert "uv && uv run pytest" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_transcript_is_what_the_program_prints(tmp_path: Path) -> None:
    transcript = next(block for kind, block in BLOCKS if kind == "text" and "Maeve" in block)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--merchant", "salt-and-crumb"],
        cwd=ROOT,
        env={**os.environ, "LENDLINE_HOME": str(tmp_path), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=True,
    )
    place, printed = 0, _any_day(done.stdout)
    for line in filter(None, (line.strip() for line in _any_day(transcript).splitlines())):
        found = printed.find(line, place)
        assert found >= 0, f"{line!r} is not printed after what stands before it"
        place = found


def test_every_setting_and_command_is_documented() -> None:
    for field in Settings.model_fields.values():
        assert f"`{field.validation_alias}`" in README
    for name in COMMANDS:
        assert f"lendline {name}" in README, name
