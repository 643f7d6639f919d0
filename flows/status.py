"""Status: what the lender says, in order, whose turn it is, and what is expected by when. The place of rest."""

from datetime import timedelta

from flows.application import prefill
from flows.application.display import show_money
from flows.application.fields import FIELDS
from flows.application.lifecycle import Side, Status, is_final, may_become, whose_turn
from flows.conversation import PullState, Submission, TimelineEntry
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name
from flows.engine.submitting import become, record
from flows.engine.turn import Turn
from flows.events import Event, LenderPushed, TimerFired
from flows.messages import Choice, Fact, Say, Tone
from flows.understanding.reading import Act, Reading

MOST_WAITING = 50
GAP_PATIENCE = timedelta(seconds=30)


# What the lender pushes


def _pushed(turn: Turn, event: Event) -> None:
    submission = turn.state.submission
    if not isinstance(event, LenderPushed) or submission is None:
        return
    if event.data.application_id != submission.application_id or event.lender != submission.lender:
        turn.note("lender", f"{event.webhook_id}: not about the open application, recorded only")
        return
    if event.data.sequence <= submission.sequence:
        _record(turn, submission, event, "came late")
    elif submission.sequence >= 0 and event.data.sequence > submission.sequence + 1:
        submission.waiting = (*submission.waiting, event)[-MOST_WAITING:]
        turn.note("lender", f"{event.webhook_id}: sequence {event.data.sequence} came early, waiting for the gap")
        turn.wake("gap", submission.application_id, GAP_PATIENCE)
    else:
        _relay(turn, submission, event)
        _relay_waiting(turn, submission, over_gaps=False)


def _gap_over(turn: Turn, event: Event) -> None:
    """Pass over a gap that did not close in time."""
    submission = turn.state.submission
    if isinstance(event, TimerFired) and event.name == "gap" and submission is not None:
        _relay_waiting(turn, submission, over_gaps=True)


def _relay_waiting(turn: Turn, submission: Submission, *, over_gaps: bool) -> None:
    for early in sorted(submission.waiting, key=lambda each: each.data.sequence):
        if over_gaps or early.data.sequence == submission.sequence + 1:
            submission.waiting = tuple(each for each in submission.waiting if each is not early)
            _relay(turn, submission, early)
    if not submission.waiting:
        turn.let_sleep("gap", submission.application_id)


def _relay(turn: Turn, submission: Submission, event: LenderPushed) -> None:
    data = event.data
    submission.sequence = max(submission.sequence, data.sequence)
    if data.status not in set(Status):
        _record(turn, submission, event, f"unknown status {data.status!r}")
        submission.raw_status = data.lender_status or data.status
        turn.call_person("unknown_status", data.status)
        turn.tell("status.unknown", lender=lender_name(turn, submission.lender))
        return
    status = Status(data.status)
    before = _status_before(submission, event.corrects) if event.corrects else submission.status
    same = status is before and not is_final(status)
    if before is None or not (may_become(before, status) or same or (event.corrects and status is before)):
        _record(turn, submission, event, f"{submission.status.value} cannot become {status.value}")
        turn.call_person("illegal_status", f"{submission.status.value} -> {status.value}")
        return
    submission.expected_by = data.expected_by
    submission.actions = data.actions
    submission.reasons = tuple(sorted(data.reasons, key=lambda reason: reason.rank))[:4]
    if data.offers:
        submission.past_offers = (*submission.past_offers, *submission.offers)
        submission.offers = data.offers
    become(turn, status, data.occurred_at, raw=data.lender_status or "", webhook_id=event.webhook_id)
    if event.corrects:
        turn.echo.append(turn.t("status.corrected", lender=lender_name(turn, submission.lender)))
    turn.again = True


def _status_before(submission: Submission, webhook_id: str) -> Status | None:
    """The status that stood before the delivery that is corrected; None when that one is not known."""
    shown = [entry for entry in submission.timeline if entry.shown and entry.status is not None]
    for place, entry in enumerate(shown):
        if entry.webhook_id == webhook_id and place:
            return shown[place - 1].status
    return None


def _record(turn: Turn, submission: Submission, event: LenderPushed, why: str) -> None:
    known = event.data.status in set(Status)
    entry = TimelineEntry(
        at=turn.now,
        occurred_at=event.data.occurred_at,
        status=Status(event.data.status) if known else None,
        raw=event.data.lender_status or event.data.status,
        shown=False,
        webhook_id=event.webhook_id,
    )
    record(submission, entry)
    turn.note("lender", f"{event.webhook_id}: {why}; recorded, not shown")


# What the owner sees


def _rest_pending(_turn: Turn) -> str | None:
    return ""


def _rest_show(turn: Turn, _arg: str) -> None:
    submission = turn.state.submission
    if submission is None:
        turn.say(_draft(turn))
        return
    rows: list[tuple[Choice, ...]] = []
    if submission.status is Status.ACTION_REQUIRED and submission.missing:
        rows.append((turn.button("status.add_data", "add_data", tone=Tone.PRIMARY),))
    if is_final(submission.status):
        rows.append((turn.button("status.new", "new"),))
    rows.append((turn.button("button.status", "status"), turn.button("button.person", "human")))
    turn.card(
        "status.rest",
        title=turn.t(f"status.{submission.status.value}.title"),
        text=turn.t(f"status.{submission.status.value}.text", lender=lender_name(turn, submission.lender)),
        facts=_facts(turn, submission),
        note=turn.t("status.reference", application=submission.application_id),
        rows=tuple(rows),
    )


def _facts(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    side = whose_turn(submission.status)
    if side is not Side.NOBODY:
        since = submission.since.strftime("%Y-%m-%d %H:%M UTC")
        lender = lender_name(turn, submission.lender)
        facts.append(Fact(label=turn.t("status.turn"), value=turn.t(f"status.side.{side.value}", lender=lender)))
        facts.append(Fact(label=turn.t("status.since"), value=since))
        by = submission.expected_by
        expected = turn.t("status.not_told") if by is None else by.strftime("%Y-%m-%d %H:%M UTC")
        facts.append(Fact(label=turn.t("status.expected_by"), value=expected))
    if submission.accepted is not None:
        offer = next((each for each in submission.offers if each.offer_id == submission.accepted), None)
        if offer is not None:
            amount = show_money(turn.library.texts, turn.state.lang, offer.principal)
            facts.append(Fact(label=turn.t("offers.amount"), value=amount))
    for action in submission.actions:
        what = action.document or action.field or action.type
        due = action.due_at.date().isoformat() if action.due_at is not None else ""
        facts.append(Fact(label=turn.t("status.action"), value=f"{what} {action.reason}".strip(), note=due))
    facts.extend(Fact(label=turn.t("status.missing"), value=_what(turn, name)) for name in submission.missing[:6])
    for reason in submission.reasons:
        key = f"reason.{reason.code}"
        known = turn.library.texts.has(turn.state.lang, key)
        facts.append(
            Fact(
                label=turn.t("status.reason"),
                value=turn.t(key) if known else turn.t("reason.unknown", code=reason.code),
                note=_detail(turn, reason.detail),
            )
        )
    return tuple(facts)


def _detail(turn: Turn, detail: str) -> str:
    """The lender's finer code in words; its own word when we have none."""
    name = detail.removesuffix("_unknown")
    key = f"detail.{name}"
    if not turn.library.texts.has(turn.state.lang, key):
        return detail
    return turn.t(key) if name == detail else turn.t("detail.unknown", what=turn.t(key))


def _what(turn: Turn, name: str) -> str:
    """The name of something missing in the owner's language; the lender's own word when we have none."""
    for key in (f"feature.{name}", f"field.{name}.label", f"document.{name}"):
        if turn.library.texts.has(turn.state.lang, key):
            return turn.t(key)
    return name


def _draft(turn: Turn) -> str:
    if turn.state.subject is None:
        return turn.t("status.none")
    return turn.t("status.draft.text", left=len(prefill.missing(turn.state.application)), fields=len(FIELDS))


def tell_status(turn: Turn, _arg: str) -> None:
    """Say where the application stands, at any moment."""
    submission = turn.state.submission
    if submission is None:
        turn.say(_draft(turn))
    else:
        facts = _facts(turn, submission)
        title = turn.t(f"status.{submission.status.value}.title")
        text = turn.t(f"status.{submission.status.value}.text", lender=lender_name(turn, submission.lender))
        note = turn.t("status.reference", application=submission.application_id)
        turn.notice(Say(title=title, text=text, facts=facts, note=note))
        turn.still = submission.status is not Status.OFFERED
    for past in turn.state.past:
        turn.tell("status.past", application=past.application_id, status=turn.t(f"status.{past.status.value}.title"))


def _asked_status(turn: Turn, _reading: Reading) -> bool:
    tell_status(turn, "")
    return True


def _add_data(turn: Turn, _arg: str) -> None:
    """Open the application again so that a source can be linked; it is reviewed and signed anew."""
    submission = turn.state.submission
    if submission is None or submission.status is not Status.ACTION_REQUIRED:
        return
    turn.state.application = prefill.ask_again(turn.state.application)
    turn.state.connected = False
    turn.state.declined = ()
    turn.state.pulls = {name: pull for name, pull in turn.state.pulls.items() if pull.state is PullState.DONE}
    turn.state.pages_seen = ()
    turn.state.page = 0
    turn.moves()


def _new(turn: Turn, _arg: str) -> None:
    if turn.state.submission is not None and is_final(turn.state.submission.status):
        turn.state.begin_anew(turn.now)
        turn.moves()


FLOW = Flow(
    name="status",
    steps=(Step("status.rest", _rest_pending, _rest_show, {"add_data": _add_data, "new": _new}, back=False),),
    anywhere={"status": tell_status},
    acts={Act.STATUS: _asked_status},
    commands={"status": tell_status},
    reacts={"lender_pushed": _pushed, "timer_fired": _gap_over},
)
