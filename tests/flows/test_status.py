"""After the signature: decisions, offers, what the lender pushes, in order, once, and honestly."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.application.lifecycle import TRANSITIONS, Status, is_final, may_become
from flows.effects import CallPerson
from flows.engine.library import Library
from flows.events import Decided, LenderPushed, StatusData, SubmissionFailed
from flows.ports import Offer, ScoringDecision
from tests.flows.stories import Story
from tests.flows.talk import NOON


def _offer(number: int = 1) -> Offer:
    return Offer(
        offer_id=f"O-{number}",
        amount=Decimal(18000),
        currency="GBP",
        term_months=12,
        apr=Decimal("0.0850"),
        total_cost=Decimal("839.00"),
        instalment=Decimal("1569.92"),
        valid_until=NOON + timedelta(days=14),
    )


def _decision(decision: str, **more: object) -> ScoringDecision:
    return ScoringDecision.model_validate({"decision_id": "d-1", "decision": decision, **more})


def _decided(story: Story, decision: str, **more: object) -> Story:
    story.signed()
    story.happens(Decided(application_id=story.state.application.id, decision=_decision(decision, **more)))
    return story


def _push(story: Story, sequence: int, status: str, *, lender: str | None = None, **more: object) -> Story:
    submission = story.state.submission
    assert submission is not None
    number = f"msg_{sequence}_{status}_{story.now.timestamp():.0f}"
    corrects = more.pop("corrects", None)
    data = {
        "application_id": submission.application_id,
        "sequence": sequence,
        "status": status,
        "occurred_at": story.now,
        **more,
    }
    event = {
        "lender": lender or submission.lender,
        "webhook_id": number,
        "data": StatusData.model_validate(data),
        "corrects": corrects,
    }
    story.happens(LenderPushed.model_validate(event))
    return story


def _status(story: Story) -> Status:
    assert story.state.submission is not None
    return story.state.submission.status


def test_an_offer_shows_every_cost_and_needs_two_taps(story: Story) -> None:
    _decided(story, "approve", offers=[_offer().model_dump()])
    assert _status(story) is Status.OFFERED
    for part in ("18,000", "8.50 %", "839", "1,569.92", "2026-12-08"):
        assert part in story.heard
    story.types("yes please" if story.lang == "en" else "好的，接受")
    assert _status(story) is Status.OFFERED
    story.taps_on("offers.look")
    assert _status(story) is Status.OFFERED
    story.taps_on("offers.accept")
    assert _status(story) is Status.OFFER_ACCEPTED
    assert story.state.submission is not None
    assert story.state.submission.accepted == "O-1"


def test_less_than_asked_for_is_said(english: Story) -> None:
    _decided(english, "approve", offers=[_offer().model_dump()])
    assert english.text("offers.less") in english.heard


def test_declining_needs_a_second_tap(story: Story) -> None:
    _decided(story, "approve", offers=[_offer().model_dump()])
    story.taps_on("offers.decline")
    assert _status(story) is Status.OFFERED
    story.taps_on("offers.why.cost")
    assert _status(story) is Status.OFFER_DECLINED
    assert story.state.submission is not None
    assert story.state.submission.why_ended == "cost"


def test_an_offer_that_ran_out_cannot_be_accepted(english: Story) -> None:
    _decided(english, "approve", offers=[_offer().model_dump()])
    english.now += timedelta(days=15)
    english.taps_on("offers.look")
    assert _status(english) is Status.OFFERED
    assert english.step != "offers.confirm"


def test_a_refusal_gives_the_lenders_reasons_and_a_person(story: Story) -> None:
    reasons = [{"scheme": "cfpb-sbl-denial", "code": "4", "rank": 1, "detail": "sales_volatility"}]
    _decided(story, "decline", reasons=reasons)
    assert _status(story) is Status.REJECTED
    assert story.text("reason.4") in story.heard
    assert story.text("detail.sales_volatility") in story.heard
    assert story.text("button.person") in story.heard


def test_an_unknown_reason_is_shown_raw_and_not_invented(english: Story) -> None:
    _decided(english, "decline", reasons=[{"scheme": "x", "code": "X207", "detail": "model_7"}])
    assert "X207" in english.heard
    assert "model_7" in english.heard


def test_more_data_opens_the_application_again_and_it_is_signed_anew(story: Story) -> None:
    story.needed()
    story.taps_on("connect.by_hand")
    while story.step == "fill.field":
        if story.said[-1].title == story.text("field.legal_or_insolvency_declaration.label"):
            story.taps_on("field.legal_or_insolvency_declaration.no")
        else:
            story.taps_on("button.leave_open")
    for _ in range(4):
        story.taps_on("review.next")
    story.taps_on("review.sign")
    first = story.submits()
    assert first is not None
    decision = _decision("more_data", missing=["inflow_12m"])
    story.happens(Decided(application_id=story.state.application.id, decision=decision))
    assert _status(story) is Status.ACTION_REQUIRED
    assert story.text("feature.inflow_12m") in story.heard
    story.taps_on("status.add_data")
    assert story.step == "connect.offer"
    story.taps_on("connect.allow_all")
    story.delivers("tax", story.tax())
    story.delivers("bank", story.bank())
    for _ in range(4):
        story.taps_on("review.next")
    story.taps_on("review.sign")
    second = story.submits()
    assert second is not None
    assert (first.attempt, second.attempt) == (1, 2)
    assert second.application.id == first.application.id
    offers = [_offer().model_dump()]
    story.happens(Decided(application_id=second.application.id, decision=_decision("approve", offers=offers)))
    assert _status(story) is Status.OFFERED


def test_an_unknown_decision_is_never_taken_for_a_yes(english: Story) -> None:
    _decided(english, "approved!", offers=[_offer().model_dump()])
    assert _status(english) is Status.UNDER_REVIEW
    assert any(isinstance(effect, CallPerson) for effect in english.effects)


def test_a_slow_lender_system_is_told_once_and_tried_again_with_the_same_key(story: Story) -> None:
    story.signed()
    first = story.submits()
    assert first is not None
    application = story.state.application.id
    story.happens(SubmissionFailed(application_id=application, final=False, detail="503"))
    assert len(story.said) == 1
    assert story.timers == [f"resubmit:{application}"]
    story.time_passes(f"resubmit:{application}")
    again = story.submits()
    assert again is not None
    assert again.attempt == first.attempt
    story.happens(SubmissionFailed(application_id=application, final=False, detail="503"))
    assert story.said == []


def test_a_rejected_submission_goes_to_staff_and_is_not_repeated(english: Story) -> None:
    english.signed()
    english.happens(SubmissionFailed(application_id=english.state.application.id, final=True, detail="422"))
    assert any(isinstance(effect, CallPerson) for effect in english.effects)
    assert english.timers == ["pickup:"]


def test_a_push_says_whose_turn_and_by_when(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 1, "under_review", expected_by=NOON + timedelta(days=2))
    assert "2026-11-26 12:00 UTC" in story.heard
    _push(story, 2, "action_required", actions=[{"type": "add_document", "document": "bank_statement"}])
    assert story.text("status.side.owner") in story.heard
    assert story.text("status.not_told") in story.heard


def test_a_late_older_status_is_recorded_and_not_shown(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 5, "action_required")
    _push(story, 4, "under_review")
    assert _status(story) is Status.ACTION_REQUIRED
    assert story.said == []
    assert story.state.submission is not None
    assert [entry.shown for entry in story.state.submission.timeline[-2:]] == [True, False]


def test_a_gap_is_waited_for_and_then_passed_over(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 1, "under_review")
    _push(story, 3, "offered", offers=[_offer().model_dump()])
    assert _status(story) is Status.UNDER_REVIEW
    assert story.timers == [f"gap:{story.state.application.id}"]
    story.time_passes(f"gap:{story.state.application.id}")
    assert _status(story) is Status.OFFERED


def test_a_gap_that_closes_is_relayed_in_order(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 1, "under_review")
    _push(story, 3, "under_review")
    _push(story, 2, "action_required")
    assert story.state.submission is not None
    assert [entry.status for entry in story.state.submission.timeline[-2:]] == ["action_required", "under_review"]


def test_an_unknown_status_is_kept_raw_and_checked(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 1, "PENDING_MAGIC", lender_status="X9")
    assert _status(story) is Status.UNDER_REVIEW
    assert story.state.submission is not None
    assert story.state.submission.raw_status == "X9"
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
    assert len(story.said) == 1


def test_an_illegal_transition_is_flagged_and_not_shown(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 1, "disbursed")
    assert _status(story) is Status.UNDER_REVIEW
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
    assert story.said == []


def test_another_lenders_event_changes_nothing(english: Story) -> None:
    _decided(english, "refer")
    _push(english, 1, "rejected", lender="other")
    assert _status(english) is Status.UNDER_REVIEW
    assert english.said == []


def test_a_correction_puts_an_earlier_status_right(english: Story) -> None:
    _decided(english, "refer")
    _push(english, 1, "rejected")
    assert _status(english) is Status.REJECTED
    assert english.state.submission is not None
    wrong = english.state.submission.timeline[-1].webhook_id
    _push(english, 2, "offered", offers=[_offer().model_dump()], corrects=wrong)
    assert _status(english) is Status.OFFERED
    assert "corrected" in english.heard


def test_news_from_the_lender_reaches_an_owner_who_paused_or_stands_aside(story: Story) -> None:
    _decided(story, "refer")
    story.types("/cancel")
    _push(story, 1, "action_required")
    assert story.text("status.action_required.title") in story.heard
    story.types("/cancel")
    story.taps_on("leaving.pause")
    _push(story, 2, "under_review")
    assert story.text("status.under_review.title") in story.heard


def test_very_many_pushes_do_not_swell_the_state(english: Story) -> None:
    _decided(english, "refer")
    for sequence in range(1, 400):
        _push(english, sequence, "under_review")
    assert len(english.state.model_dump_json()) < 120_000


def test_withdrawing_and_applying_again(story: Story) -> None:
    _decided(story, "refer")
    story.types("/cancel")
    story.taps_on("leaving.withdraw")
    assert _status(story) is Status.WITHDRAWN
    story.taps_on("status.new")
    assert story.step == "identify.number"
    assert story.state.past[0].status is Status.WITHDRAWN
    assert story.state.application.id.endswith("-2")
    story.types("/status")
    assert story.state.past[0].application_id in story.heard


@pytest.mark.parametrize("words", ["/status", "where is my application?", "status"])
def test_status_at_any_time_once(english: Story, words: str) -> None:
    _decided(english, "refer")
    english.types(words)
    assert english.heard.count(english.text("status.under_review.title")) == 1


def test_status_of_a_draft_says_what_is_left(english: Story) -> None:
    english.types("/status")
    assert english.text("status.none") in english.heard
    english.needed()
    english.types("/status")
    assert english.text("status.draft.text", left=11, fields=60)[:20] in english.heard
    assert english.step == "connect.offer"


STATUSES = [*Status, "SOMETHING_NEW"]


@settings(max_examples=80, deadline=None)
@given(pushes=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(STATUSES)), max_size=10), gap=st.booleans())
def test_no_sequence_of_pushes_leaves_the_table_or_shows_an_older_status(
    library: Library, pushes: list[tuple[int, str]], gap: bool
) -> None:
    story = _decided(Story(library, "en"), "refer")
    shown = -1
    for sequence, status in pushes:
        before = _status(story)
        _push(story, sequence, status)
        if gap:
            story.time_passes(f"gap:{story.state.application.id}")
        after = _status(story)
        assert after is before or may_become(before, after) or _reachable(before, after)
        submission = story.state.submission
        assert submission is not None
        assert submission.sequence >= shown
        shown = submission.sequence
        if is_final(before):
            assert after is before


def _reachable(before: Status, after: Status) -> bool:
    """Whether several allowed steps in one turn (a gap that closed) lead there."""
    seen, todo = {before}, [before]
    while todo:
        for following in TRANSITIONS[todo.pop()]:
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return after in seen


def test_an_offer_whose_time_is_over_is_not_relayed_and_staff_know(english: Story) -> None:
    _decided(english, "refer")
    over = _offer().model_copy(update={"valid_until": NOON - timedelta(days=1)})
    _push(english, 1, "offered", offers=[over])
    assert _status(english) is Status.UNDER_REVIEW
    assert any(isinstance(effect, CallPerson) and effect.reason == "offer_figures" for effect in english.effects)


def test_an_offer_without_figures_is_said(story: Story) -> None:
    _decided(story, "refer")
    _push(story, 1, "offered")
    assert story.text("status.no_figures") in story.heard
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
