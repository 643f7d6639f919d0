"""My report: the owner's credit report at any moment, what would make it stronger, and who may open it."""

from datetime import timedelta
from decimal import Decimal

from flows.application.report.laying import lay_out
from flows.application.report.model import Report
from flows.application.report.view import View
from flows.application.report.writing import Writer
from flows.conversation import Opening, PullState, Share
from flows.effects import MakeReport
from flows.engine.flow import Flow, Step
from flows.engine.pulling import source_title
from flows.engine.turn import Turn
from flows.events import Event, ReportMade, ReportOpened
from flows.messages import Chart, ChartRow, Choice, CreditReport, Fact, Heard, Say, Tone
from flows.understanding.reading import Act, Reading

REPORT_PAGE = "lendline:report/"
LASTS = timedelta(days=7)
MOST_SHARES = 20
UNDER_WAY = frozenset({PullState.WAITING, PullState.RUNNING})
NAME = "credit-report"
LONGEST_NAME = 80


# The report


def _ask(turn: Turn, _arg: str) -> None:
    _make(turn, "card")


def _paper(turn: Turn, _arg: str) -> None:
    _make(turn, "paper")


def _more(turn: Turn, _arg: str) -> None:
    _make(turn, "gaps")


def _make(turn: Turn, wants: str) -> None:
    """Have the report made; nothing else is said until it is there, in less than a second."""
    asked = turn.state.report.asked + 1
    turn.state.report = turn.state.report.model_copy(update={"asked": asked})
    turn.do(MakeReport(number=asked, wants=wants))
    turn.still = True


def _made(turn: Turn, event: Event) -> None:
    if not isinstance(event, ReportMade) or event.number != turn.state.report.asked:
        return
    turn.still = True
    if not event.report.sources:
        _nothing_yet(turn)
    elif event.wants == "paper":
        view = _view(turn, event.report)
        enclosed = CreditReport(name=NAME, lang=turn.state.lang, data=view.model_dump_json())
        turn.notice(Say(title=turn.t("myreport.title"), text=turn.t("myreport.paper"), enclosed=enclosed, private=True))
    elif event.wants == "gaps":
        _show_gaps(turn, event.report)
    else:
        _show_report(turn, event.report)
    new, known = event.report.summary, turn.state.report.latest
    if event.report.sources and (known is None or known.values != new.values):
        update = {"latest": new, "earlier": known}
        turn.state.report = turn.state.report.model_copy(update=update)


def _nothing_yet(turn: Turn) -> None:
    rows = [(turn.button("myreport.alone", "report_alone", tone=Tone.PRIMARY),)] if not turn.state.report.alone else []
    turn.notice(Say(title=turn.t("myreport.title"), text=turn.t("myreport.nothing"), rows=tuple(rows)))
    turn.again = turn.state.report.alone


def _show_report(turn: Turn, report: Report) -> None:
    view, state = _view(turn, report), turn.state.report
    facts = [Fact(label=each.label, value=each.value, note=each.note) for each in view.figures]
    if state.disputed:
        facts.append(Fact(label=turn.t("myreport.disputed"), value=str(len(state.disputed))))
    own = turn.library.has_consent_page(turn.state.channel)
    page = (Choice(label=turn.t("myreport.page"), kind="url", url=REPORT_PAGE),) if own else ()
    names = "report_hide" if state.names else "report_show"
    rows = (
        page,
        (turn.button("myreport.pdf", "report_pdf"), turn.button("myreport.more", "report_more")),
        (turn.button("myreport.share", "report_share"), turn.button("myreport.wrong", "report_doubt")),
        (turn.button(f"myreport.{names}", names),),
        (turn.button("myreport.links", "report_links"),) if state.shares else (),
    )
    changed = turn.t("myreport.changed", count=len(report.changes), day=report.compared_with) if report.changes else ""
    turn.notice(
        Say(
            title=turn.t("myreport.title"),
            text=turn.t("myreport.text", name=report.business.name, records=f"{report.records:,}", day=report.as_of),
            facts=tuple(facts),
            note="\n".join(each for each in (changed, turn.t("myreport.note")) if each),
            rows=tuple(row for row in rows if row),
            enclosed=_chart(turn, report),
            private=True,
        )
    )


def _view(turn: Turn, report: Report) -> View:
    return lay_out(report, turn.library.texts, turn.state.lang, _titles(turn))


def _titles(turn: Turn) -> dict[str, str]:
    return {name: source_title(turn, name) for name in turn.library.sources}


def _chart(turn: Turn, report: Report) -> Chart | None:
    """Sales and money in by month, on one scale; a month that no record reaches is left flat."""
    writer = Writer(turn.library.texts, turn.state.lang, report, {})
    rows: list[ChartRow] = []
    for name in ("sales", "inflow", "orders"):
        amounts = [getattr(each, name) for each in report.months]
        known = [each for each in amounts if each is not None]
        if known and len(rows) < 2:
            summed = sum(known, Decimal(0))
            rows.append(
                ChartRow(
                    label=writer.t(f"months.{name}"),
                    values=tuple(max(each or Decimal(0), Decimal(0)) for each in amounts),
                    shown=writer.months(report.window),
                    total=max(summed, Decimal(0)),
                    total_shown=writer.money(summed),
                )
            )
    if not rows:
        return None
    return Chart(
        name="months",
        lang=turn.state.lang,
        title=report.business.name[:120] or turn.t("myreport.title"),
        across=turn.t("myreport.across"),
        total=turn.t("myreport.total"),
        rows=tuple(rows),
        note=turn.t("myreport.note"),
        words="; ".join(f"{row.label}: {row.total_shown}" for row in rows),
    )


def _show_gaps(turn: Turn, report: Report) -> None:
    """What would make the report stronger: which source would add what."""
    writer = Writer(turn.library.texts, turn.state.lang, report, {})
    facts = tuple(
        Fact(
            label=writer.t(f"kind.{each.kind}"),
            value=writer.listed(tuple(writer.t(f"name.{name}") for name in each.attributes)),
            note=writer.t("missing.more" if each.linked else "missing.link"),
        )
        for each in report.gaps
    )
    text = turn.t("myreport.stronger" if facts else "myreport.strongest")
    rows = ((turn.button("myreport.link", "report_link", tone=Tone.PRIMARY),),) if facts else ()
    turn.notice(Say(title=turn.t("myreport.more"), text=text, facts=facts, rows=rows))


# Without applying


def _alone(turn: Turn, _arg: str) -> None:
    turn.state.report = turn.state.report.model_copy(update={"alone": True})
    turn.moves()


def _apply(turn: Turn, _arg: str) -> None:
    turn.state.report = turn.state.report.model_copy(update={"alone": False})
    turn.moves()


def _link(turn: Turn, _arg: str) -> None:
    """Offer the sources again that are not linked."""
    turn.state.connected = False
    turn.goes_to("connect.offer")


def _rest_pending(turn: Turn) -> str | None:
    busy = any(each.state in UNDER_WAY for each in turn.state.pulls.values())
    return "" if turn.state.report.alone and turn.state.subject is not None and not busy else None


def _rest_show(turn: Turn, _arg: str) -> None:
    turn.card(
        "report.rest",
        title=turn.t("myreport.title"),
        text=turn.t("myreport.rest"),
        rows=(
            (turn.button("myreport.see", "report", tone=Tone.PRIMARY),),
            (turn.button("myreport.link", "report_link"), turn.button("myreport.apply", "report_apply")),
            (turn.button("button.person", "human"),),
        ),
    )


# Who may open it


def _share(turn: Turn, _arg: str) -> None:
    if not turn.library.has_consent_page(turn.state.channel):
        turn.tell("myreport.no_page")
        turn.still = True
        return
    turn.goes_to("report.share")


def _never(_turn: Turn) -> str | None:
    return None


def _share_show(turn: Turn, _arg: str) -> None:
    state = turn.state.report
    if not state.invited:
        turn.card(
            "report.share",
            title=turn.t("myreport.share"),
            text=turn.t("myreport.who"),
            rows=((turn.button("myreport.no", "report_leave"),),),
        )
        return
    until = (turn.now + LASTS).date()
    turn.card(
        "report.share",
        title=turn.t("myreport.allow_title", who=state.invited),
        text=turn.t("myreport.allow_text"),
        facts=(
            Fact(label=turn.t("myreport.terms.what"), value=turn.t("myreport.terms.all")),
            Fact(
                label=turn.t("myreport.terms.names"),
                value=turn.t("myreport.terms.shown" if state.names else "myreport.terms.hidden"),
            ),
            Fact(label=turn.t("myreport.terms.until"), value=until.isoformat()),
            Fact(label=turn.t("myreport.terms.log"), value=turn.t("myreport.terms.logged")),
        ),
        rows=(
            (turn.button("myreport.agree", "report_agree", tone=Tone.PRIMARY),),
            (turn.button("myreport.no", "report_leave"),),
        ),
    )


def _share_hear(turn: Turn, heard: Heard, reading: Reading) -> bool:
    if turn.state.report.invited or reading.did(Act.QUESTION) or len(heard.text.strip()) < 2:
        return False
    name = heard.text.strip()[:LONGEST_NAME]
    turn.state.report = turn.state.report.model_copy(update={"invited": name})
    turn.goes_to("report.share")
    return True


def _agree(turn: Turn, _arg: str) -> None:
    """Make a link: the tap is the consent, and stands in the log."""
    state = turn.state.report
    if not state.invited:
        return
    share = Share(
        id=f"s{len(state.shares) + 1}-{turn.now:%Y%m%d%H%M%S}",
        recipient=state.invited,
        made_at=turn.now,
        expires_at=turn.now + LASTS,
    )
    shares = (*state.shares, share)[-MOST_SHARES:]
    turn.state.report = state.model_copy(update={"shares": shares, "invited": ""})
    turn.note("consent", f"report {share.id} may be opened until {share.expires_at:%Y-%m-%d}")
    url = f"{REPORT_PAGE}{share.id}"
    turn.notice(
        Say(
            title=turn.t("myreport.made_title", who=share.recipient),
            text=turn.t("myreport.made", day=share.expires_at.date()),
            rows=((Choice(label=turn.t("myreport.open"), kind="url", url=url),), _end_button(turn, share)),
        )
    )
    turn.moves()


def _leave(turn: Turn, _arg: str) -> None:
    turn.state.report = turn.state.report.model_copy(update={"invited": "", "doubted": ""})
    turn.moves()


def _end_button(turn: Turn, share: Share) -> tuple[Choice, ...]:
    label = turn.t("myreport.end", who=share.recipient)[:64]
    return (Choice(label=label, action="report_end", arg=share.id, tone=Tone.DANGER),)


def _links(turn: Turn, _arg: str) -> None:
    """Every link, until when, and who opened it when."""
    shares = turn.state.report.shares
    facts: list[Fact] = []
    for each in shares:
        key = "ended" if each.ended else "lasts" if each.lasts(turn.now) else "over"
        opened = "; ".join(f"{one.at:%Y-%m-%d %H:%M} UTC {one.who}" for one in each.opened)
        facts.append(
            Fact(
                label=each.recipient,
                value=turn.t(f"myreport.share_state.{key}", day=each.expires_at.date()),
                note=turn.t("myreport.opened_by", who=opened) if opened else turn.t("myreport.not_opened"),
            )
        )
    rows = tuple(_end_button(turn, each) for each in shares if each.lasts(turn.now))
    turn.notice(Say(title=turn.t("myreport.links"), text="", facts=tuple(facts), rows=rows, private=True))
    turn.still = True


def _end(turn: Turn, share_id: str) -> None:
    state = turn.state.report
    if not any(each.id == share_id and each.lasts(turn.now) for each in state.shares):
        turn.tell("myreport.already")
        return
    shares = tuple(each.model_copy(update={"ended": True}) if each.id == share_id else each for each in state.shares)
    turn.state.report = state.model_copy(update={"shares": shares})
    turn.note("consent", f"report {share_id} ended by the owner")
    turn.tell("myreport.ended")
    turn.still = True


def _opened(turn: Turn, event: Event) -> None:
    """Write down who opened the report, and tell the owner."""
    if not isinstance(event, ReportOpened):
        return
    state = turn.state.report
    share = next((each for each in state.shares if each.id == event.share_id), None)
    turn.still = True
    if share is None:
        return
    seen = share.model_copy(update={"opened": (*share.opened, Opening(at=turn.now, who=event.who))[-MOST_SHARES:]})
    shares = tuple(seen if each.id == share.id else each for each in state.shares)
    turn.state.report = state.model_copy(update={"shares": shares})
    turn.notice(
        Say(
            text=turn.t("myreport.was_opened", who=event.who, recipient=share.recipient),
            rows=(_end_button(turn, share),),
        )
    )


def _show_names(turn: Turn, _arg: str) -> None:
    _names(turn, shown=True)


def _hide_names(turn: Turn, _arg: str) -> None:
    _names(turn, shown=False)


def _names(turn: Turn, *, shown: bool) -> None:
    turn.state.report = turn.state.report.model_copy(update={"names": shown})
    turn.note("consent", f"report names {'shown' if shown else 'hidden'}")
    turn.tell("myreport.names_shown" if shown else "myreport.names_hidden")
    turn.still = True


FLOW = Flow(
    name="report",
    steps=(
        Step(
            "report.share",
            _never,
            _share_show,
            {"report_agree": _agree, "report_leave": _leave},
            hear=_share_hear,
            back=False,
            own=True,
        ),
        Step("report.rest", _rest_pending, _rest_show, {"report_apply": _apply}, back=False),
    ),
    anywhere={
        "report": _ask,
        "report_pdf": _paper,
        "report_more": _more,
        "report_share": _share,
        "report_links": _links,
        "report_end": _end,
        "report_show": _show_names,
        "report_hide": _hide_names,
        "report_alone": _alone,
        "report_link": _link,
    },
    commands={"report": _ask},
    reacts={"report_made": _made, "report_opened": _opened},
)
