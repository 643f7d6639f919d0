"""The pages themselves: what they show, escape and mask, in both languages; lists in order; the live stream."""

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.evaluation import kit
from bot.web.console.guard import COOKIE, Room
from bot.web.console.live import _stream
from bot.web.console.people import Member, People
from bot.web.console.roles import Role
from bot.web.console.watching import Watch
from bot.web.pages import Pages
from flows.application.lifecycle import Status
from flows.conversation import TimelineEntry
from flows.texts import LANGUAGES
from flows.understanding import Act
from integrations.database.queries import desk
from integrations.database.queries.desk import Wanted
from integrations.database.tables import Place, conversation
from tests.bot.parts import START
from tests.bot.web.console.staff import PATH, Colleague, owner_says, signed_in
from tests.bot.web.site import OWNER, Site


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_page_is_whole_in_every_language(site: Site, lang: str) -> None:
    await owner_says(site, "My card is 6222 0200 0000 1111 <script>alert(1)</script>")
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR, lang) as ann:
        await ann.does("say", mode="note", text="look at this")
        for path in (
            "/console?list=open",
            PATH,
            "/console/account",
            "/console/people",
            "/console/replies",
            "/console/audit",
            f"{PATH}/head",
            f"{PATH}/report",
        ):
            page = await ann.get(path)
            assert page.status_code == 200, path
            assert "<script>alert" not in page.text
            assert "0200 0000" not in page.text
            assert not re.search(r"\sstyle=|\son[a-z]+=|<script(?! type=\"module\" src=\"/static/)", page.text), path


async def test_search_finds_by_shop_application_and_words(site: Site) -> None:
    await owner_says(site, "Where is my Thermomix?")
    async with signed_in(site, "Ann Reed", Role.VIEWER) as ann:
        for words, there in (
            ("juniper", True),
            ("LA-3F9C", True),
            ("thermomix", True),
            ("100%", False),
            ("nobody", False),
        ):
            page = await ann.get("/console?find=" + words.replace("%", "%25"))
            assert (f'href="{PATH}?' in page.text) is there, words


async def test_who_asks_for_a_person_is_first_and_unread(site: Site) -> None:
    await owner_says(site, "I want to talk to a person")
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        page = (await ann.get("/console")).text
        assert "Juniper Lane" in page
        assert 'class="unread"' in page
        assert "Asked for a person" in page
        assert re.search("Person wanted: Asked for a person;.*“I want to talk to a person”", (await ann.get()).text)
        assert 'class="unread"' not in (await ann.get("/console")).text
        await ann.does("take")
        assert "Juniper Lane" not in (await ann.get("/console")).text
        assert "Juniper Lane" in (await ann.get("/console?list=mine")).text


async def test_lists_go_on_where_they_ended_and_the_longest_waiting_come_first(site: Site) -> None:
    def fill(connection: sa.Connection) -> None:
        for number in range(25):
            connection.execute(
                conversation.insert().values(
                    id=f"c-{number:02}",
                    channel="x",
                    address=str(number),
                    lang="en",
                    state=b"",
                    version=0,
                    seq=0,
                    speaker="assistant",
                    person_wanted="asked" if number % 3 == 0 else "",
                    alert="",
                    step="need.loan",
                    shop="",
                    status="draft",
                    waiting_since=START - timedelta(minutes=number) if number % 3 == 0 else None,
                    place=Place.NEEDS if number % 3 == 0 else Place.ASSISTANT,
                    created_at=START,
                    updated_at=START + timedelta(minutes=number),
                )
            )

    await site.parts.database.run(fill)
    wanted = Wanted(places=(Place.NEEDS, Place.ASSISTANT), step="need.loan")
    seen: list[str] = []
    after = None
    while True:
        rows, after = await site.parts.database.read(desk.page, wanted, "s-1", after=after, limit=4)
        seen += [row.id for row in rows]
        if after is None:
            break
    waiting = [f"c-{number:02}" for number in range(24, -1, -3)]
    others = [f"c-{number:02}" for number in range(24, -1, -1) if number % 3]
    assert seen == [*waiting, *others]


async def test_the_stream_tells_of_what_is_committed_and_goes_on_from_an_event(site: Site) -> None:
    room = Room(site.parts, Pages(site.parts.library.texts), People(site.parts.database, site.parts.sealer))
    stream = _stream(room, None)
    assert "hello" in await anext(stream)
    _, told = await asyncio.gather(owner_says(site, "hello"), asyncio.wait_for(anext(stream), 2))
    assert "event: change" in told
    await stream.aclose()
    missed = _stream(room, 0)
    assert "event: change" in await anext(missed)
    await missed.aclose()


async def test_marked_turns_become_cases_of_the_evaluation(site: Site, tmp_path: Path) -> None:
    await owner_says(site, "what is the meaning of life?")
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR) as ann:
        page = (await ann.get()).text
        seq = re.search(r'name="seq" value="(\d+)"', page)
        assert seq is not None
        await ann.does("mark", seq=seq[1], comment="should have called a person", meant="human")
        await ann.does("mark", seq=seq[1], meant="nonsense")
        assert "Marked as wrong: should have called a person" in (await ann.get()).text
        text = (await ann.get("/console/marked.yaml")).text
    file = tmp_path / "marked.yaml"
    file.write_text(text, encoding="utf-8")
    unlabelled, labelled = kit.groups(file)
    assert (labelled.say, labelled.acts) == (("what is the meaning of life?",), (Act.HUMAN,))
    assert unlabelled.acts == ()
    assert "# staff: should have called a person" in text
    assert OWNER not in text


async def test_nothing_marked_is_an_empty_file_of_the_evaluation(site: Site, tmp_path: Path) -> None:
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR) as ann:
        file = tmp_path / "marked.yaml"
        file.write_text((await ann.get("/console/marked.yaml")).text, encoding="utf-8")
    assert kit.groups(file) == []


async def test_everybody_sees_who_else_looks_and_types(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann, signed_in(site, "Ben Cole", Role.VIEWER) as ben:
        room = Room(site.parts, Pages(site.parts.library.texts), People(site.parts.database, site.parts.sealer))
        views = [Watch(room, await member(room, each), OWNER) for each in (ann, ben)]
        for view in views:
            await view.look()
        assert [await view.told() for view in views] == ["Ben is looking at this too.", "Ann is looking at this too."]
        assert (await ann.does("typing")).status_code == 204
        assert (await ben.does("typing")).status_code == 403
        assert await views[1].told() == "Ann is typing."
        stream = _stream(room, None, views[1])
        assert "hello" in await anext(stream)
        assert json.loads((await anext(stream)).partition("data: ")[2]) == "Ann is typing."
        await stream.aclose()
        site.clock.turn(7)
        assert await views[1].told() == "Ann is looking at this too."
        await ann.does("left")
        assert await views[1].told() == ""
        site.clock.turn(60)
        assert await views[0].told() == "", "whoever went away without a word is not there for ever"


async def member(room: Room, colleague: Colleague) -> Member:
    found = await room.people.of_cookie(colleague.client.cookies[COOKIE], room.parts.clock())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/console/conversations/c-none", 404),
        ("/console/nothing", 404),
        ("/console/audit?before=x", 422),
    ],
)
async def test_errors_are_pages_for_readers_and_documents_for_programs(site: Site, path: str, status: int) -> None:
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR) as ann:
        page = await ann.get(path, accept="text/html,*/*")
        assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert "Back to the inbox" in page.text
        assert (await ann.get(path, accept="application/json")).json()["status"] == status


async def test_the_answers_can_be_searched(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        found = (await ann.get(f"{PATH}/knowledge?q=what%20does%20APR%20mean")).text
        assert "APR" in found
        assert "data-insert" in found


async def test_staff_see_the_clocks_milestones_and_other_lenders_of_an_application(site: Site) -> None:
    state = await site.state()
    assert state.submission is not None
    notice = state.submission.since + timedelta(days=30)
    state.submission.status, state.submission.clocks = Status.REJECTED, {"notice": notice}
    met = TimelineEntry(
        at=START, occurred_at=START, status=Status.REJECTED, raw="", shown=True, milestone="kyc_completed"
    )
    state.submission.timeline = (met,)
    other = state.submission.model_copy(update={"lender": "tidewater", "status": Status.UNDER_REVIEW, "clocks": {}})
    state.beside = (other,)
    await site.put(state)
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        page = (await ann.get()).text
    assert f'Notice of the refusal, by law within 30 days <time datetime="{notice.isoformat()}"' in page
    assert "the identity check is done" in page
    assert "Tidewater Capital: " in page
