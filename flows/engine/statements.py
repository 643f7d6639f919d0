"""Papers that an owner may keep: the key facts of an offer before it is accepted, and notices in writing.

The key facts follow what most rules ask for: California SB 1235 (10 CCR 910 and following), the UK's and EU's
pre-contract information, India's key facts statement. The lender's agreement is what counts in the end.
"""

from flows.conversation import Submission
from flows.engine.offered import repaid, schedule
from flows.engine.offering import in_its_currency, offer_facts, sheet_of
from flows.engine.pulling import lender_name
from flows.engine.standing import TIME
from flows.engine.turn import Turn
from flows.messages import Fact, Paper, Say, Table
from flows.ports import Offer


def key_facts(turn: Turn, submission: Submission, offer: Offer, number: str) -> Say:
    """The key facts of an offer as a paper, with its schedule. `number` tells its file from those of other offers."""
    lender, sheet = lender_name(turn, submission.lender), sheet_of(turn, offer)
    title = turn.t("statement.title")
    facts = (
        *_parties(turn, submission),
        *offer_facts(turn, offer),
        Fact(label=turn.t("statement.repaid"), value=in_its_currency(turn, offer, repaid(offer))),
    )
    if sheet is not None:
        methods = turn.t("value.comma").join(turn.t(f"code.repayment_method.{each}") for each in sheet.repayment[:1])
        facts = (*facts, Fact(label=turn.t("statement.method"), value=methods))
    disclosures = () if sheet is None else tuple(words[turn.state.lang] for words in sheet.disclosures)
    paper = Paper(
        name=f"key-facts-{submission.application_id}-{number}"[:60],
        lang=turn.state.lang,
        title=title,
        text=turn.t("statement.text", lender=lender),
        facts=facts,
        tables=_schedule(turn, offer, sheet.repayment[0] if sheet is not None else ""),
        notes=(*disclosures, turn.t("statement.rights", lender=lender)),
    )
    return Say(text=turn.t("statement.caption"), enclosed=paper)


def in_writing(turn: Turn, submission: Submission, notice: Say, name: str) -> Say:
    """A notice with the same notice as a paper."""
    paper = Paper(
        name=f"{name}-{submission.application_id}"[:60],
        lang=turn.state.lang,
        title=notice.title,
        text=notice.text,
        facts=notice.facts,
        notes=(notice.note,),
    )
    return notice.model_copy(update={"enclosed": paper})


def _parties(turn: Turn, submission: Submission) -> tuple[Fact, ...]:
    business = turn.state.application.text("business_legal_name") or turn.state.owner_name
    return (
        Fact(label=turn.t("notices.lender"), value=lender_name(turn, submission.lender)),
        Fact(label=turn.t("notices.applicant"), value=business),
        Fact(label=turn.t("notices.application"), value=submission.application_id),
        Fact(label=turn.t("notices.date"), value=turn.now.strftime(TIME)),
    )


def _schedule(turn: Turn, offer: Offer, method: str) -> tuple[Table, ...]:
    rows = schedule(offer, method)
    if not rows:
        return ()
    head = ("month", "payment", "interest", "principal", "balance")
    return (
        Table(
            name=turn.t("statement.schedule"),
            head=tuple(turn.t(f"statement.column.{each}") for each in head),
            rows=tuple(
                (str(row.month), *(in_its_currency(turn, offer, amount) for amount in
                                   (row.amount, row.interest, row.principal, row.balance)))
                for row in rows
            ),
        ),
    )  # fmt: skip
