"""The self-proof loop: what a decision lacks, what is accepted for it, and what changed since the owner sent more."""

from dataclasses import dataclass

from flows.application.display import show_value
from flows.application.facts import FACTS
from flows.application.fields import FIELDS
from flows.application.lifecycle import Status
from flows.application.values import Application
from flows.conversation import Proof, Submission
from flows.engine.assessing import UNDER_WAY
from flows.engine.standing import name_of
from flows.engine.turn import Turn
from flows.engine.worked_out import feature_value
from flows.messages import Fact

MOST = 10
# Files that hold what a source would say: an owner who cannot link it sends them instead.
BY_FILE = {"bank": ("bank_statement",), "einvoice": ("invoice_issued",), "pos_square": ("payment_app_statement",)}


@dataclass(frozen=True, slots=True)
class Change:
    """What is known of `name` now and was known before; an empty text is unknown."""

    name: str
    before: str
    now: str


def wanting(turn: Turn) -> Submission | None:
    """The submission that needs more to be decided, while the application stands as it was signed."""
    if turn.state.application.signed_at is None:
        return None
    return next(
        (each for each in turn.state.submissions if each.status is Status.ACTION_REQUIRED and each.missing), None
    )


def is_closed(turn: Turn) -> bool:
    """Whether nothing more can be used: the application is signed, and nobody asks for more."""
    return turn.state.application.signed_at is not None and wanting(turn) is None


def accepted_facts(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    """What is accepted as proof: the papers of the lender's own sheet, and files that say what is missing."""
    sheet = next((each for each in turn.library.products if each.key == submission.product), None)
    kinds = list(sheet.documents) if sheet is not None else []
    for name in submission.missing:
        kinds.extend(BY_FILE.get(FACTS[name].source, ()) if name in FACTS else ())
    if not kinds:
        return ()
    names = turn.t("value.comma").join(dict.fromkeys(name_of(turn, kind) for kind in kinds))
    return (Fact(label=turn.t("proof.accepted"), value=names, note=turn.t("proof.how")),)


def reopen(turn: Turn) -> None:
    """Open a signed application for proof that the owner sends; what was known is remembered, to show what changes."""
    submission = wanting(turn)
    if submission is None:
        return
    state = turn.state
    state.proof = Proof(asked=submission.missing, before=_known(turn, state.application))
    state.application = state.application.model_copy(update={"signed_at": None})  # what was left open stays open
    state.pages_seen, state.page = (), 0


def changes(turn: Turn) -> tuple[Change, ...]:
    """What is known otherwise than before, what was asked for first; also what was asked for and is still unknown."""
    proof = turn.state.proof
    if proof is None:
        return ()
    known = _known(turn, turn.state.application)
    changed = [name for name in (*proof.before, *known) if proof.before.get(name, "") != known.get(name, "")]
    names = dict.fromkeys((*proof.asked, *changed))
    return tuple(Change(name, proof.before.get(name, ""), known.get(name, "")) for name in names)


def is_settled(turn: Turn) -> bool:
    """Whether everything the owner sent is read, fetched and computed."""
    state = turn.state
    return (
        not any(each.state in UNDER_WAY for each in state.pulls.values()) and state.assessed_number == state.assessment
    )


def change_facts(turn: Turn) -> tuple[Fact, ...]:
    """The changes as lines: what is known now, and what was before."""
    unknown = turn.t("review.unknown")
    return tuple(
        Fact(
            label=name_of(turn, each.name),
            value=each.now or turn.t("proof.still_unknown"),
            note=turn.t("proof.before", before=each.before or unknown) if each.now else "",
        )
        for each in changes(turn)[:MOST]
    )


def _known(turn: Turn, application: Application) -> dict[str, str]:
    """Everything that is known, as it is shown: figures with the months they cover, and answers."""
    texts, lang = turn.library.texts, turn.state.lang
    known: dict[str, str] = {}
    for name, value in application.values.items():
        spec, candidate = FIELDS[name], value.candidate
        if candidate is not None and spec.applicant_facing:
            known[name] = show_value(texts, lang, spec, candidate.value, masked=spec.sensitive)
    for feature in application.features:
        if feature.value is not None:
            shown = feature_value(turn, feature)
            known[feature.name] = turn.t("proof.over", value=shown, window=feature.window) if feature.window else shown
    return known
