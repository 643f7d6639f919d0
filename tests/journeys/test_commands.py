"""The commands as a newcomer runs them: real processes, pipes, signals, a real port."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows.texts import load
from tests import databases
from tests.stand import Stand

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]
TEXTS = load()


def environment(home: Path) -> dict[str, str]:
    """A new installation; on a server, its database is there already."""
    settings = {"LENDLINE_HOME": str(home)}
    if databases.is_postgresql():
        settings["LENDLINE_DATABASE_URL"] = databases.url_for(home)
    return {**os.environ, **settings}


def lendline(home: Path, *args: str, given: str | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *args],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**environment(home), **(env or {})},
        timeout=300,  # a bound, no bar: machines are shared
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def fails(home: Path, *args: str, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *args],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**environment(home), **(env or {})},
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_application_through_a_pipe_with_numbers_and_labels(tmp_path: Path, lang: str) -> None:
    chinese = lang == "zh"
    lines = [
        "1",
        "13800138000" if chinese else "07700 900123",
        "91440300MA5FKT8U3Q" if chinese else "99412087",
        "1",
    ]
    out = lendline(tmp_path, "chat", "--lang", lang, given="\n".join(lines) + "\n")
    assert TEXTS.get(lang, "welcome.title") in out
    expected = "identify.failed.unknown" if chinese else "identify.confirm.text"
    assert TEXTS.get(lang, expected, number=lines[2])[:12] in out
    resumed = lendline(tmp_path, "chat", "--lang", lang, given="/status\n")
    assert TEXTS.get(lang, "welcome.again") in resumed
    assert TEXTS.get(lang, "welcome.title") not in resumed


def test_nothing_of_langchain_is_imported_without_a_model(tmp_path: Path) -> None:
    code = (
        "import sys, bot.commands.chat, bot.commands.serve, bot.commands.demo;"
        "print([name for name in sys.modules if name.startswith(('langchain', 'langgraph', 'langsmith'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
    del tmp_path


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_editors_see_what_no_article_answered(tmp_path: Path) -> None:
    lendline(tmp_path, "chat", "--lang", "en", given="How do I cook rice?\nhow do I cook  rice?\n会下雨吗？\n")
    asked = [json.loads(line) for line in lendline(tmp_path, "knowledge", "unanswered", "--json").splitlines()]
    assert [(each["question"], each["lang"], each["count"]) for each in asked] == [
        ("how do i cook rice?", "en", 2),
        ("会下雨吗？", "zh", 1),
    ]
    assert {each["zone_now"] for each in asked} == {"unknown"}
    assert "会下雨吗" in lendline(tmp_path, "knowledge", "unanswered", "--lang", "zh")
    assert "rice" not in lendline(tmp_path, "knowledge", "unanswered", "--lang", "zh")


def test_up_serves_telegram_and_lenders_and_stops_on_a_signal(tmp_path: Path, stand: Stand) -> None:
    port = _free_port()
    env = {
        **environment(tmp_path),
        "TELEGRAM_BOT_TOKEN": stand.token,
        "TELEGRAM_API_URL": stand.url,
    }
    credentials = lendline(tmp_path, "lender", "add", "harbour")
    token = re.search(r"token\s+(\S+)", credentials)
    assert token is not None
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "up", "--port", port], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _until(lambda: httpx.get(f"{base}/readyz", timeout=1).status_code == 200)
        assert httpx.get(f"{base}/healthz").json() == {"status": "ok"}
        person = stand.person("Mei")
        person.start()
        assert stand.wait(lambda: any("Lendline" in message.text for message in person.messages), 5)
        unknown = httpx.get(
            f"{base}/lenders/harbour/applications/LA-1", headers={"Authorization": f"Bearer {token[1]}"}
        )
        assert unknown.status_code == 404
        assert unknown.headers["content-type"] == "application/problem+json"
        refused = fails(tmp_path, "lender", "push", "harbour", "LA-1", "offered", "--url", base)
        assert refused
    finally:
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(10) == 0
        assert time.monotonic() - began < 5
        if process.stdout is not None:
            process.stdout.close()


def test_a_signal_while_it_starts_stops_it_cleanly(tmp_path: Path) -> None:
    program = """
import os, signal
from bot import wiring
from bot.commands import serve
open_library = wiring.open_library
def slow(settings):
    os.kill(os.getpid(), signal.SIGTERM)
    return open_library(settings)
wiring.open_library = slow
serve.up(["--port", PORT])
"""
    ours = program.replace("PORT", repr(_free_port()))
    done = subprocess.run(
        [sys.executable, "-c", ours],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_refused_token_is_one_clear_sentence(tmp_path: Path, stand: Stand) -> None:
    said = fails(tmp_path, "telegram", env={"TELEGRAM_BOT_TOKEN": "1:wrong", "TELEGRAM_API_URL": stand.url})
    assert "TELEGRAM_BOT_TOKEN" in said
    assert len(said.splitlines()) == 1


def test_wrong_words_are_one_clear_line(tmp_path: Path) -> None:
    assert fails(tmp_path, "demo", "--merchant", "nobody") == (
        "lendline: no such merchant; `lendline merchants` lists them"
    )
    assert len(fails(tmp_path, "no-such-command").splitlines()) == 1
    assert "LENDLINE_SECRET_KEYS" in fails(tmp_path, "chat", env={"LENDLINE_SECRET_KEYS": "short"})
    assert len(fails(tmp_path, "lender", "push", "nobody", "LA-1", "offered").splitlines()) == 1


def test_understand_and_ask_print_one_json_line_a_line(tmp_path: Path) -> None:
    given = '要15万分12期进货用\n{"text": "20k", "lang": "en", "asked": "amount_requested"}\n'
    first, second = (
        json.loads(line) for line in lendline(tmp_path, "understand", "--lang", "zh", given=given).splitlines()
    )
    assert first["acts"] == ["answer"]
    assert first["values"][0] == {"field": "amount_requested", "value": "150000", "currency": "CNY", "span": [1, 4]}
    assert first["route"] == "apply"
    assert first["unclear"] == []
    assert second["values"][0]["value"] == "20000"
    answer = json.loads(lendline(tmp_path, "ask", "--json", "what does APR mean?"))
    assert set(answer) == {"question", "zone", "article", "candidates", "answer"}
    assert answer["zone"] == "sure"
    assert answer["article"] == "what-is-apr"


def test_doctor_finds_what_is_wrong(tmp_path: Path) -> None:
    assert "All is well." in lendline(tmp_path, "doctor")
    broken = tmp_path / "products"
    broken.mkdir()
    (broken / "loan.yaml").write_text("key: x\n", encoding="utf-8")
    assert "1 of" in fails(tmp_path, "doctor", env={"LENDLINE_PRODUCTS": str(broken)})


def test_lists(tmp_path: Path) -> None:
    merchants = json.loads(lendline(tmp_path, "merchants", "--json"))
    assert len(merchants) >= 8
    assert sum(each["lang"] == "zh" for each in merchants) * 2 >= len(merchants)
    sources = json.loads(lendline(tmp_path, "sources", "--json"))
    assert {each["name"] for each in sources} >= {"registry", "tax", "bank"}
    assert "lendline demo" in lendline(tmp_path, "--help")


def _until(condition: object) -> None:
    assert callable(condition)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if condition():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    raise AssertionError("it did not come up")
