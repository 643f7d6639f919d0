"""What staff do with a conversation, seen from the owner's side and from the page."""

import asyncio
import json
import re

from bot.web.console.roles import Role
from flows.conversation import Speaker
from tests.bot.web.console.staff import PATH, outbox, owner_says, owner_taps, signed_in
from tests.bot.web.site import APPLICATION, OWNER, Site, owner


async def test_of_two_who_take_over_one_wins(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann, signed_in(site, "Ben Cole", Role.SUPERVISOR) as ben:
        answers = await asyncio.gather(ann.does("take", key="a"), ben.does("take", key="b"))
        assert sorted(answer.status_code for answer in answers) == [204, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        state = await site.state()
        assert state.speaker is Speaker.PERSON
        assert state.person in loser.text
        assert [by for by, _ in await outbox(site)] == [state.person]


async def test_from_the_takeover_on_the_assistant_is_silent_until_it_is_handed_back(site: Site) -> None:
    await site.put(owner(submitted=False))
    await owner_says(site, "hello")
    before = (await site.state()).live
    assert before is not None
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert (await ann.does("take")).status_code == 204
        assert [by for by, _ in await outbox(site)] == ["Ann"], "what waited of the assistant is withdrawn"
        await owner_says(site, "what is APR?")
        await ann.does("say", mode="reply", text="The yearly price of a loan.", key="k1")
        await ann.does("say", mode="reply", text="The yearly price of a loan.", key="k1")
        said = await outbox(site)
        assert [by for by, _ in said] == ["Ann", "Ann"], "a form that is sent twice counts once"
        await ann.does("back")
    state = await site.state()
    assert (state.speaker, state.staff, state.person) == (Speaker.ASSISTANT, "", "")
    assert state.live is not None
    assert state.live.step == before.step
    assert [by for by, _ in await outbox(site)][2:] == ["assistant", "assistant"]


async def test_a_reply_takes_over_and_nobody_else_can_answer(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann, signed_in(site, "Ben Cole", Role.AGENT) as ben:
        assert (await ann.does("say", mode="reply", text="Hello")).status_code == 204
        refused = await ben.does("say", mode="reply", text="Hello too")
        assert refused.status_code == 409
        assert "Ann" in refused.text
        assert "Hello too" not in str(await outbox(site))
        assert (await ben.does("back")).status_code == 409


async def test_a_private_note_never_reaches_the_owner(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await ann.does("say", mode="note", text="Sounds like <b>fraud</b>")
        await ann.does("say", text="no mode is no reply")
        page = await ann.get()
        assert "Sounds like &lt;b&gt;fraud&lt;/b&gt;" in page.text
    assert await outbox(site) == []
    assert (await site.state()).speaker is Speaker.ASSISTANT


async def test_a_supervisor_may_hand_back_and_transfer_for_others(site: Site) -> None:
    async with (
        signed_in(site, "Ann Reed", Role.AGENT) as ann,
        signed_in(site, "Ben Cole", Role.SUPERVISOR) as ben,
        signed_in(site, "Vera", Role.VIEWER),
    ):
        await ann.does("take")
        staff = dict(
            await site.parts.database.read(
                lambda connection: [tuple(row) for row in connection.exec_driver_sql("select name, id from staff")]
            )
        )
        assert (await ann.does("transfer", to=staff["Vera"])).status_code == 422
        assert (await ann.does("transfer", to=staff["Ben Cole"])).status_code == 204
        assert (await site.state()).person == "Ben"
        assert (await ann.does("back")).status_code == 409
        await ben.does("transfer", to=staff["Ann Reed"])
        assert (await ben.does("back")).status_code == 204
        assert (await site.state()).staff == ""


async def test_a_proposed_value_counts_after_the_owner_says_so(site: Site) -> None:
    await site.put(owner(submitted=False))
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await ann.does("propose", field="loan_term_months", value="18 months")
        state = await site.state()
        assert state.application.get("loan_term_months") == 12, "a correction is never a silent edit"
        assert state.suggestion is not None
        await owner_says(site, "yes please")
        assert (await site.state()).application.get("loan_term_months") == 12, "an unclear reply is never a yes"
        await owner_taps(site, f"0:agree:{state.suggestion.id}")
        state = await site.state()
        assert state.application.get("loan_term_months") == 18
        assert state.suggestion is None
        assert {by for by, _ in await outbox(site)} == {"Ann"}
        await ann.does("propose", field="loan_term_months", value="900 months")
        assert (await site.state()).suggestion is None, "what the rules refuse is not even proposed"
        await ann.does("propose", press="1:sign:")
        assert (await site.state()).suggestion is None, "nobody proposes a signature"


async def test_close_reopen_snooze(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        await ann.does("take")
        await ann.does("close")
        assert (await site.state()).speaker is Speaker.ASSISTANT
        assert "Juniper" in (await ann.get("/console?list=closed")).text
        await ann.does("reopen")
        assert "Juniper" not in (await ann.get("/console?list=closed")).text
        await ann.does("close")
        await owner_says(site, "I am back")
        assert "Juniper" in (await ann.get("/console?list=assistant")).text
        await ann.does("snooze", **{"for": "day"})
        assert "Juniper" in (await ann.get("/console?list=open")).text
        assert "Juniper" not in (await ann.get("/console?list=assistant")).text


async def test_revealing_and_saving_are_logged_before_anything_leaves(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR) as ann:
        assert (await ann.does("reveal", field="amount_requested")).text == "£15,000"
        assert (await ann.does("reveal", field="no_such_field")).status_code == 404
        saved = await ann.does("export")
        assert json.loads(saved.text)["conversation"] == OWNER
        log = (await ann.get(f"/console/audit?conversation={OWNER}")).text
    assert "Revealed" in log
    assert "Saved as a file" in log


async def test_erasing_blanks_what_was_said_and_keeps_what_was_signed(site: Site) -> None:
    await owner_says(site, "my secret plan is a second bakery")
    async with signed_in(site, "Ann Reed", Role.SUPERVISOR) as ann:
        assert "second bakery" in (await ann.get()).text
        assert (await ann.does("erase")).status_code == 409, "not without the tick"
        report = await ann.does("erase", sure="yes")
        assert report.status_code == 200
        assert APPLICATION in report.text, "what is kept is named"
        sealed = re.search(r'name="sealed" value="([^"]+)"', report.text)
        assert sealed is not None
        file = (await ann.does("erased.json", sealed=sealed[1])).json()
        assert file["before"]["lines"] > 0
        assert (file["after"]["lines"], file["after"]["records"], file["after"]["files"]) == (0, 0, 0)
        assert [each["application_id"] for each in file["kept"]] == [APPLICATION]
        assert (await ann.does("erased.json", sealed="x")).status_code == 422
        assert "second bakery" not in (await ann.get()).text
    state = await site.state()
    assert state.application.signed_at is not None
    assert await site.rows("select count(*) from event where text like '%bakery%'") == [(0,)]


async def test_a_conversation_that_is_not_there(site: Site) -> None:
    async with signed_in(site, "Ann Reed", Role.AGENT) as ann:
        assert (await ann.get("/console/conversations/c-nobody")).status_code == 404
        answer = await ann.client.post("/console/conversations/c-nobody/take", headers={"x-piece": "1"})
        assert answer.status_code == 404
        assert (await ann.get(f"{PATH}/lines?after=nonsense")).status_code == 422
