"""What an owner is shown of papers: what each was taken for, what was read, what is unclear, and what is wrong."""

from flows.application.papers.definitions import Depth
from flows.application.papers.values import Confidence, PaperValue
from flows.application.values import OWNER
from flows.engine.looking import Looked, shown_field, shown_value, value_label
from flows.engine.turn import Turn
from flows.messages import Fact

MANY = 3  # papers from which on only what they would fill is shown of each


def card_facts(turn: Turn, papers: tuple[Looked, ...]) -> tuple[Fact, ...]:
    """The lines of a card about some papers, each under its name when there are several."""
    facts: list[Fact] = []
    for each in papers:
        if len(papers) > 1:
            facts.append(Fact(label=turn.t(each.title), value=_how(turn, each)))
        facts.extend(_lines(turn, each, short=len(papers) >= MANY))
    return tuple(facts)


def _how(turn: Turn, looked: Looked) -> str:
    pages = looked.paper.pages
    said = turn.t(f"paper.read_by.{looked.paper.read_by}")
    return said if pages <= 1 else turn.t("paper.pages", how=said, pages=pages)


def _lines(turn: Turn, looked: Looked, *, short: bool) -> list[Fact]:
    facts = [Fact(label=turn.t("paper.not_usable"), value=problem_text(turn, looked, each)) for each in looked.problems]
    if looked.paper.problem:
        facts.append(Fact(label=turn.t("paper.please_check"), value=turn.t(f"paper.problem.{looked.paper.problem}")))
    filling = {each.paper_value for each in looked.fills}
    shown = [each for each in looked.paper.values if not short or each.name in filling]
    facts.extend(_line(turn, looked, each) for each in shown)
    if looked.paper.unclear:
        names = turn.t("value.comma").join(value_label(turn, name) for name in looked.paper.unclear)
        facts.append(Fact(label=turn.t("paper.unclear"), value=names))
    if looked.bears is not None and looked.bears.same and looked.bears.found != looked.bears.wanted:
        facts.append(Fact(label=turn.t("paper.name"), value=_near(turn, looked)))
    if looked.spec.depth is Depth.SEEN:
        facts.append(Fact(label="", value=turn.t("paper.evidence", time=f"{looked.sent.sent_at:%Y-%m-%d %H:%M}")))
    elif not looked.fills and looked.usable:
        facts.append(Fact(label="", value=turn.t("paper.filed")))
    return facts


def _line(turn: Turn, looked: Looked, value: PaperValue) -> Fact:
    """A value, and a word where it needs one: proved, or to be checked. What the owner has put right is said so."""
    fields = [each.field for each in looked.fills if each.paper_value == value.name]
    read, chosen = shown_value(turn, looked, value), turn.state.application.chosen(fields[0]) if fields else None
    if fields and fields[0] in looked.sent.settled and chosen is not None and chosen.source == OWNER:
        label, now = value_label(turn, value.name), shown_field(turn, fields[0], chosen.value)
        return Fact(label=label, value=now, note=turn.t("paper.mark.settled", read=read))
    if value.repaired or value.confidence is Confidence.UNSURE:
        note = turn.t("paper.mark.check")
    else:
        note = turn.t("paper.mark.proved") if value.confidence is Confidence.PROVED else ""
    return Fact(label=value_label(turn, value.name), value=read, note=note)


def _near(turn: Turn, looked: Looked) -> str:
    """Both names and how alike they are, so that the owner sees what was let pass as one."""
    compared = looked.bears
    if compared is None:
        return ""
    return turn.t("paper.name_near", found=compared.found, wanted=compared.wanted, percent=round(compared.alike * 100))


def problem_text(turn: Turn, looked: Looked, code: str) -> str:
    """What keeps a paper from being used, in one sentence that says what would do."""
    said = {each.name: each.value for each in looked.paper.values}
    compared = looked.bears
    return turn.t(
        f"paper.problem.{code}",
        found=compared.found if compared is not None else said.get("name", ""),
        wanted=compared.wanted if compared is not None else "",
        number=said.get("registration_number", ""),
        ours=turn.state.application.text("registration_number") or "",
        day=said.get(looked.spec.until if code == "expired" else looked.spec.dated, ""),
        months=looked.spec.most_months or 0,
    )
