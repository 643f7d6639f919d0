"""Dispute: the owner says that a value of the report is wrong; it stays as the records have it, with the note."""

from flows.application.report.attributes import FIGURES
from flows.application.report.model import Disputed
from flows.engine.flow import Flow, Step
from flows.engine.turn import Turn
from flows.messages import Choice, Heard, Say
from flows.understanding.reading import Act, Reading

LONGEST = 600
OFFERED = 12


def _choose(turn: Turn, _arg: str) -> None:
    """Offer the values that are known, those first that readers look for."""
    latest = turn.state.report.latest
    known = [] if latest is None else [name for name, value in latest.values.items() if value is not None]
    ranked = sorted(known, key=lambda name: FIGURES.index(name) if name in FIGURES else len(FIGURES))[:OFFERED]
    if not ranked:
        turn.tell("myreport.nothing_known")
        turn.still = True
        return
    marked = {each.name for each in turn.state.report.disputed}
    rows = tuple(_button(turn, name, marked=name in marked) for name in ranked)
    turn.notice(Say(title=turn.t("myreport.wrong"), text=turn.t("myreport.which"), rows=rows))
    turn.still = True


def _button(turn: Turn, name: str, *, marked: bool) -> tuple[Choice, ...]:
    title = turn.t(f"report.name.{name}")
    label = turn.t("myreport.withdraw", name=title) if marked else title
    return (Choice(label=label[:64], action="report_right" if marked else "report_wrong", arg=name),)


def _doubt(turn: Turn, name: str) -> None:
    if turn.state.report.latest is not None and name in turn.state.report.latest.values:
        turn.goes_to("dispute.note", name)


def _withdraw(turn: Turn, name: str) -> None:
    left = tuple(each for each in turn.state.report.disputed if each.name != name)
    turn.state.report = turn.state.report.model_copy(update={"disputed": left})
    turn.note("report", f"{name} no longer disputed")
    turn.tell("myreport.withdrawn")
    turn.still = True


def _never(_turn: Turn) -> str | None:
    return None


def _show(turn: Turn, name: str) -> None:
    if not turn.library.texts.has(turn.state.lang, f"report.name.{name}"):
        turn.moves()
        return
    turn.card(
        "dispute.note",
        title=turn.t(f"report.name.{name}"),
        text=turn.t("myreport.note_text"),
        note=turn.t("myreport.note_stays"),
        rows=((turn.button("myreport.no", "dispute_leave"),),),
        private=True,
    )


def _hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    """What the owner writes is kept word for word; a question is answered first."""
    words = heard.text.strip()
    if turn.state.at is None or reading.did(Act.QUESTION) or len(words) < 2:
        return False
    name = turn.state.at.partition(":")[2]
    others = tuple(each for each in turn.state.report.disputed if each.name != name)
    new = Disputed(name=name, note=words[:LONGEST], on=turn.today)
    turn.state.report = turn.state.report.model_copy(update={"disputed": (*others, new)})
    turn.note("report", f"{name} disputed by the owner")
    turn.echo.append(turn.t("myreport.noted"))
    turn.moves()
    return True


def _leave(turn: Turn, _arg: str) -> None:
    turn.moves()


FLOW = Flow(
    name="dispute",
    steps=(Step("dispute.note", _never, _show, {"dispute_leave": _leave}, hear=_hear, back=False, own=True),),
    anywhere={"report_doubt": _choose, "report_wrong": _doubt, "report_right": _withdraw},
)
