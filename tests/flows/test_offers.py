"""Offers as pictures and papers: side by side once, key facts before acceptance, history, figures that contradict."""

from datetime import timedelta
from decimal import Decimal

import pytest

from flows.application.lifecycle import Status
from flows.effects import CallPerson
from flows.engine.library import Library
from flows.engine.offered import contradictions, paid_by_month, schedule
from flows.events import Decided, LenderPushed, StatusData
from flows.messages import Chart, Enclosure, Paper
from flows.ports import Fee, Offer, ScoringDecision
from tests.flows.stories import Story
from tests.flows.talk import NOON


def offer(number: int = 1, **more: object) -> Offer:
    """18,000 over 12 months; the figures of the first agree."""
    plain = {
        "offer_id": f"O-{number}",
        "amount": "18000",
        "currency": "GBP",
        "term_months": 12,
        "apr": "0.0850",
        "total_cost": "839.00",
        "instalment": "1569.92",
        "valid_until": NOON + timedelta(days=14),
    }
    return Offer.model_validate(plain | more)


def _offered(story: Story, *offers: Offer) -> Story:
    story.signed()
    decision = ScoringDecision(decision_id="d-1", decision="approve", offers=offers)
    return story.happens(Decided(application_id=story.state.application.id, decision=decision))


def _push(story: Story, sequence: int, *offers: Offer) -> Story:
    return _status(story, sequence, "offered", *offers)


def _status(story: Story, sequence: int, status: str, *offers: Offer) -> Story:
    submission = story.state.submission
    assert submission is not None
    data = StatusData(
        application_id=submission.application_id,
        sequence=sequence,
        status=status,
        occurred_at=story.now,
        offers=offers,
    )
    return story.happens(LenderPushed(lender=submission.lender, webhook_id=f"msg_{sequence}", data=data))


def _enclosed(story: Story) -> list[Enclosure]:
    return [say.enclosed for say in story.said if say.enclosed is not None]


LONG = offer(2, term_months=24, total_cost="1700.00", instalment="820.83", apr="0.0880")


def test_two_offers_come_with_one_picture_after_the_card(story: Story) -> None:
    _offered(story, offer(), LONG)
    (chart,) = _enclosed(story)
    assert isinstance(chart, Chart)
    assert [len(row.values) for row in chart.rows] == [12, 24]
    assert [row.total for row in chart.rows] == [Decimal(839), Decimal(1700)]
    assert story.said[-1].enclosed is chart
    story.types("?")  # the card comes again, the picture does not
    assert _enclosed(story) == []


def test_one_offer_or_two_currencies_are_not_drawn_side_by_side(english: Story) -> None:
    _offered(english, offer())
    assert _enclosed(english) == []
    _push(english, 1, offer(3), offer(4, currency="EUR"))
    assert _enclosed(english) == []


def test_the_key_facts_come_before_an_offer_can_be_accepted_and_again_on_request(story: Story) -> None:
    _offered(story, offer(fees=(Fee(name="arrangement", amount=Decimal(50)),)))
    story.taps_on("offers.look")
    (paper,) = _enclosed(story)
    assert isinstance(paper, Paper)
    values = [fact.value for fact in paper.facts]
    for part in ("£18,000", "£17,950", "8.50 %", "£839", "£1,569.92", "£18,789"):
        assert any(part.removeprefix("£") in value for value in values), part
    assert len(paper.tables[0].rows) == 12
    assert story.step == "offers.confirm"
    story.taps_on("offers.key_facts")
    (again,) = _enclosed(story)
    assert isinstance(again, Paper)
    assert again.tables == paper.tables
    story.taps_on("offers.not_yet")
    story.taps_on("offers.look")
    assert _enclosed(story) == []
    story.taps_on("offers.accept")
    assert story.state.submission is not None
    assert story.state.submission.status is Status.OFFER_ACCEPTED


def test_a_replaced_offer_is_said_and_kept_as_history(story: Story) -> None:
    _offered(story, offer())
    _push(story, 1, offer(2, amount="15000", total_cost="699.00", instalment="1308.25"))
    lender = story.library_lender()
    assert story.text("offers.replaced", lender=lender) in story.heard
    story.taps_on("offers.earlier")
    assert "18,000" in story.heard
    assert story.state.submission is not None
    assert [each.offer_id for each in story.state.submission.past_offers] == ["O-1"]
    _push(story, 2, *story.state.submission.offers)
    assert [each.offer_id for each in story.state.submission.past_offers] == ["O-1"]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, ()),
        ({"instalment": None}, ()),
        ({"instalment": "1570"}, ()),
        ({"fees": [{"name": "f", "amount": "200"}], "total_cost": "1039.00", "apr": "0.1070"}, ()),
        ({"apr": "0.0885"}, ()),  # as an effective rate
        ({"apr": "8.5"}, ("apr",)),
        ({"apr": "0.0085"}, ("apr",)),
        ({"total_cost": "8390"}, ("total",)),
        ({"instalment": "156.99"}, ("total",)),
        ({"instalment": "150", "total_cost": "1800", "apr": "0.1"}, ()),  # interest first, principal at the end
    ],
)
def test_figures_that_cannot_all_be_right_are_noticed(more: dict[str, object], wrong: tuple[str, ...]) -> None:
    assert contradictions(Offer.model_validate(offer().model_dump() | more)) == wrong


def test_an_owner_is_warned_and_staff_are_told_of_figures_that_contradict(story: Story) -> None:
    _offered(story, offer())
    _push(story, 1, offer(2, apr="8.5"))
    assert any(isinstance(effect, CallPerson) and effect.reason == "offer_figures" for effect in story.effects)
    story.taps_on("offers.look")
    assert story.text("offers.doubt_text") in story.heard


@pytest.mark.parametrize("method", ["", "equal_instalments", "interest_only_then_principal", "bullet"])
@pytest.mark.parametrize("instalment", [None, "1569.92"])
def test_a_schedule_pays_back_what_was_lent_to_the_cent(method: str, instalment: str | None) -> None:
    made = offer(instalment=instalment)
    rows = schedule(made, method)
    assert sum(row.principal for row in rows) == made.amount
    assert sum(paid_by_month(made, method)) == made.amount + made.total_cost
    assert sum(row.interest for row in rows) == made.total_cost
    assert rows[-1].balance == 0
    assert all(row.interest >= 0 for row in rows)


def test_after_the_payment_an_owner_may_step_back_while_the_sheet_says_so(library: Library) -> None:
    story = Story(library, "zh")
    _offered(story, offer(currency="CNY", product="qiaotou-online"))  # three days
    story.taps_on("offers.look")
    story.taps_on("offers.accept")
    _status(story, 1, "disbursed")
    assert story.text("offers.cooling_off") in story.heard
    story.types("/cancel")
    assert any(isinstance(effect, CallPerson) and effect.reason == "cooling_off" for effect in story.effects)
    assert "2026-11-27" in story.heard
    story.now += timedelta(days=4)
    story.types("/cancel")
    assert story.text("leaving.nothing_to_cancel") in story.heard
