"""What a lender asks for is done in the chat, one thing at a time, and goes back to it."""

from datetime import timedelta

from pydantic import JsonValue

from flows.application.lifecycle import Status
from flows.conversation import Submission
from flows.effects import CallPerson, DropFile, KeepForLender
from flows.events import Decided, FileRefused, LenderPushed, OwnerSaid, StatusData
from flows.messages import Attachment, Heard
from tests.flows.stories import Story
from tests.flows.talk import NOON
from tests.flows.test_papers import is_read, value

FIELD: dict[str, JsonValue] = {"type": "correct_field", "field": "number_of_employees", "reason": "It looks old"}
PAPER: dict[str, JsonValue] = {
    "type": "add_document",
    "document": "bank_statement",
    "due_at": (NOON + timedelta(days=5)).isoformat(),
}
WORDS: dict[str, JsonValue] = {"type": "explain", "reason": "Sales fell in March"}


def asked(story: Story, *actions: dict[str, JsonValue]) -> Story:
    story.signed()
    story.happens(Decided(application_id=story.state.application.id, decision=None))
    submission = current(story)
    data = StatusData.model_validate(
        {
            "application_id": submission.application_id,
            "sequence": 1,
            "status": "action_required",
            "occurred_at": story.now,
            "actions": actions,
        }
    )
    story.happens(LenderPushed(lender=submission.lender, webhook_id="m1", data=data))
    return story


def current(story: Story) -> Submission:
    assert story.state.submission is not None
    return story.state.submission


def send_file(story: Story) -> Story:
    files = (Attachment(file_id="f1", name="statement.pdf", media_type="application/pdf", size=1000),)
    return Story.happens(story, OwnerSaid(heard=Heard(kind="file", files=files)))


def test_a_task_says_what_why_how_and_by_when(story: Story) -> None:
    asked(story, {**PAPER, "reason": "The last one ends in August"})
    assert story.step == "tasks.do"
    for part in ("The last one ends in August", "2026-11-29 12:00 UTC", story.text("tasks.how.document")):
        assert part in story.heard
    assert story.text("status.action_required.title") in story.heard


def test_three_tasks_are_done_one_by_one_and_go_back_together(english: Story) -> None:
    asked(english, FIELD, PAPER, WORDS)
    english.types("9 people")
    assert current(english).answers[0].value == 9
    english.types("I'll send it")
    assert current(english).status is Status.ACTION_REQUIRED
    assert len(current(english).answers) == 1
    send_file(english)
    kept = [effect for effect in english.effects if isinstance(effect, KeepForLender)]
    assert [each.document_id for each in kept] == list(current(english).answers[1].documents)
    english.types("The street was closed for works until April")
    assert english.text("tasks.ready_title") in english.heard
    english.taps_on("tasks.send")
    assert current(english).status is Status.UNDER_REVIEW
    assert [each.place for each in current(english).answers] == [0, 1, 2]


def part(story: Story) -> str:
    """One part of an album; the id it is kept by."""
    files = (Attachment(file_id="f", name="page.jpg", media_type="image/jpeg", size=1000),)
    Story.happens(story, OwnerSaid(heard=Heard(kind="file", files=files)))
    story.now -= timedelta(seconds=4)
    return next(each.document_id for each in story.effects if isinstance(each, KeepForLender))


def test_an_album_is_one_answer_and_says_what_it_was_taken_for(story: Story) -> None:
    asked(story, PAPER, WORDS)
    pages = (part(story), part(story), part(story))
    assert [each.documents for each in current(story).answers] == [pages]
    is_read(story, pages[0], "bank_statement")
    assert story.step == "tasks.do"
    story.now += timedelta(seconds=9)
    story.types({"en": "The street was closed until April", "zh": "店门口修路一直修到四月"}[story.lang])
    assert story.text("tasks.ready_title") in story.heard
    assert story.text("tasks.looks_like", what=story.text("paper.kind.bank_statement")) in story.heard


def test_another_paper_than_asked_and_one_that_is_hard_to_read_are_said(story: Story) -> None:
    asked(story, PAPER)
    is_read(story, part(story), "lease", (value("tenant", "x"),))
    assert story.text("paper.problem.wrong_kind") in story.heard
    story.now += timedelta(seconds=9)
    story.taps_on("tasks.again")
    is_read(story, part(story), "unknown", problem="blurred")
    assert story.text("paper.problem.blurred") in story.heard
    assert not any(isinstance(each, DropFile) for each in story.effects)  # the lender gets what was sent


def test_what_cannot_be_given_is_said_and_a_person_comes(story: Story) -> None:
    asked(story, WORDS)
    story.taps_on("tasks.not_possible")
    assert any(isinstance(effect, CallPerson) for effect in story.effects)
    story.taps_on("tasks.send")
    assert current(story).answers[0].possible is False


def test_a_yes_in_words_sends_nothing(english: Story) -> None:
    asked(english, WORDS)
    english.types("It was the works in our street")
    english.types("yes, send it")
    assert current(english).status is Status.ACTION_REQUIRED


def test_new_tasks_take_the_place_of_answers_to_old_ones(english: Story) -> None:
    asked(english, WORDS)
    english.types("It was the works in our street")
    data = StatusData.model_validate(
        {
            "application_id": current(english).application_id,
            "sequence": 2,
            "status": "action_required",
            "occurred_at": english.now,
            "actions": [PAPER],
        }
    )
    english.happens(LenderPushed(lender=current(english).lender, webhook_id="m2", data=data))
    assert current(english).answers == ()
    assert english.text("tasks.how.document") in english.heard


def test_a_file_that_did_not_come_through_is_asked_for_again(story: Story) -> None:
    asked(story, PAPER, WORDS)
    send_file(story)
    (number,) = current(story).answers[0].documents
    story.happens(FileRefused(document_id=number, fact="not_there"))
    assert current(story).answers == ()
    assert story.text("tasks.how.document") in story.heard
    send_file(story)
    story.types("It was the works in our street")
    story.taps_on("tasks.send")
    story.happens(FileRefused(document_id=current(story).answers[0].documents[0], fact="not_there"))
    assert any(isinstance(effect, CallPerson) and effect.reason == "document_lost" for effect in story.effects)


def test_a_file_that_is_too_large_is_no_answer(english: Story) -> None:
    asked(english, PAPER)
    files = (Attachment(file_id="f1", name="scan.pdf", media_type="application/pdf", size=11 * 1024 * 1024),)
    english.happens(OwnerSaid(heard=Heard(kind="file", files=files)))
    assert current(english).answers == ()
    assert english.text("paper.fact.too_large") in english.heard
