"""Files as conversations: what is sent is read, shown, used only on a tap, and gone when it is taken back."""

from datetime import date

import pytest

from flows.consent import ConsentState
from flows.effects import DropFile, Erase, ReadFile, StartPull
from flows.engine.receiving import LARGEST
from flows.events import FileRead, FileRefused, OwnerSaid
from flows.messages import Attachment, Heard
from tests.flows.stories import Story

STEP = "documents.found"


def sends(story: Story, size: int = 2000) -> str:
    """The owner sends a file; the document's id, empty when it was not taken."""
    file = Attachment(file_id="f1", name="<b>november</b>.csv", size=size)
    story.happens(OwnerSaid(heard=Heard(kind="file", files=(file,), message_id="9")))
    return next((each.document_id for each in story.effects if isinstance(each, ReadFile)), "")


def is_read(story: Story, document: str, **more: object) -> None:
    found: dict[str, object] = {"source": "bank_statement", "format": "csv", "rows": 412, "proof": "proved"}
    found |= {"first": date(2025, 11, 1), "last": date(2026, 10, 31)}
    story.happens(FileRead.model_validate({"document_id": document, **found, **more}))


def test_a_file_is_shown_for_what_it_is_before_it_is_used(story: Story) -> None:
    story.needed()
    document = sends(story)
    assert story.text("paper.reading") in story.heard
    assert story.step != STEP
    is_read(story, document)
    assert story.step == STEP
    for said in ("2025-11-01", "2026-10-31", "412", story.text("paper.proof.proved")):
        assert said in story.heard
    assert not story.pulls
    assert all(each.source != "bank_statement" for each in story.state.consents.values())


@pytest.mark.parametrize("proof", ["broken", "none"])
def test_a_balance_that_does_not_prove_is_said(story: Story, proof: str) -> None:
    story.needed()
    is_read(story, sends(story), proof=proof, unread=3)
    assert story.text(f"paper.proof.{proof}") in story.heard
    assert story.text("paper.unread", rows=3) in story.heard


def test_using_it_is_a_consent_that_names_the_file_and_fills_fields(story: Story) -> None:
    story.needed()
    document = sends(story)
    is_read(story, document)
    story.taps_on("paper.use")
    assert story.pulls == ["bank_statement"]
    consent = next(each.consent for each in story.effects if isinstance(each, StartPull))
    assert (consent.state, consent.documents) == (ConsentState.ACTIVE, (document,))
    inflow = [story.bank()["monthly_bank_inflow_12m"]]
    story.delivers("bank_statement", {"monthly_bank_inflow_12m": inflow[0]})
    assert story.state.application.chosen("monthly_bank_inflow_12m").source == "bank_statement"  # type: ignore[union-attr]


def test_deleting_it_destroys_it(story: Story) -> None:
    story.needed()
    document = sends(story)
    is_read(story, document)
    story.taps_on("paper.drop")
    assert DropFile(document_id=document) in story.effects
    assert not story.state.documents
    assert story.step == "connect.offer"


def test_another_file_of_the_same_source_replaces_the_consent(story: Story) -> None:
    story.needed()
    first = sends(story)
    is_read(story, first)
    story.taps_on("paper.use")
    story.delivers("bank_statement", {"monthly_bank_inflow_12m": story.bank()["monthly_bank_inflow_12m"]})
    second = sends(story)
    is_read(story, second)
    story.taps_on("paper.use")
    consents = [each for each in story.state.consents.values() if each.source == "bank_statement"]
    assert [(each.state, each.documents) for each in consents] == [
        (ConsentState.EXPIRED, (first,)),
        (ConsentState.ACTIVE, (first, second)),
    ]
    kinds = [each.kind for each in story.effects]
    assert kinds.index("start_pull") < kinds.index("erase")  # the files change hands before what is left is erased
    assert story.value("monthly_bank_inflow_12m") is None


def test_files_sent_together_are_asked_about_together(story: Story) -> None:
    story.needed()
    first, second = sends(story), sends(story)
    is_read(story, first)
    assert story.step != STEP
    is_read(story, second, first=date(2024, 11, 1))
    assert "2024-11-01" in story.heard
    story.taps_on("paper.use")
    consent = next(each.consent for each in story.effects if isinstance(each, StartPull))
    assert consent.documents == (first, second)


def test_taking_it_back_erases_the_file_and_what_it_brought(story: Story) -> None:
    story.needed()
    is_read(story, sends(story))
    story.taps_on("paper.use")
    consent = next(each.consent for each in story.effects if isinstance(each, StartPull))
    story.delivers("bank_statement", {"monthly_bank_inflow_12m": story.bank()["monthly_bank_inflow_12m"]})
    story.happens(OwnerSaid(heard=Heard(kind="choice", choice=f"0:revoke:{consent.id}")))
    assert Erase(consent_id=consent.id) in story.effects
    assert story.value("monthly_bank_inflow_12m") is None
    assert not story.state.documents


@pytest.mark.parametrize("fact", ["empty", "photo", "locked", "dates", "something new"])
def test_a_file_that_cannot_be_read_is_said_and_nothing_changes(story: Story, fact: str) -> None:
    story.needed()
    document = sends(story)
    story.happens(FileRefused(document_id=document, fact=fact))
    known = fact if " " not in fact else "damaged"
    assert story.text(f"paper.fact.{known}") in story.heard
    assert story.step == "connect.offer"
    assert not story.state.documents


def test_a_large_file_and_a_file_after_signing_are_not_taken(story: Story) -> None:
    story.needed()
    assert sends(story, LARGEST + 1) == ""
    assert story.text("paper.fact.too_large") in story.heard
    story.state.application.signed_at = story.now
    assert sends(story) == ""
    assert story.text("paper.signed") in story.heard


def test_a_file_sent_before_the_business_is_known_waits(story: Story) -> None:
    story.welcomed()
    document = sends(story)
    is_read(story, document)
    assert story.step != STEP
    assert story.text("paper.later", source=story.library_title("bank_statement")) in story.heard


def test_what_fills_nothing_yet_is_deleted_and_said(story: Story) -> None:
    story.needed()
    document = sends(story)
    is_read(story, document, source="payslip", format="alipay")
    assert DropFile(document_id=document) in story.effects
    assert story.text("paper.not_used", what=story.text("paper.format.alipay"), rows=412) in story.heard
