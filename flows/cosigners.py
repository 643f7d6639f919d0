"""Co-signers and shareholders answer on pages of their own; the owner sees who is outstanding, until when."""

from flows.application.lifecycle import Status
from flows.conversation import Submission, TaskAnswer
from flows.engine.asked import asking, open_place, outstanding, party_page
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name
from flows.engine.standing import TIME, attend
from flows.engine.turn import Turn
from flows.events import Event, PartyAnswered
from flows.messages import Fact, Say, Tone


def _pending(turn: Turn) -> str | None:
    submission = asking(turn)
    if submission is None or open_place(submission) is not None or not outstanding(submission):
        return None
    return ""


def _show(turn: Turn, _arg: str) -> None:
    submission = asking(turn)
    if submission is None:
        return
    lender = lender_name(turn, submission.lender)
    turn.card(
        "cosigners.wait",
        title=turn.t("cosigners.title"),
        text=turn.t("cosigners.text" if turn.library.consent_pages else "cosigners.no_page", lender=lender),
        facts=tuple(_line(turn, submission, place) for place, each in enumerate(submission.actions) if each.party),
        note=turn.t("status.reference", application=submission.application_id),
        rows=(
            (turn.button("cosigners.links", "party_links", tone=Tone.PRIMARY),) if turn.library.consent_pages else (),
            (turn.button("button.status", "status"), turn.button("button.person", "human")),
        ),
    )
    asked = f"{submission.application_id}:{submission.sequence}"
    if turn.state.parties_asked == asked:
        return
    turn.state.parties_asked = asked
    if turn.library.consent_pages:
        _links(turn, submission)
    else:
        turn.call_person("cosigners", submission.application_id)


def _line(turn: Turn, submission: Submission, place: int) -> Fact:
    """Where one person stands: outstanding until when, agreed, or not."""
    action = submission.actions[place]
    answer = next((each for each in submission.answers if each.place == place), None)
    if answer is not None:
        return Fact(label=action.party, value=answer.shown, note=answer.at.strftime(TIME))
    until = "" if action.due_at is None else turn.t("cosigners.until", until=action.due_at.strftime(TIME))
    return Fact(label=action.party, value=turn.t("cosigners.outstanding"), note=until)


def _links(turn: Turn, submission: Submission) -> None:
    """One message for each person who has not answered, ready to be passed on."""
    lender = lender_name(turn, submission.lender)
    for place in outstanding(submission):
        name, page = submission.actions[place].party, party_page(submission, place)
        turn.notice(Say(text=turn.t("cosigners.link", name=name, lender=lender, link=page)))


def _ask_links(turn: Turn, _arg: str) -> None:
    submission = asking(turn)
    if submission is not None:
        _links(turn, submission)
        turn.still = True


def _answered(turn: Turn, event: Event) -> None:
    """Somebody has answered on their page: once for each, while it is still asked."""
    if not isinstance(event, PartyAnswered):
        return
    submission = turn.state.at_lender(event.application_id)
    if submission is None or submission.status is not Status.ACTION_REQUIRED:
        return
    if event.place not in outstanding(submission) or submission.actions[event.place].party != event.party:
        return
    shown = turn.t("cosigners.agreed" if event.agreed else "cosigners.refused")
    answer = TaskAnswer(
        place=event.place, value={"agreed": event.agreed}, shown=shown, possible=event.agreed, at=turn.now
    )
    submission.answers = (*submission.answers, answer)
    turn.note("party", f"{submission.application_id}: {event.place + 1} {'agreed' if event.agreed else 'refused'}")
    turn.echo.append(turn.t("cosigners.says", name=event.party, what=shown))
    if not event.agreed:
        turn.call_person("party_refused", submission.application_id)
    attend(turn, submission)


FLOW = Flow(
    name="cosigners",
    steps=(Step("cosigners.wait", _pending, _show, {"party_links": _ask_links}, back=False),),
    reacts={"party_answered": _answered},
)
