"""Review and sign: every value with its source and date, page by page; conflicts side by side; then one tap.

Only a button signs, and only after every page was shown.
"""

from flows.application import prefill
from flows.application.display import show_value
from flows.application.fields import FIELDS, FieldSpec, Group
from flows.application.values import DOCUMENT, OWNER, SYSTEM, Application, Candidate, origin
from flows.engine.assessing import assess_when_settled
from flows.engine.differing import difference_facts
from flows.engine.flow import Flow, Step
from flows.engine.pulling import lender_name, source_title
from flows.engine.signing import sign
from flows.engine.submitting import complete
from flows.engine.suitability import tell_suited
from flows.engine.turn import Turn
from flows.engine.worked_out import worked_out
from flows.messages import Choice, Fact, Heard, Tone
from flows.understanding.reading import Act, Reading

PAGES = (Group.BUSINESS, Group.PEOPLE, Group.REQUEST, Group.FINANCIAL, Group.DEBT)
ON_PAGE = {Group.DEBT: (Group.DEBT, Group.PAYOUT, Group.ADMIN)}


def _pending(turn: Turn) -> str | None:
    return None if turn.state.subject is None or turn.state.application.signed_at is not None else ""


def _show(turn: Turn, _arg: str) -> None:
    complete(turn)
    assess_when_settled(turn)
    page = min(turn.state.page, len(PAGES) - 1)
    turn.state.page = page
    group = PAGES[page]
    if not turn.state.pages_seen:
        tell_suited(turn)
    if group.value not in turn.state.pages_seen:
        turn.state.pages_seen = (*turn.state.pages_seen, group.value)
    facts = tuple(fact for spec in _specs(group) for fact in _facts(turn, spec))
    if group is Group.FINANCIAL:
        facts = (*facts, *worked_out(turn))
    differences = turn.state.application.differences if group is Group.FINANCIAL else ()
    facts += tuple(fact for each in differences for fact in difference_facts(turn, each))
    explain = tuple((turn.button("explain.open", "explain", each.about),) for each in differences if not each.explained)
    last = page == len(PAGES) - 1
    text = turn.t("review.declaration", lender=_lenders(turn)) if last else turn.t("review.text")
    turn.card(
        "review.page",
        title=turn.t("review.title", page=page + 1, pages=len(PAGES), section=turn.t(f"group.{group.value}")),
        text=text,
        facts=facts or (Fact(label=turn.t("review.nothing"), value=""),),
        rows=(*_conflict_rows(turn, group), *explain, *_page_rows(turn, page, last)),
        private=True,
    )


def _specs(group: Group) -> tuple[FieldSpec, ...]:
    groups = ON_PAGE.get(group, (group,))
    return tuple(spec for spec in FIELDS.values() if spec.group in groups)


def _facts(turn: Turn, spec: FieldSpec) -> tuple[Fact, ...]:
    application = turn.state.application
    label = turn.t(f"field.{spec.name}.label")
    candidate = application.chosen(spec.name)
    if candidate is None:
        if not spec.applicant_facing and spec.name != "contact_phone":
            return ()
        return (Fact(label=label, value=turn.t("review.open"), note=turn.t("review.please_check")),)
    fact = Fact(label=label, value=_value(turn, spec, candidate), note=_provenance(turn, candidate))
    conflict = next((each for each in prefill.conflicts(application) if each.field == spec.name), None)
    if conflict is None:
        return (fact,)
    others = tuple(
        Fact(
            label=turn.t("review.differs", field=label),
            value=_value(turn, spec, other),
            note=_provenance(turn, other),
        )
        for other in conflict.others
    )
    return (fact, *others)


def _value(turn: Turn, spec: FieldSpec, candidate: Candidate) -> str:
    return show_value(turn.library.texts, turn.state.lang, spec, candidate.value, masked=spec.sensitive)


def _provenance(turn: Turn, candidate: Candidate) -> str:
    when = candidate.observed_at.date().isoformat()
    if candidate.source == OWNER:
        return turn.t("review.from_you", date=when)
    if candidate.source == SYSTEM:
        return turn.t("review.from_system")
    known = candidate.source in turn.library.sources or origin(candidate.source) == DOCUMENT
    source = source_title(turn, candidate.source) if known else candidate.source
    return turn.t("review.from_source", source=source, date=when)


def _conflict_rows(turn: Turn, group: Group) -> tuple[tuple[Choice, ...], ...]:
    names = {spec.name for spec in _specs(group)}
    rows: list[tuple[Choice, ...]] = []
    for conflict in prefill.open_conflicts(turn.state.application):
        if conflict.field in names:
            label = turn.t("review.choose", field=turn.t(f"field.{conflict.field}.label"))
            rows.append((Choice(label=label[:64], action="conflict", arg=_short(conflict.field)),))
    return tuple(rows[:3])


def _page_rows(turn: Turn, page: int, last: bool) -> tuple[tuple[Choice, ...], ...]:
    if last:
        onward = turn.button("review.sign", "sign", tone=Tone.PRIMARY)
    else:
        onward = turn.button("review.next", "next", tone=Tone.PRIMARY)
    steer = [turn.button("button.previous", "previous")] if page else [turn.button("button.back", "back")]
    who = (turn.button("choosing.choose", "choose_lenders"),) if last and _several(turn) else ()
    return (onward,), who, (*steer, turn.button("review.change", "change"), turn.button("button.person", "human"))


def _several(turn: Turn) -> bool:
    """Whether there is a choice of lenders in the market."""
    subject = turn.state.subject
    return subject is not None and len({each.lender.id for each in turn.library.products_in(subject.country)}) > 1


def _lenders(turn: Turn) -> str:
    names = tuple(lender_name(turn, sheet.lender.id) for sheet in complete(turn))
    return turn.t("value.comma").join(names) or turn.t("review.no_lender")


def _short(field: str) -> str:
    """A field as a button argument: its number in the table, short enough for any channel."""
    return str(tuple(FIELDS).index(field))


def _field(arg: str) -> str | None:
    names = tuple(FIELDS)
    return names[int(arg)] if arg.isdecimal() and int(arg) < len(names) else None


def _next(turn: Turn, _arg: str) -> None:
    turn.state.page = min(turn.state.page + 1, len(PAGES) - 1)
    turn.again = True
    turn.state.trouble = 0


def _previous(turn: Turn, _arg: str) -> None:
    turn.state.page = max(turn.state.page - 1, 0)
    turn.again = True


# Changing something


def _change(turn: Turn, _arg: str) -> None:
    turn.goes_to("review.change", str(turn.state.page))


def _never(_turn: Turn) -> str | None:
    return None


def _change_show(turn: Turn, arg: str) -> None:
    group = PAGES[int(arg)] if arg.isdecimal() and int(arg) < len(PAGES) else PAGES[0]
    specs = [spec for spec in _specs(group) if _changeable(turn.state.application, spec)]
    buttons = [
        Choice(label=turn.t(f"field.{spec.name}.label")[:64], action="edit", arg=_short(spec.name)) for spec in specs
    ]
    rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
    turn.card(
        "review.change",
        title=turn.t("review.change_title"),
        text=turn.t("review.change_text"),
        rows=(*rows, (turn.button("button.to_review", "to_review"),)),
    )


# Filled by the system; they follow from other answers.
_SYSTEMS_OWN = frozenset(
    {
        "currency",
        "credit_product",
        "repayment_method",
        "repayment_source",
        "time_in_business_years",
        "preferred_language",
        "application_channel",
        "data_consents",
        "accuracy_declaration",
        "application_date",
    }
)
_ALWAYS_CHANGEABLE = frozenset({"contact_phone", "contact_email", "trading_name"})


def _changeable(application: Application, spec: FieldSpec) -> bool:
    if spec.name in _SYSTEMS_OWN:
        return False
    return spec.applicant_facing or spec.name in _ALWAYS_CHANGEABLE or application.has(spec.name)


def _edit(turn: Turn, arg: str) -> None:
    field = _field(arg)
    if field is not None:
        turn.goes_to("fill.field", field)


def _to_review(turn: Turn, _arg: str) -> None:
    turn.moves()


# Two sources, one field


def _conflict(turn: Turn, arg: str) -> None:
    field = _field(arg)
    if field is not None:
        turn.goes_to("review.conflict", field)


def _conflict_show(turn: Turn, field: str) -> None:
    spec, label = FIELDS[field], turn.t(f"field.{field}.label")
    value = turn.state.application.values[field]
    live = [(index, each) for index, each in enumerate(value.candidates) if not each.superseded]
    turn.card(
        "review.conflict",
        title=turn.t("review.conflict_title", field=label),
        text=turn.t("review.conflict_text"),
        facts=tuple(Fact(label=_provenance(turn, each), value=_value(turn, spec, each)) for _, each in live),
        rows=(
            *((Choice(label=_value(turn, spec, each)[:64], action="pick", arg=f"{_short(field)}.{index}"),)
              for index, each in live),
            (turn.button("review.neither", "edit", _short(field)), turn.button("button.to_review", "to_review")),
        ),
    )  # fmt: skip


def _pick(turn: Turn, arg: str) -> None:
    number, _, index = arg.partition(".")
    field = _field(number)
    value = turn.state.application.values.get(field or "")
    if field is None or value is None or not index.isdecimal() or int(index) >= len(value.candidates):
        return
    turn.state.application = prefill.pick(turn.state.application, field, int(index), turn.now)
    turn.note("field", f"{field} chosen by the owner")
    turn.moves()


# Signing


def _sign(turn: Turn, _arg: str) -> None:
    state = turn.state
    unseen = next((place for place, group in enumerate(PAGES) if group.value not in state.pages_seen), None)
    if unseen is not None:
        state.page = unseen
        turn.tell("review.not_all_seen")
        turn.again = True
        return
    sign(turn)


def _hear(turn: Turn, _heard: Heard, reading: Reading) -> bool:
    """Words never sign: say which button does."""
    if reading.did(Act.YES) and not reading.values:
        turn.tell("review.only_button")
    return False


FLOW = Flow(
    name="review",
    steps=(
        Step("review.change", _never, _change_show, {"edit": _edit, "to_review": _to_review}, back=False),
        Step("review.conflict", _never, _conflict_show, {"pick": _pick, "edit": _edit, "to_review": _to_review}),
        Step(
            "review.page",
            _pending,
            _show,
            {"next": _next, "previous": _previous, "change": _change, "conflict": _conflict, "sign": _sign},
            hear=_hear,
            back=False,
        ),
    ),
)
