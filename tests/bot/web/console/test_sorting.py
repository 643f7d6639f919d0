"""How staff sort their work: labels, putting aside until a time, and what happens once a reply is sent."""

import re
from datetime import datetime, timedelta

import pytest

from bot.web.console.roles import Role
from flows.conversation import Speaker
from tests.bot.web.console.staff import PATH, SAME, outbox, owner_says, signed_in
from tests.bot.web.site import APPLICATION, OWNER, Site


async def test_a_label_is_put_on_found_by_and_taken_off(site: Site) -> None:
    await owner_says(site, "hello")
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        for label in ("  Needs   Chinese ", "vip", "VIP"):
            assert (await ann.does("label", label=label)).status_code == 204
        assert (await site.state()).labels == ("needs chinese", "vip")
        page = (await ann.get("/console?list=open")).text
        assert '<option value="needs chinese">' in page
        for label, found in (("vip", True), ("vi", False), ("needs chinese", True), ("|", False)):
            listed = (await ann.get("/console?" + f"list=open&label={label}")).text
            assert (f"/console/conversations/{OWNER}?" in listed) is found, label
        await ann.does("label", label="vip", do="remove")
        assert (await site.state()).labels == ("needs chinese",)
        assert "Label: + vip" in (await ann.get()).text
    said = [text for _, text in await outbox(site)]
    assert not [text for text in said if "vip" in text.lower()], "owners never see it"


@pytest.mark.parametrize("label", ["", "   ", "x" * 31, "a\x07b", "|"])
async def test_what_is_no_label_is_refused_in_words(site: Site, label: str) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT, lang="en") as ann:
        answer = await ann.does("label", label=label)
        assert (answer.status_code, answer.text) == (422, "A label has 1 to 30 characters. Nothing was changed.")
        bare = await ann.client.post(f"{PATH}/label", data={"label": label}, headers=SAME)
        assert (bare.status_code, bare.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert (await site.state()).labels == ()


async def test_a_conversation_has_few_labels_and_an_erasure_takes_them(site: Site) -> None:
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        for number in range(12):
            await sue.does("label", label=f"label {number}")
        assert len((await site.state()).labels) == 8
        await sue.does("erase", sure="yes")
    assert (await site.state()).labels == ()
    assert await site.rows("select labels from conversation") == [("",)]


@pytest.mark.parametrize(
    ("given", "until"),
    [
        ({"at": "2026-11-25T09:30:00.000Z"}, "2026-11-25T09:30:00+00:00"),
        ({"at": "2026-11-25T09:30:00+08:00", "until": "2026-11-25T09:30"}, "2026-11-25T01:30:00+00:00"),
        ({"at": "", "until": "2026-11-25T09:30"}, "2026-11-25T09:30:00+00:00"),
        ({"for": "day", "until": ""}, "2026-11-24T04:00:00+00:00"),
    ],
)
async def test_a_conversation_is_put_aside_until_any_time(site: Site, given: dict[str, str], until: str) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert (await ann.does("snooze", **given)).status_code == 204
        assert (await site.state()).snoozed_until == datetime.fromisoformat(until)
        page = (await ann.get()).text
    assert f"Put aside until: {until[:10]} {until[11:16]} UTC" in page


@pytest.mark.parametrize(
    "at", ["2026-11-22T09:30Z", "2028-01-01T00:00Z", "tomorrow", "9999-12-31T23:59-23:00", "x" * 500]
)
async def test_a_time_that_is_none_changes_nothing(site: Site, at: str) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        answer = await ann.does("snooze", at=at)
        assert (answer.status_code, answer.text.split(".")[0]) == (422, "Choose a time from now on, within a year")
    assert (await site.state()).snoozed_until is None


@pytest.mark.parametrize("then", ["back", "close", "day", "", "erase"])
async def test_what_follows_a_reply_happens_once(site: Site, then: str) -> None:
    await owner_says(site, "hello")
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        for _ in range(2):
            answer = await ann.does("say", mode="reply", text="Bye for now", then=then, key="k1")
            assert answer.status_code == 204
    state = await site.state()
    follows = await site.rows("select kind from event where kind in ('handed_back', 'closed', 'snoozed')")
    assert follows == {"back": [("handed_back",)], "close": [("closed",)], "day": [("snoozed",)]}.get(then, [])
    assert state.closed is (then == "close")
    assert (state.speaker is Speaker.PERSON) is (then not in {"back", "close"})
    assert (state.snoozed_until == site.clock() + timedelta(days=1)) is (then == "day")
    assert [text for _, text in await outbox(site)].count("Bye for now") == 1


async def test_nothing_follows_a_note_or_a_reply_that_was_refused(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann, signed_in(site, "Ben Cole", Role.AGENT) as ben:
        await ann.does("say", mode="note", text="only us", then="close")
        assert not (await site.state()).closed
        await ann.does("take")
        assert (await ben.does("say", mode="reply", text="Bye", then="close")).status_code == 409
    state = await site.state()
    assert (state.closed, state.person) == (False, "Ann")


async def test_a_ready_reply_brings_what_follows(site: Site) -> None:
    async with signed_in(site, "Sue Park", Role.SUPERVISOR) as sue:
        form = {"key": "bye", "title_en": "Bye", "text_en": "Bye, {shop}.", "next": "close"}
        assert (await sue.client.post("/console/replies", data=form, headers=SAME)).status_code == 303
        written = (await sue.get("/console/replies")).text
        assert '<option value="close" selected>' in written
        page = (await sue.get()).text
    assert re.search(r'data-insert="Bye, [^"]+" data-next="close"', page)
    assert APPLICATION in page


async def test_a_search_looks_in_every_list_and_keeps_to_the_filters(site: Site) -> None:
    await owner_says(site, "where is my croissant oven?")
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await ann.does("label", label="vip")
        for query, found in (
            ("list=mine&find=croissant+oven", True),
            ("list=closed&find=juniper+lane", True),
            ("find=croissant&label=vip", True),
            ("find=croissant&label=other", False),
            ("find=juniper&lang=zh", False),
            ("find=50%25", False),
        ):
            page = (await ann.get(f"/console?{query}")).text
            assert (f"/console/conversations/{OWNER}?" in page) is found, query
