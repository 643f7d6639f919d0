"""What is signed is called received only when the lender has confirmed it; an offer is shown beside what was asked."""

from flows.events import SubmissionFailed
from tests.flows.stories import Story


def _fails(story: Story, *, final: bool) -> None:
    reference = story.state.submissions[0].application_id
    story.happens(SubmissionFailed(application_id=reference, final=final, detail="it answered 500"))


def test_signing_does_not_claim_that_the_lender_has_it(story: Story) -> None:
    story.signed()
    assert story.said[-1].title == story.text("submit.title")
    story.types("/status")
    assert story.text("status.on_its_way.title") in story.heard
    assert story.text("status.side.ours") in story.heard
    assert story.text("status.submitted.title") not in story.heard.splitlines()


def test_a_lender_that_does_not_answer_is_not_said_to_have_it(story: Story) -> None:
    story.signed()
    for final in (False, True):
        _fails(story, final=final)
        story.types("/status")
        assert story.text("status.on_its_way.title") in story.heard
