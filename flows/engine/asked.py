"""What a lender asks for: what of it is the owner's own to do, and what other people have to agree to."""

from urllib.parse import quote

from flows.application.lifecycle import Status
from flows.conversation import Submission
from flows.engine.standing import name_of
from flows.engine.turn import Turn
from flows.events import LenderAction

PARTY_PAGE = "lendline:party/"


def asking(turn: Turn) -> Submission | None:
    """The application whose lender waits for something."""
    submission = turn.state.submission
    asked = submission is not None and submission.status is Status.ACTION_REQUIRED and bool(submission.actions)
    return submission if asked else None


def open_place(submission: Submission) -> int | None:
    """The place of the first action that the owner has not answered yet."""
    return next(iter(_unanswered(submission, others=False)), None)


def outstanding(submission: Submission) -> tuple[int, ...]:
    """The places of the actions that other people have not answered yet."""
    return _unanswered(submission, others=True)


def what_is_asked(turn: Turn, action: LenderAction) -> str:
    """An action in a few words."""
    if action.party:
        return turn.t("cosigners.what", name=action.party)
    return name_of(turn, action.document or action.field or action.type)


def party_page(submission: Submission, place: int) -> str:
    """How flows name the page on which another person answers; the real address is made when a message is sent."""
    return f"{PARTY_PAGE}{submission.application_id}:{place}:{quote(submission.actions[place].party, safe='')}"


def _unanswered(submission: Submission, *, others: bool) -> tuple[int, ...]:
    answered = {each.place for each in submission.answers}
    places = (place for place, each in enumerate(submission.actions) if bool(each.party) is others)
    return tuple(place for place in places if place not in answered)
