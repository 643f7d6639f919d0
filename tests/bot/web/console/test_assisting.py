"""Help from a language model: only where one is set, checked, redacted, logged, and never sent by itself."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.web.app import create_app
from bot.web.console.assisting import is_foreign, same_numbers
from bot.web.console.roles import Role
from flows.engine.library import Library
from flows.knowledge.claims import Claim, Written
from flows.ports import AnswerRequest, SummaryRequest, TranslateRequest
from integrations.llm.scripted import ScriptedModel
from tests.bot.web.console.staff import PATH, outbox, owner_says, signed_in
from tests.bot.web.site import BASE, Site, open_site


def answer(request: AnswerRequest) -> Written:
    passage = request.passages[0]
    made_up = Claim(text="You will definitely get 500,000 at 1 %.", source=passage.id, quote=passage.text[:30])
    return Written(
        answerable=True, claims=(Claim(text=passage.text[:120], source=passage.id, quote=passage.text[:60]), made_up)
    )


def translate(request: TranslateRequest) -> str | None:
    return None if "fail" in request.text else f"[{request.lang}] {request.text}".replace("12", "24")


def summarise(request: SummaryRequest) -> str | None:
    assert any("APR" in line for line in request.lines)
    return "The owner asks what APR means. They get 500,000. See http://x.example. They will definitely get it."


@pytest.fixture
async def site(database_url: str, library: Library) -> AsyncIterator[Site]:
    """A console with a model that answers from a script."""
    async with open_site(database_url, library) as opened:
        parts = replace(opened.parts, model=ScriptedModel(answer=answer, translate=translate, summarise=summarise))
        transport = httpx.ASGITransport(app=create_app(parts))
        async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
            yield replace(opened, parts=parts, client=client)


async def test_a_draft_holds_only_what_our_articles_say(site: Site) -> None:
    await owner_says(site, "what does APR mean?")
    before = await outbox(site)
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert "/draft" in (await ann.get()).text
        draft = (await ann.does("draft", text="what does APR mean?")).text
        assert "data-insert" in draft
        assert "500,000" not in draft
        assert (await ann.does("draft", text="")).status_code == 200
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        assert "Asked the language model" in (await sue.get("/console/audit")).text
    assert await outbox(site) == before, "nothing is sent by itself"


async def test_a_translation_is_shown_and_changed_numbers_are_named(site: Site) -> None:
    await owner_says(site, "我要找人工")
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert "/translate" in (await ann.get()).text
        good = (await ann.does("translate", text="Please wait", to="zh")).text
        assert "[zh] Please wait" in good
        assert "numbers differ" not in good
        assert "numbers differ" in (await ann.does("translate", text="12 months", to="zh")).text
        assert "doesn&#39;t answer" in (await ann.does("translate", text="fail", to="zh")).text
        assert (await ann.does("translate", text="hi", to="xx")).status_code == 422
    async with signed_in(site, "Ben Cole", Role.VIEWER) as ben:
        assert (await ben.does("translate", text="hi", to="zh")).status_code == 403


async def test_a_summary_keeps_only_the_sentences_that_hold(site: Site) -> None:
    await owner_says(site, "what does APR mean?")
    before = await outbox(site)
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert "/summary" in (await ann.get()).text
        said = (await ann.does("summary")).text
        assert "The owner asks what APR means." in said
        assert not any(bad in said for bad in ("500,000", "example", "definitely"))
    assert await outbox(site) == before, "nothing is sent by itself"


async def test_without_a_model_nothing_of_it_is_there(database_url: str, library: Library) -> None:
    async with open_site(database_url, library) as site, signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await owner_says(site, "我要找人工")
        page = (await ann.get(PATH)).text
        assert "/draft" not in page
        assert "/translate" not in page
        assert (await ann.does("translate", text="hi", to="zh")).status_code == 404


def test_numbers_and_languages_are_told_apart() -> None:
    assert same_numbers("£30,000 over 12 months", "30000 英镑，分 12 期")
    assert not same_numbers("12 months", "24 期")
    assert is_foreign("我要找人工", "en")
    assert not is_foreign("hello", "en")
    assert is_foreign("hello", "zh")
    assert not is_foreign("APR是什么", "zh")
    assert not is_foreign("12", "zh")
