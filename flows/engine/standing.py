"""Where an application stands at its lenders: in words, and which of them needs the owner most."""

from flows.application.display import show_money
from flows.application.lifecycle import Side, Status, whose_turn
from flows.conversation import Submission
from flows.engine.offering import steps_back_until
from flows.engine.pulling import lender_name
from flows.engine.turn import Turn
from flows.messages import Fact, Say

# What an owner should look at first, when several lenders have the application.
_URGENCY = (
    Status.OFFER_ACCEPTED,
    Status.OFFERED,
    Status.ACTION_REQUIRED,
    Status.DRAFT,
    Status.SUBMITTED,
    Status.UNDER_REVIEW,
    Status.DISBURSED,
)
TIME = "%Y-%m-%d %H:%M UTC"


def attend(turn: Turn, news: Submission) -> None:
    """Show the news of a lender: as the card when it needs the owner most, else as a message beside it."""
    state = turn.state
    if state.beside:
        state.put_first(min((news, *(each for each in state.submissions if each is not news)), key=_urgency))
    if state.submission is news:
        state.at = state.proposal = None  # whatever side step was open, the news comes first
        turn.again = True
    else:
        turn.notice(summary(turn, news))


def _urgency(submission: Submission) -> int:
    return _URGENCY.index(submission.status) if submission.status in _URGENCY else len(_URGENCY)


def summary(turn: Turn, submission: Submission) -> Say:
    """One lender's status as a message."""
    lender = lender_name(turn, submission.lender)
    return Say(
        title=turn.t(f"status.{stage(submission)}.title"),
        text=turn.t(f"status.{stage(submission)}.text", lender=lender),
        facts=standing_facts(turn, submission),
        note=turn.t("status.reference", application=submission.application_id),
    )


def stage(submission: Submission) -> str:
    """The status in the words of our texts: submitted only when the lender has confirmed that it has it."""
    return "on_its_way" if not submission.taken and submission.status is Status.SUBMITTED else submission.status.value


def standing_facts(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    """Whose turn, since when, expected by when; what is to be done, what is missing, and why it was refused."""
    facts: list[Fact] = []
    side = whose_turn(submission.status)
    if side is not Side.NOBODY:
        lender, by = lender_name(turn, submission.lender), submission.expected_by
        whose = "ours" if stage(submission) == "on_its_way" else side.value
        facts.append(Fact(label=turn.t("status.turn"), value=turn.t(f"status.side.{whose}", lender=lender)))
        facts.append(Fact(label=turn.t("status.since"), value=submission.since.strftime(TIME)))
        expected = turn.t("status.not_told") if by is None else by.strftime(TIME)
        facts.append(Fact(label=turn.t("status.expected_by"), value=expected))
    if submission.status is Status.OFFERED and not any(each.valid_until > turn.now for each in submission.offers):
        facts.append(Fact(label=turn.t("offers.doubt"), value=turn.t("status.no_figures")))
    if submission.milestone is not None and submission.milestone_at is not None:
        what, when = turn.t(f"milestone.{submission.milestone.value}"), submission.milestone_at.strftime(TIME)
        facts.append(Fact(label=turn.t("status.latest"), value=what, note=when))
    until = steps_back_until(turn, submission)
    if until is not None:
        value = turn.t("status.cooling_off", until=until.strftime(TIME))
        facts.append(Fact(label=turn.t("offers.cooling_off"), value=value))
    if submission.accepted is not None:
        offer = next((each for each in submission.offers if each.offer_id == submission.accepted), None)
        if offer is not None:
            amount = show_money(turn.library.texts, turn.state.lang, offer.principal)
            facts.append(Fact(label=turn.t("offers.amount"), value=amount))
    for action in submission.actions:
        what = action.party or name_of(turn, action.document or action.field or action.type)
        due = action.due_at.strftime(TIME) if action.due_at is not None else ""
        facts.append(Fact(label=turn.t("status.action"), value=f"{what} {action.reason}".strip(), note=due))
    facts.extend(Fact(label=turn.t("status.missing"), value=name_of(turn, name)) for name in submission.missing[:6])
    facts.extend(reason_facts(turn, submission))
    return tuple(facts)


def reason_facts(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    """The lender's reasons in plain words, and its own finer code in words beside each."""
    facts: list[Fact] = []
    for reason in submission.reasons:
        key = f"reason.{reason.code}"
        known = turn.library.texts.has(turn.state.lang, key)
        value = turn.t(key) if known else turn.t("reason.unknown", code=reason.code)
        facts.append(Fact(label=turn.t("status.reason"), value=value, note=_detail(turn, reason.detail)))
    return tuple(facts)


def help_facts(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    """What could dispute each reason, and when another try makes sense: by the code, never a promise."""
    codes = dict.fromkeys(reason.code for reason in submission.reasons)
    keys = (f"refusal.{code}" for code in codes)
    known = (key for key in keys if turn.library.texts.has(turn.state.lang, key))
    return tuple(Fact(label=turn.t("refusal.help"), value=turn.t(key)) for key in known)


def name_of(turn: Turn, name: str) -> str:
    """The name of something a lender asks for in the owner's language; its own word when we have none."""
    for key in (f"feature.{name}", f"field.{name}.label", f"document.{name}", f"paper.kind.{name}"):
        if turn.library.texts.has(turn.state.lang, key):
            return turn.t(key)
    return name


def _detail(turn: Turn, detail: str) -> str:
    """The lender's finer code in words; its own word when we have none."""
    name = detail.removesuffix("_unknown")
    key = f"detail.{name}"
    if not turn.library.texts.has(turn.state.lang, key):
        return detail
    return turn.t(key) if name == detail else turn.t("detail.unknown", what=turn.t(key))
