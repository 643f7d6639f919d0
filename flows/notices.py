"""Notices in writing: a refusal with its reasons, and an application that is incomplete, as the owner may keep them.

Contents after US Regulation B, 12 CFR 1002.9(a)(2) and (c)(2), which name the most: what was decided or is missing,
by whom and when, the reasons, the consequence and the time, and the owner's rights. The lender sends its own as well.
"""

from flows.application.display import show_value
from flows.application.fields import FIELDS
from flows.application.lifecycle import Status
from flows.conversation import Submission
from flows.engine.flow import Flow
from flows.engine.pulling import lender_name
from flows.engine.standing import TIME, name_of, reason_facts
from flows.engine.statements import in_writing
from flows.engine.turn import Turn
from flows.messages import Fact, Say


def _written(turn: Turn, reference: str) -> None:
    submission = turn.state.at_lender(reference) or turn.state.submission
    if submission is None:
        return
    if submission.status is Status.REJECTED:
        turn.notice(in_writing(turn, submission, refusal(turn, submission), "notice-refused"))
        turn.note("notice", f"{submission.application_id}: the refusal was given in writing")
    elif submission.status is Status.ACTION_REQUIRED:
        turn.notice(in_writing(turn, submission, incomplete(turn, submission), "notice-incomplete"))
        turn.note("notice", f"{submission.application_id}: what is missing was given in writing")
    else:
        turn.tell("notices.none")
    turn.still = True


def refusal(turn: Turn, submission: Submission) -> Say:
    """The notice of a refusal: only reasons that the lender gave."""
    lender = lender_name(turn, submission.lender)
    reasons = reason_facts(turn, submission)
    return Say(
        title=turn.t("notices.refusal_title"),
        text=turn.t("notices.refusal" if reasons else "notices.refusal_no_reasons", lender=lender),
        facts=(*_head(turn, submission), *reasons),
        note=turn.t("notices.refusal_rights", lender=lender),
        private=True,
    )


def incomplete(turn: Turn, submission: Submission) -> Say:
    """The notice of an incomplete application: what is missing, until when, and what happens otherwise."""
    lender = lender_name(turn, submission.lender)
    named = [(each.document or each.field or each.type, each.due_at) for each in submission.actions]
    named += [(name, None) for name in submission.missing]
    dues = [due for _, due in named if due is not None]
    lines = tuple(
        Fact(label=turn.t("status.missing"), value=name_of(turn, name), note="" if due is None else due.strftime(TIME))
        for name, due in named
    )
    key = "notices.incomplete_until" if dues else "notices.incomplete_open"
    return Say(
        title=turn.t("notices.incomplete_title"),
        text=turn.t(key, lender=lender, until=min(dues).strftime(TIME) if dues else ""),
        facts=(*_head(turn, submission), *lines),
        note=turn.t("notices.incomplete_rights", lender=lender),
        private=True,
    )


def _head(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    application = turn.state.application
    amount = application.chosen("amount_requested")
    spec = FIELDS["amount_requested"]
    asked = "" if amount is None else show_value(turn.library.texts, turn.state.lang, spec, amount.value)
    return (
        Fact(label=turn.t("notices.applicant"), value=application.text("business_legal_name") or turn.state.owner_name),
        Fact(label=turn.t("notices.application"), value=submission.application_id),
        Fact(label=turn.t("notices.asked_for"), value=asked),
        Fact(label=turn.t("notices.lender"), value=lender_name(turn, submission.lender)),
        Fact(label=turn.t("notices.date"), value=submission.since.strftime(TIME)),
    )


FLOW = Flow(name="notices", anywhere={"written": _written})
