"""The self-proof loop: what is accepted is listed, the owner sends it, sees what changed, and it goes back."""

from datetime import timedelta
from decimal import Decimal

from flows.application.lifecycle import Status
from flows.application.values import Feature
from flows.effects import Assess
from flows.events import Assessed, Decided
from flows.ports import Offer, ScoringDecision
from tests.flows.stories import Story
from tests.flows.test_documents import is_read, sends
from tests.flows.test_papers import NAMES, shows, value

STEP = "proof.changed"


def decided(story: Story, decision: str, **more: object) -> None:
    made = {"decision_id": "d1", "decision": decision, "model_version": "reference-1", **more}
    application = story.state.application.id
    story.happens(Decided(application_id=application, decision=ScoringDecision.model_validate(made)))


def lacking(story: Story) -> Story:
    """An application from which the owner left everything open, and a decision that wants more."""
    story.needed()
    story.taps_on("connect.by_hand")
    while story.step == "fill.field":
        declaring = story.said[-1].title == story.text("field.legal_or_insolvency_declaration.label")
        story.taps_on("field.legal_or_insolvency_declaration.no" if declaring else "button.leave_open")
    for _ in range(4):
        story.taps_on("review.next")
    story.happens(Assessed(number=story.state.assessment, features=()))
    story.taps_on("review.sign")
    decided(story, "more_data", missing=["inflow_12m"])
    return story


def computed(story: Story, **values: str) -> None:
    """The records of the file are assessed."""
    wanted = next(each for each in story.effects if isinstance(each, Assess))
    features = tuple(
        Feature(
            name=name, value=Decimal(text), window="2025-11/2026-10", source="bank_statement", consent_id="c", records=9
        )
        for name, text in values.items()
    )
    story.happens(Assessed(number=wanted.number, features=features))


def test_what_is_accepted_is_listed_and_a_file_is_taken_in_the_chat(story: Story) -> None:
    lacking(story)
    assert story.text("proof.accepted") in story.heard
    assert story.text("document.bank_statement") in story.heard
    document = sends(story)
    assert document
    is_read(story, document)
    assert story.step == "documents.found"
    assert story.state.application.signed_at is not None  # nothing is open before the owner says so


def test_the_owner_sees_what_changed_signs_and_it_is_looked_at_again(story: Story) -> None:
    lacking(story)
    first = story.state.submission
    is_read(story, sends(story))
    story.taps_on("paper.use")
    inflow = story.bank()["monthly_bank_inflow_12m"]
    story.delivers("bank_statement", {"monthly_bank_inflow_12m": inflow})
    computed(story, inflow_12m="240000")
    assert story.step == STEP
    for said in ("240,000", "2025-11/2026-10", story.text("proof.before", before=story.text("review.unknown"))):
        assert said in story.heard
    story.taps_on("proof.sign")
    sent = story.submits()
    assert sent is not None
    assert first is not None
    assert (sent.attempt, sent.reference) == (2, first.application_id)
    assert story.state.submission is not None
    assert story.state.submission.status is Status.UNDER_REVIEW
    assert story.state.proof is None


def test_proof_that_settles_nothing_is_said_and_more_may_follow(story: Story) -> None:
    lacking(story)
    shows(story, "lease", (value("tenant", NAMES[story.lang]),))
    story.taps_on("paper.use")
    assert story.step == STEP
    assert story.text("proof.still_unknown") in story.heard
    assert story.text("proof.sign") not in story.heard
    story.taps_on("proof.link")
    assert story.step == "connect.offer"


def test_offers_made_before_are_kept(story: Story) -> None:
    def offer(number: str, amount: str) -> Offer:
        until = story.now + timedelta(days=9)
        made = {"offer_id": number, "amount": amount, "currency": "GBP", "term_months": 12, "apr": "0.1"}
        return Offer.model_validate({**made, "total_cost": "100", "instalment": None, "fees": [], "valid_until": until})

    story.signed()
    decided(story, "approve", offers=[offer("O-1", "9000").model_dump()])
    assert story.state.submission is not None
    story.state.submission.attempt = 2
    decided(story, "approve", offers=[offer("O-2", "12000").model_dump()])
    assert [each.offer_id for each in story.state.submission.past_offers] == ["O-1"]
    assert [each.offer_id for each in story.state.submission.offers] == ["O-2"]
    assert story.text("offers.earlier") in story.heard
