"""The page for lenders' developers, executed: every command and program on it, in its order, on a new installation."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(r"```(sh|chat|python)\n(.*?)```", (ROOT / "docs" / "for-lenders.md").read_text("utf-8"), re.DOTALL)


def test_a_lenders_developer_gets_from_nothing_to_a_relayed_status(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    env = {**os.environ, "LENDLINE_HOME": str(tmp_path / "home"), "BASE": f"http://127.0.0.1:{port}"}
    printed: list[str] = []
    server: subprocess.Popen[bytes] | None = None
    try:
        for kind, block in BLOCKS:
            if kind == "sh" and "lendline up" in block:
                server = subprocess.Popen([*_lendline(block, env)[:-1], port], cwd=tmp_path, env=env)
                _until_ready(env["BASE"])
                continue
            if kind == "sh":
                out = _run(_lendline(block, env), tmp_path, env)
            elif kind == "chat":
                out = _run([sys.executable, "-m", "bot", "chat", "--lang", "en"], tmp_path, env, given=block)
            else:
                out = _run([sys.executable, "-c", block], tmp_path, env)
            printed.append(out)
            env |= _learnt(out)
    finally:
        if server is not None:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    assert "'amount': '30000.00'" in printed[2]
    assert "as it was signed" in printed[3]
    assert printed[4].startswith("202 ")
    assert "relayed" in printed[5]


def _learnt(out: str) -> dict[str, str]:
    """What a developer would copy from the screen."""
    found = {name.upper(): value for name, value in re.findall(r"^(secret|token|key) +(\S+)$", out, re.MULTILINE)}
    application = re.search(r"You signed application (LA-\S+) at", out)
    return found if application is None else {**found, "APPLICATION": application[1]}


def _lendline(block: str, env: dict[str, str]) -> list[str]:
    for name in ("KEY", "APPLICATION"):
        block = block.replace(f"${name}", env.get(name, ""))
    program, *arguments = shlex.split(block)
    assert program == "lendline"
    return [sys.executable, "-m", "bot", *arguments]


def _run(command: list[str], home: Path, env: dict[str, str], given: str = "") -> str:
    done = subprocess.run(
        command, cwd=home, env=env, input=given, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _until_ready(base: str) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{base}/healthz", timeout=1).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the server did not come up")
