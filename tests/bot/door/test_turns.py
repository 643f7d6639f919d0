"""The one door: once, in order, durable, and not to be stopped by a flow's mistake."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError

from bot.door.turns import Taken
from flows.application.values import Application, Candidate
from flows.conversation import Conversation, Speaker
from flows.effects import CallPerson, CancelTimer, Erase, ForgetGrant, Note, SetTimer, Speak, Submit
from flows.events import Arrival, PullFinished
from flows.events.staff import HandedBack, StaffSaid, StaffTook
from flows.messages import Choice, Say
from flows.ports import Evidence
from integrations.database.queries import events, lenders, timers
from tests.bot.parts import START, Flow, about, arrival, consent, echo, parts, pull, says


async def test_the_same_arrival_ten_times_at_once_takes_effect_once(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"hello": echo})) as its:
        one = arrival("hello")
        taken = await asyncio.gather(*(its.door.take(one) for _ in range(10)))
        assert sorted(each.duplicate for each in taken) == [False] + [True] * 9
        assert (await its.state()).trail == ("hello",)
        assert await its.rows("select count(*) from outbox") == [(1,)]


async def test_one_conversation_goes_in_the_order_of_the_calls_under_any_name(tmp_path: Path) -> None:
    """By address, by id and by application id: the same conversation, one line."""
    submit = Submit(application=Application(id="LA-ann-1", started_at=START), lender="acme")
    async with parts(tmp_path, Flow({"submit": lambda *_: (submit,)})) as its:
        await its.door.take(arrival("submit"))

    async with parts(tmp_path) as its:  # after a restart no name is known yet
        calls = []
        for number in range(60):
            came = arrival(str(number))
            if number % 3 == 1:
                came = came.model_copy(
                    update={"conversation_id": "conversation-chat-ann", "channel": None, "address": None}
                )
            if number % 3 == 2:
                came = came.model_copy(update={"application_id": "LA-ann-1", "channel": None, "address": None})
            calls.append(its.door.take(came))
        await asyncio.gather(*calls)
        assert (await its.state()).trail == ("submit", *map(str, range(60)))


async def test_a_burst_at_a_new_chat_creates_one_conversation(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        await asyncio.gather(*(its.door.take(arrival(str(number))) for number in range(8)))
        assert (await its.state()).trail == tuple("01234567")
        assert await its.rows("select count(*) from conversation") == [(1,)]


async def test_a_flooding_chat_does_not_hold_up_another(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        done: list[str] = []

        async def take(text: str, address: str) -> None:
            await its.door.take(arrival(text, address=address))
            done.append(address)

        await asyncio.gather(*(take(str(number), "flood") for number in range(100)), take("hello", "quiet"))
        assert done.index("quiet") < 10


async def test_a_caller_who_gives_up_does_not_break_the_order(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        tasks = [asyncio.create_task(its.door.take(arrival(str(number)))) for number in range(6)]
        await asyncio.sleep(0)
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (await its.state()).trail == ("0", "1", "3", "4", "5")


async def test_who_belongs_to_no_conversation_is_not_known(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        event = StaffTook(staff="s1", first_name="Mei")
        for place in ({"application_id": "LA-none"}, {"conversation_id": "none"}):
            taken = await its.door.take(Arrival(origin="x", external_id="1", event=event, at=START, **place))
            assert (taken.known, taken.conversation_id) == (False, None)
        assert await its.rows("select count(*) from event") == [(0,)]


async def test_a_failing_flow_is_stored_apologised_for_and_shown_to_staff(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"hello": echo})) as its:
        await its.door.take(arrival("hello"))
        bad = arrival("boom")
        taken = await asyncio.gather(*(its.door.take(bad) for _ in range(3)))
        assert [each.failed for each in taken] == [True, False, False]
        await its.door.take(arrival("on"))
        assert (await its.state()).trail == ("hello", "on")
        assert await its.column("alert") == "turn_failed"
        assert await its.column("waiting_since") == START
        assert await its.rows("select text from event where actor = 'assistant' order by id") == [
            ("hello",),
            ("sorry (en)",),
        ]
        assert await its.rows("select kind, error from event where error != ''") == [
            ("owner_said", "ZeroDivisionError")
        ]
        await its.door.take(about(StaffTook(staff="s1", first_name="Mei")))
        assert await its.column("alert") == ""


async def test_a_database_that_fails_is_the_callers_business(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        await its.door.take(arrival("hello"))
        again = arrival("again")
        await its.db.run(lambda connection: connection.execute(sa.text("alter table event rename to gone")))
        with pytest.raises(SQLAlchemyError):
            await its.door.take(again)
        await its.db.run(lambda connection: connection.execute(sa.text("alter table gone rename to event")))
        assert not (await its.door.take(again)).duplicate
        assert (await its.state()).trail == ("hello", "again")


async def test_effects_are_written_with_the_state(tmp_path: Path) -> None:
    def everything(*_: object) -> tuple[Speak | Note | SetTimer | CancelTimer | CallPerson | ForgetGrant, ...]:
        return (
            Speak(say=Say(title="Your account", text="ends in 6222020000001111", rows=((Choice(label="Yes"),),))),
            Note(about="amount", text="changed"),
            SetTimer(name="remind", arg="a", due_at=START),
            SetTimer(name="remind", arg="a", due_at=START + timedelta(hours=1)),
            SetTimer(name="expire", due_at=START),
            CancelTimer(name="expire"),
            CallPerson(reason="asked", summary="at review"),
            ForgetGrant(consent=consent()),
        )

    async with parts(tmp_path, Flow({"all": everything})) as its:
        taken = await its.door.take(arrival("all"))
        log = await its.rows("select seq, actor, kind, text from event order by id")
        assert log == [
            (1, "owner", "owner_said", "all"),
            (2, "assistant", "said", "Your account ends in ••••••••••••1111 [Yes]"),
            (3, "system", "note", "amount: changed"),
            (4, "system", "person_wanted", "asked at review"),
        ]
        due = [timers.StoredTimer("conversation-chat-ann", "remind", "a", START + timedelta(hours=1))]
        assert list(await its.db.read(timers.upcoming, 9)) == due
        assert await its.rows("select key, kind, state from job") == [
            (f"forget_grant:{taken.event_id}:0", "forget_grant", "waiting")
        ]
        assert await its.rows("select event_id, seq, state from outbox") == [(1, 2, "waiting")]
        assert await its.column("person_wanted") == "asked"
        assert await its.column("waiting_since") == START


async def test_the_assistant_is_silent_while_a_person_speaks(tmp_path: Path) -> None:
    flow = Flow({"hello": echo, "staff_said": says("from Mei", by="Mei"), "handed_back": says("I am back")})
    async with parts(tmp_path, flow) as its:
        await its.door.take(arrival("hello before"))
        await its.door.take(about(StaffTook(staff="s1", first_name="Mei")))
        await its.door.take(arrival("hello during"))
        await its.door.take(about(StaffSaid(staff="s1", first_name="Mei", text="from Mei")))
        assert await its.rows("select by, state from outbox order by id") == [
            ("assistant", "dropped"),
            ("Mei", "waiting"),
        ]
        assert await its.rows("select kind, text from event where kind in ('not_said', 'withdrawn') order by id") == [
            ("withdrawn", "1"),
            ("not_said", "hello during"),
        ]
        await its.door.take(about(HandedBack(staff="s1")))
        assert await its.rows("select by, state from outbox where state = 'waiting' order by id") == [
            ("Mei", "waiting"),
            ("assistant", "waiting"),
        ]


async def test_an_owner_waits_for_a_person_until_the_person_writes(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        await its.door.take(arrival("hello"))
        await its.door.take(about(StaffTook(staff="s1", first_name="Mei")))
        assert await its.column("waiting_since") is None
        await its.door.take(arrival("are you there?"))
        its.clock.turn(60)
        await its.door.take(arrival("hello?"))
        assert await its.column("waiting_since") == START
        await its.door.take(about(StaffSaid(staff="s1", first_name="Mei", text="yes")))
        assert await its.column("waiting_since") is None


async def test_erasing_a_consent_blanks_what_it_brought_and_calls_its_work_off(tmp_path: Path) -> None:
    secret = "Ridgeway Bakery Ltd"
    evidence = Evidence(
        source="bank",
        consent_id="c-1",
        records=3,
        candidates=(
            Candidate(field="business_legal_name", value=secret, source="bank", consent_id="c-1", observed_at=START),
        ),
    )
    flow = Flow(
        {
            "pull": lambda *_: (pull(1), pull(2)),
            "pull_finished": says(secret),
            "revoke": lambda *_: (ForgetGrant(consent=consent(1)), Erase(consent_id="c-1")),
        }
    )
    async with parts(tmp_path, flow) as its:
        await its.door.take(arrival("pull"))
        await its.door.take(about(PullFinished(attempt=1, evidence=evidence)))
        await its.db.run(lambda connection: connection.execute(sa.text("update outbox set state = 'sent'")))
        await its.door.take(arrival("revoke"))
        assert await its.rows("select body is null from event where consent_id = 'c-1'") == [(1,)]
        assert await its.rows("select length(body) from outbox") == [(0,)]
        states = await its.rows("select kind, consent_id, state, length(body) = 0 from job order by key")
        assert states == [
            ("forget_grant", None, "waiting", 0),
            ("start_pull", "c-1", "cancelled", 1),
            ("start_pull", "c-2", "waiting", 0),
        ]


async def test_a_submitted_application_is_found_by_its_id_with_what_was_signed(tmp_path: Path) -> None:
    application = Application(id="LA-ann-1", started_at=START)
    async with parts(tmp_path, Flow({"sign": lambda *_: (Submit(application=application, lender="acme"),)})) as its:
        await its.door.take(arrival("sign"))
        stored = await its.db.read(lenders.find_application, "LA-ann-1")
        assert stored is not None
        assert (stored.lender, stored.status) == ("acme", "draft")
        assert its.sealer.unseal(lenders.Packet, stored.packet).application == application
        event = StaffTook(staff="s1", first_name="Mei")
        taken = await its.door.take(
            Arrival(origin="lender:acme", external_id="w1", event=event, at=START, application_id="LA-ann-1")
        )
        assert taken.conversation_id == "conversation-chat-ann"


async def test_settled_means_nothing_to_send_and_nothing_to_do(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"hello": echo})) as its:
        taken = await its.door.take(arrival("hello"))
        name = taken.conversation_id or ""
        assert not await its.door.settled(name, 0.01)
        waiting = asyncio.create_task(its.door.settled(name, 5))
        await asyncio.sleep(0.01)
        started = asyncio.get_running_loop().time()

        def deliver(connection: sa.Connection) -> None:
            from integrations.database.news import Topic, announce

            connection.execute(sa.text("update outbox set state = 'sent'"))
            announce(connection, Topic.OUTBOX, name)

        await its.db.run(deliver)
        assert await waiting
        assert asyncio.get_running_loop().time() - started < 0.5


async def test_subscribers_hear_of_committed_events_in_order(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"hello": echo})) as its:
        with its.door.subscribe() as feed:
            await its.door.take(arrival("hello"))
            await its.door.take(arrival("you"))
            heard = [(await anext(feed)).event_id for _ in range(2)]
        assert heard == [1, 3]
        lines = await its.db.read(events.since, 1)
        assert [(line.id, line.actor) for line in lines] == [(2, "assistant"), (3, "owner")]


async def test_a_subscriber_who_is_too_slow_is_let_go(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        with its.door.subscribe() as feed:
            await asyncio.gather(*(its.door.take(arrival("hello", address=str(n % 50))) for n in range(1100)))
            assert len([committed async for committed in feed]) == 1000


async def test_nothing_an_owner_said_is_readable_in_the_file(tmp_path: Path) -> None:
    async with parts(tmp_path, Flow({"card": echo})) as its:
        await its.door.take(arrival("card 6222 0200 0000 1111 please"))
    content = everything_in(tmp_path)
    assert b"6222 0200 0000" not in content
    assert b"622202000000" not in content


def everything_in(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.iterdir())


async def test_a_message_of_ten_megabytes_is_cut(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        await its.door.take(arrival("x" * 10_000_000))
        assert len((await its.state()).trail[0]) == 8000


async def test_an_event_that_was_called_off_has_no_effect(tmp_path: Path) -> None:
    async with parts(tmp_path) as its:
        taken = await its.door.take(arrival("hello"), claim=lambda _connection: False)
        assert taken.duplicate
        assert (await its.state()).trail == ()


async def test_two_processes_see_what_the_other_has_done(tmp_path: Path) -> None:
    """Each keeps the last states open; what the other has written meanwhile counts."""
    async with parts(tmp_path) as one, parts(tmp_path) as other:
        for number in range(6):
            await (one if number % 2 else other).door.take(arrival(str(number)))
        assert (await one.state()).trail == tuple("012345")


async def test_what_an_undone_transaction_had_decided_is_forgotten(tmp_path: Path) -> None:
    """A turn whose COMMIT does not come leaves no state behind; neither does a flow that changed it and then failed."""

    def spoil(after: Conversation, _event: object, _now: object) -> tuple[Speak, ...]:
        after.consents["c-1"] = consent()
        raise ZeroDivisionError

    def fail(_connection: sa.Connection) -> None:
        raise LookupError

    async with parts(tmp_path, Flow({"spoil": spoil})) as its:
        await its.door.take(arrival("hello"))
        outcomes = await asyncio.gather(
            its.door.take(arrival("beside")), its.db.run(fail), its.door.take(arrival("spoil")), return_exceptions=True
        )
        assert [type(each) for each in outcomes] == [Taken, LookupError, Taken]
        await its.door.take(arrival("on"))
        state = await its.state()
        assert (state.trail, state.consents) == (("hello", "beside", "on"), {})


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.booleans()), max_size=40))
async def test_whatever_comes_each_event_takes_effect_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, coming: list[tuple[int, int, bool]]
) -> None:
    """Owners, event numbers and whether the flow fails on them: the trail is what a list would give."""
    async with parts(tmp_path_factory.mktemp("door")) as its:
        arrivals = [
            arrival("boom" if fails else f"{number}", address=str(owner), external_id=f"{owner}-{number}")
            for owner, number, fails in coming
        ]
        await asyncio.gather(*(its.door.take(each) for each in arrivals))
        for owner in {owner for owner, _, _ in coming}:
            first: dict[int, bool] = {}
            for who, number, fails in coming:
                if who == owner:
                    first.setdefault(number, fails)
            expected = tuple(str(number) for number, fails in first.items() if not fails)
            state = await its.state(str(owner))
            assert state.trail == expected
            assert state.speaker is Speaker.ASSISTANT
