"""What supervisors count: worked out from states as they are, once for each application, and again when it changes."""

from datetime import timedelta

import pytest

from bot.web.console.guard import Room
from bot.web.console.overview import _csv, _Words
from bot.web.console.people import People
from bot.web.pages import Pages
from bot.workers import summary
from bot.workers.summary import HandOver, Stage
from bot.workers.tally import Tally
from flows.application.lifecycle import Status
from flows.conversation import Pull, PullState, TimelineEntry
from integrations.database.queries import overview
from integrations.database.queries.overview import Overview
from tests.bot.parts import START
from tests.bot.web.site import APPLICATION, LENDER, Site, owner


@pytest.fixture
async def numbers(site: Site) -> Tally:
    return Tally(site.parts.database, site.parts.sealer, site.clock)


async def read(site: Site) -> Overview:
    now = site.clock() + timedelta(days=2)
    return await site.parts.database.read(
        overview.overview,
        START - timedelta(days=1),
        now,
        quiet_since=now - timedelta(days=1),
        signed_stage=Stage.SIGNED,
    )


async def test_an_application_is_counted_once_and_again_when_it_changes(site: Site, numbers: Tally) -> None:
    assert (await read(site)).reached == {}
    for _ in range(2):
        await numbers.round()
        found = await read(site)
        assert found.reached == {Stage.SIGNED: 1}
        assert (found.signed, found.asked, found.prefilled) == (1, 2, 1)
        assert found.submit.counts[0] == 1
        assert found.submit.median == 0
    state = owner()
    assert state.submission is not None
    at = START + timedelta(seconds=90)
    entry = TimelineEntry(at=at, occurred_at=at, status=Status.OFFERED, raw="OFFER", shown=True)
    state.submission = state.submission.model_copy(
        update={"status": Status.OFFERED, "timeline": (entry,), "expected_by": START}
    )
    state.pulls = {
        "tax": Pull(
            source="tax", consent_id="c", attempt=1, state=PullState.DONE, asked_at=START, finished_at=at, records=3
        ),
        "bank": Pull(source="bank", consent_id="c", attempt=1, state=PullState.FAILED, asked_at=START),
    }
    await site.put(state)
    await numbers.round()
    found = await read(site)
    assert found.reached == {Stage.DECIDED: 1}
    assert found.decide.median == 90
    assert [(line.source, line.done, line.failed, line.mean_seconds) for line in found.sources] == [
        ("bank", 0, 1, None),
        ("tax", 1, 0, 90.0),
    ]
    assert [(line.lender, line.applications, line.decided, line.overdue) for line in found.lenders] == [
        (LENDER, 1, 1, 1)
    ]
    assert await site.rows("SELECT application_id FROM journey") == [(APPLICATION,)]


async def test_an_unsent_application_that_went_quiet_has_stopped_where_it_is(site: Site, numbers: Tally) -> None:
    await site.put(owner(submitted=False))
    await numbers.round()
    found = await read(site)
    assert sum(found.stopped.values()) == 1
    assert found.signed == 0


def test_stages_and_hand_overs() -> None:
    fresh = owner(submitted=False).model_copy(update={"business_confirmed": False})
    assert summary.journey(fresh, "welcome.hello", START, ()).reached == Stage.STARTED
    asking = owner(submitted=False)
    assert summary.journey(asking, "need.loan", START, ()).reached == Stage.BUSINESS
    lines = (
        HandOver("person_wanted", START - timedelta(days=3), "asked before this application"),
        HandOver("staff_said", START, "hello"),
        HandOver("person_wanted", START, "complaint step"),
        HandOver("staff_took", START + timedelta(minutes=4), "Priya"),
    )
    counted = summary.journey(asking, "review.pages", START, lines)
    assert (counted.person_reason, counted.reply_seconds) == ("complaint", 240)
    assert counted.reached == Stage.REVIEW
    paid = owner()
    assert paid.submission is not None
    paid.submission = paid.submission.model_copy(update={"status": Status.DISBURSED})
    assert summary.journey(paid, "", START, ()).reached == Stage.PAID


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_every_number_of_the_page_is_in_its_file(site: Site, numbers: Tally, lang: str) -> None:
    await numbers.round()
    pages = Pages(site.parts.library.texts)
    room = Room(site.parts, pages, People(site.parts.database, site.parts.sealer))
    parts = _Words(room, lang).parts(await read(site))
    text = _csv(parts, room, lang)
    assert text.count("\r\n") == 1 + sum(len(part.columns) * len(part.rows) for part in parts)
    assert "100.0 %" in text
    shown = [row.name for part in parts for row in part.rows]
    assert all(name in text for name in shown)
