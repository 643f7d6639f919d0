"""Promised times, reminders and ends of offers: by the clock, from what the lender said."""

from datetime import timedelta
from decimal import Decimal

from flows.application.lifecycle import Status
from flows.conversation import Submission
from flows.effects import CallPerson, CancelTimer
from flows.events import Decided, LenderPushed, StatusData, TimerFired
from flows.ports import Offer, ScoringDecision
from tests.flows.stories import Story
from tests.flows.talk import NOON


def current(story: Story) -> Submission:
    assert story.state.submission is not None
    return story.state.submission


def decided(story: Story, decision: str, days: int = 14) -> Story:
    offer = Offer(
        offer_id="O-1",
        amount=Decimal(18000),
        currency="GBP",
        term_months=12,
        apr=Decimal("0.09"),
        total_cost=Decimal(900),
        valid_until=NOON + timedelta(days=days),
    )
    offers = (offer,) if decision == "approve" else ()
    story.signed()
    answer = ScoringDecision(decision_id="d", decision=decision, offers=offers)
    story.happens(Decided(application_id=story.state.application.id, decision=answer))
    return story


def push(story: Story, sequence: int, status: str, **more: object) -> Story:
    submission = current(story)
    data = {
        "application_id": submission.application_id,
        "sequence": sequence,
        "status": status,
        "occurred_at": story.now,
        **more,
    }
    event = {"lender": submission.lender, "webhook_id": f"m{sequence}", "data": StatusData.model_validate(data)}
    story.happens(LenderPushed.model_validate(event))
    return story


def comes(story: Story, name: str) -> Story:
    """The watched time comes."""
    story.now = max(story.now, current(story).clocks[name])
    story.happens(TimerFired(name=name, arg=current(story).application_id))
    return story


def test_a_promise_that_is_not_kept_breaks_the_silence_and_staff_know(story: Story) -> None:
    decided(story, "refer")
    push(story, 1, "under_review", expected_by=NOON + timedelta(days=2))
    comes(story, "expected")
    assert "2026-11-26 12:00 UTC" in story.heard
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
    assert current(story).clocks["expected"] > story.now
    comes(story, "expected")
    assert story.text("waiting.no_change", lender="x", promised="y", since="z", days=3)[:6] in story.heard


def test_news_takes_the_clock_off(english: Story) -> None:
    decided(english, "refer")
    push(english, 1, "under_review", expected_by=NOON + timedelta(days=2))
    push(english, 2, "action_required")
    assert "expected" not in current(english).clocks
    assert any(isinstance(effect, CancelTimer) and effect.name == "expected" for effect in english.effects)


def test_an_owner_is_reminded_before_an_offer_ends_and_then_it_is_over(story: Story) -> None:
    decided(story, "approve")
    comes(story, "remind")
    assert "2026-12-08 12:00 UTC" in story.heard
    assert story.step == "offers.choose"
    comes(story, "offer")
    assert current(story).status is Status.EXPIRED
    assert story.text("status.expired.title") in story.heard
    assert current(story).past_offers


def test_a_replaced_offer_moves_the_end(english: Story) -> None:
    decided(english, "approve", days=3)
    before = current(english).clocks["offer"]
    offer = current(english).offers[0].model_copy(update={"valid_until": NOON + timedelta(days=9)})
    push(english, 1, "offered", offers=[offer.model_dump()])
    english.now = before
    english.happens(TimerFired(name="offer", arg=current(english).application_id))
    assert current(english).status is Status.OFFERED
    assert len(current(english).past_offers) == 1


def test_reminders_name_what_is_missing_bring_the_card_and_end(story: Story) -> None:
    decided(story, "refer")
    push(story, 1, "action_required", actions=[{"type": "add_document", "document": "bank_statement"}])
    for _ in range(3):
        comes(story, "remind")
        assert story.text("document.bank_statement") in story.heard
        assert story.step == "tasks.do"
    comes(story, "remind")
    assert story.said == []


def test_only_the_lender_says_that_it_is_too_late(english: Story) -> None:
    decided(english, "refer")
    due = NOON + timedelta(days=4)
    push(english, 1, "action_required", actions=[{"type": "explain", "due_at": due}])
    comes(english, "due")
    assert current(english).status is Status.ACTION_REQUIRED
    assert any(isinstance(effect, CallPerson) for effect in english.effects)


def test_a_refusal_starts_the_clock_of_its_notice(english: Story) -> None:
    decided(english, "refer")
    push(english, 1, "rejected")
    assert current(english).clocks["notice"] == current(english).since + timedelta(days=30)
    comes(english, "notice")
    assert any(isinstance(effect, CallPerson) and effect.reason == "notice_due" for effect in english.effects)
    assert english.said == []


def test_the_lenders_own_notice_ends_the_clock(english: Story) -> None:
    decided(english, "decline")
    submission = current(english)
    assert "notice" in submission.clocks
    push(english, 1, "rejected", milestone="adverse_action_notice_sent")
    assert "notice" not in current(english).clocks
    assert current(english).status is Status.REJECTED
    assert english.text("milestone.adverse_action_notice_sent") in english.heard
