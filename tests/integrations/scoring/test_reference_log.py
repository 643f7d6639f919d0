"""The log of the reference service: it replays, outlives a restart and holds no person."""

import asyncio
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from flows.errors import WrongDeclaration
from integrations.scoring.reference.__main__ import main
from integrations.scoring.reference.journal import read_entries, replay
from integrations.scoring.reference.service import open_service
from tests.integrations.scoring.asking import (
    BANK,
    DESK,
    REGISTRY,
    TAX,
    TOKEN,
    post,
    question,
)


async def test_the_log_replays_byte_for_byte_and_holds_no_person(http: httpx.AsyncClient, tmp_path: Path) -> None:
    for number, features in enumerate([REGISTRY, REGISTRY | TAX | BANK, {}, REGISTRY | BANK | {"adb": "1E+4"}]):
        asked = question(features) | {
            "applicant": {
                "business_legal_name": {"value": "Larkspur Bakery Ltd"},
                "representative_name": {"value": "Ada Quill"},
                "representative_id_number": {"value": "900000017"},
            }
        }
        assert (await post(http, asked, key=f"k-{number}")).status_code == 200
    log = tmp_path / "decisions.jsonl"
    entries = list(read_entries(log))
    assert len(entries) == 4
    assert replay(entries, DESK) == ()
    for secret in ("Larkspur", "Quill", "900000017"):
        assert secret not in log.read_text(encoding="utf-8")
    changed = [
        entries[0].model_copy(update={"answer": entries[0].answer.replace("more_data", "approve")}),
        *entries[1:],
    ]
    assert replay(changed, DESK) == ("k-0",)


async def decide_once(app: Starlette, key: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://scoring.test", headers=headers) as client:
        return await post(client, question(REGISTRY), key)


async def test_a_restart_remembers_keys_and_drops_a_line_that_was_cut_off(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    first, after_restart = [await decide_once(open_service(TOKEN, log=log), "k-1") for _ in range(2)]
    assert first.content == after_restart.content
    assert len(list(read_entries(log))) == 1
    log.write_text(log.read_text(encoding="utf-8") + '{"key": "k-9', encoding="utf-8")
    await decide_once(open_service(TOKEN, log=log), "k-2")
    assert [entry.key for entry in read_entries(log)] == ["k-1", "k-2"]
    log.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"log\.jsonl:1"):
        open_service(TOKEN, log=log)


def test_a_service_without_a_token_does_not_start() -> None:
    with pytest.raises(ValueError, match="bearer token"):
        open_service("")


def test_the_program_replays_a_log_and_names_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner().invoke
    log = tmp_path / "log.jsonl"
    asyncio.run(decide_once(open_service(TOKEN, log=log), "k-1"))
    assert run(main, ["--replay", str(log)]).output == "1 decisions, 0 come out differently\n"
    log.write_text(log.read_text(encoding="utf-8").replace("more_data", "approve"), encoding="utf-8")
    replayed = run(main, ["--replay", str(log)])
    assert replayed.exit_code == 1
    assert "different: k-1" in replayed.output
    empty = run(main, ["--products", str(tmp_path)])
    assert empty.exit_code == 1
    assert "no product sheet" in empty.output
