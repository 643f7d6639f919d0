"""One application at two lenders: each with its own status, offers side by side, one of them accepted."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.lifecycle import TRANSITIONS, Milestone, Status, is_final
from flows.conversation import Submission
from flows.engine.library import Library
from flows.events import Decided, LenderPushed, PartyAnswered, StatusData
from flows.ports import Offer, ScoringDecision
from tests.flows.stories import Story
from tests.flows.talk import NOON

HARBOUR, TIDEWATER = "LA-TEST-1", "LA-TEST-1B"
LENDERS = {HARBOUR: "harbour", TIDEWATER: "tidewater"}


def offer(number: int, apr: str, days: int = 14) -> Offer:
    return Offer(
        offer_id=f"O-{number}",
        amount=Decimal(18000),
        currency="GBP",
        term_months=12,
        apr=Decimal(apr),
        total_cost=Decimal(800 + number),
        instalment=Decimal("1569.92"),
        valid_until=NOON + timedelta(days=days),
    )


def at_both(library: Library) -> Story:
    story = Story(library, "en")
    story.reviewed()
    story.taps_on("choosing.choose")
    story.taps(story.text("choosing.off", lender="Tidewater Capital"))
    story.taps_on("choosing.done")
    return story.taps_on("review.sign")


def decided(story: Story, reference: str, decision: str, *offers: Offer) -> Story:
    answer = ScoringDecision(decision_id="d", decision=decision, offers=offers)
    story.happens(Decided(application_id=reference, decision=answer))
    return story


def push(
    story: Story, reference: str, sequence: int, status: str, corrects: str | None = None, **more: object
) -> Story:
    plain = {"application_id": reference, "sequence": sequence, "status": status, "occurred_at": story.now}
    offers = (offer(sequence, "0.09"),) if status == "offered" else ()
    data = StatusData.model_validate({**plain, "offers": offers, **more})
    name = f"{reference}-{sequence}-{story.now.timestamp():.0f}"
    story.happens(LenderPushed(lender=LENDERS[reference], webhook_id=name, data=data, corrects=corrects))
    return story


def at(story: Story, reference: str) -> Submission:
    found = story.state.at_lender(reference)
    assert found is not None
    return found


def test_offers_of_two_lenders_stand_side_by_side_and_accepting_one_ends_the_other(library: Library) -> None:
    story = at_both(library)
    decided(story, HARBOUR, "approve", offer(1, "0.0900"))
    decided(story, TIDEWATER, "approve", offer(2, "0.0800"))
    assert story.step == "offers.choose"
    assert story.heard.index("8.00 %") < story.heard.index("9.00 %")
    story.taps(story.text("offers.look_at", number=1))
    assert story.text("offers.confirm_one") in story.heard
    story.taps_on("offers.accept")
    assert at(story, TIDEWATER).status is Status.OFFER_ACCEPTED
    assert (at(story, HARBOUR).status, at(story, HARBOUR).why_ended) == (Status.OFFER_DECLINED, "other_offer")
    assert story.state.submission is at(story, TIDEWATER)


def test_what_does_not_need_the_owner_is_said_beside_the_card(library: Library) -> None:
    story = at_both(library)
    decided(story, HARBOUR, "approve", offer(1, "0.0900"))
    push(story, TIDEWATER, 1, "under_review")
    assert story.step == "offers.choose"
    assert "Tidewater Capital is looking at your application." in story.heard
    push(story, TIDEWATER, 2, "rejected")
    assert story.text("status.rejected.title") in story.heard
    assert story.step == "offers.choose"
    story.types("/status")
    assert "Harbour Trade Finance" in story.heard
    assert "Tidewater Capital" in story.heard


def test_an_offer_that_runs_out_between_card_and_tap_never_becomes_another_one(library: Library) -> None:
    story = at_both(library)
    decided(story, HARBOUR, "approve", offer(1, "0.0800", days=1))
    decided(story, TIDEWATER, "approve", offer(2, "0.0900"))
    story.taps(story.text("offers.look_at", number=1))
    story.now += timedelta(days=2)
    story.taps_on("offers.accept")
    assert all(each.accepted is None for each in story.state.submissions)
    assert story.text("offers.gone") in story.heard


def test_withdrawing_ends_it_everywhere_it_may_end(library: Library) -> None:
    story = at_both(library)
    decided(story, HARBOUR, "refer")
    push(story, TIDEWATER, 1, "rejected")
    story.types("/cancel")
    story.taps_on("leaving.withdraw")
    assert (at(story, HARBOUR).status, at(story, TIDEWATER).status) == (Status.WITHDRAWN, Status.REJECTED)
    story.taps_on("status.new")
    assert [each.application_id for each in story.state.past] == [HARBOUR, TIDEWATER]


STATUSES = [*Status, "SOMETHING_NEW"]
CLOCKS = ["gap", "resubmit", "expected", "offer", "due", "remind", "notice"]
REFERENCES = st.sampled_from(sorted(LENDERS))
ACTS = st.one_of(
    st.tuples(st.just("push"), REFERENCES, st.integers(0, 7), st.sampled_from(STATUSES)),
    st.tuples(st.just("decide"), REFERENCES, st.sampled_from(["approve", "refer", "decline", "more_data", "huh"])),
    st.tuples(st.just("tap"), st.integers(0, 9)),
    st.tuples(st.just("happened"), REFERENCES, st.integers(0, 7), st.sampled_from([*Milestone, "moon_landing"])),
    st.tuples(st.just("asked"), REFERENCES, st.integers(0, 7), st.booleans()),
    st.tuples(st.just("party"), REFERENCES, st.integers(0, 2), st.booleans()),
    st.tuples(st.just("clock"), st.sampled_from(CLOCKS), REFERENCES),
    st.tuples(st.just("wait"), st.integers(1, 20)),
    st.tuples(st.just("say"), st.sampled_from(["/status", "/cancel", "yes", "withdraw my application"])),
)


@settings(max_examples=50, deadline=None)
@given(acts=st.lists(ACTS, max_size=14))
def test_nothing_that_lenders_owner_or_clock_do_leaves_the_table(
    library: Library, acts: list[tuple[object, ...]]
) -> None:
    story = at_both(library)
    shown: dict[str, int] = {}
    for act in acts:
        before = {each.application_id: len(each.timeline) for each in story.state.submissions}
        _do(story, act)
        for each in story.state.submissions:
            assert each.sequence >= shown.get(each.application_id, -1)
            shown[each.application_id] = each.sequence
            _follows_the_table(each, before.get(each.application_id, 0))
        if not story.state.submissions:
            return  # a new application has begun


def _follows_the_table(submission: Submission, seen: int) -> None:
    """Every status on the timeline follows from the one before it; what was only recorded changes nothing."""
    statuses = [entry for entry in submission.timeline if entry.shown and entry.status is not None]
    for earlier, later in pairwise(statuses):
        assert earlier.status is not None
        assert later.status is not None
        same = earlier.status is later.status and (later.milestone != "" or not is_final(later.status))
        assert later.status in TRANSITIONS[earlier.status] or same
    assert statuses[-1].status is submission.status
    assert len(submission.timeline) >= seen


def _do(story: Story, act: tuple[object, ...]) -> None:
    match act:
        case ("push", str(reference), int(sequence), status) if story.state.at_lender(reference) is not None:
            push(story, reference, sequence, str(status))
        case ("happened", str(reference), int(sequence), milestone) if story.state.at_lender(reference) is not None:
            push(story, reference, sequence, at(story, reference).status, milestone=str(milestone))
        case ("asked", str(reference), int(sequence), bool(party)) if story.state.at_lender(reference) is not None:
            actions = [{"type": "explain"}, {"type": "co_sign", "party": "Ben" if party else ""}]
            actions[0]["due_at"] = (story.now + timedelta(days=3)).isoformat()
            push(story, reference, sequence, "action_required", actions=actions)
        case ("party", str(reference), int(place), bool(agreed)):
            story.happens(PartyAnswered(application_id=reference, place=place, party="Ben", agreed=agreed))
        case ("decide", str(reference), str(decision)) if story.state.at_lender(reference) is not None:
            decided(story, reference, decision, offer(1, "0.09", days=10))
        case ("tap", int(place)):
            live = story.state.live
            if live is not None and live.choices:
                story.presses(live.choices[place % len(live.choices)], live.revision)
        case ("clock", str(name), str(reference)):
            story.time_passes(f"{name}:{reference}")
        case ("wait", int(days)):
            story.now += timedelta(days=days)
        case ("say", str(words)):
            story.types(words)
        case _:
            pass
