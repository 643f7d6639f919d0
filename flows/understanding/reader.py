"""Reads one message offline: takes out ids, dates and contacts, then numbers, then purposes and acts.

Pure and linear in the length of the text; of a very long text only the beginning is read.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from pydantic import JsonValue

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import (
    acts,
    agreement,
    choices,
    contacts,
    corrections,
    counts,
    dates,
    facts,
    faulted,
    fitting,
    identifiers,
    labels,
    names,
    placing,
    purposes,
    quantities,
    ranges,
    renaming,
    routes,
    standing,
    totals,
    vague,
    whole,
)
from flows.understanding.folding import folded
from flows.understanding.quantities import Measure, Quantity
from flows.understanding.reading import Act, Reading, ReadValue, Unclear

LONGEST = 4_000
"""Characters that are read of a message; a value that the cut could have halved is not read."""

_MOST_NUMBERS = 40
"""A message with more numbers is a pasted table, not an answer."""

_TAKEN = "\x01"
_CODE = re.compile(r"(?<![a-z])[a-z]{2,}_[a-z]{2,}|[a-z]{2,}=[a-z0-9\"']|[{}]|</?[a-z]+[ >]|[\"'] ?: ?[\"'{\[]")
"""Nobody writes to a lender like this: a number in it is no answer."""
_CUT = re.compile(r"[。！？!?\n]")
_BORROWING = re.compile(
    r"其实|(?<![a-z])(?:actually|loan|loans|borrow\w*|lend|finance|funding|fund|need|want|apply|money (?:for|to)|"
    r"(?:more|some|extra|the) money(?= for| to)|"
    r"cash|credit|"
    r"purpose|not for|any ?more|it'?s for|is for|instead)(?![a-z])|不是.{1,10}是|是.{1,8}不是|借|贷|资金|申请|用途|"
    r"需要|想要|要|周转|改主意|chang(?:ed|ing) my mind|"
    r"用钱|拿[来去]|不买|改[成为]"
)
_BORN = re.compile(r"(?<![a-z])(?:born|birth|dob|birthday)(?![a-z])|生日|出生|生于")
_FOUNDED = re.compile(
    r"(?<![a-z])(?:incorporated|founded|established|registered|set up|opened|started)(?![a-z])|成立|注册|创办|开业|"
    r"开店"
)
_FORM = "legal_form"
_TRADE = frozenset({"inventory_value", "accounts_payable", "accounts_receivable", "net_profit_last_fy"})
"""Fields that are told of the trade: what is said around their values is no purpose of the loan."""
_PAID_BEFORE = re.compile(r"(?:去年|前年|以前|之前|曾经?|早就)[^,，。;]{0,4}$|(?<![a-z])(?:have|'ve|already|once) $")
_NOT_PURPOSE = re.compile(
    r"(?:不是|不用于|并非|不要|而不是|不|别[写选填]?|(?<![a-z])(?:swap|forget|scrap|ignore|skip|drop|disregard|"
    r"never mind)(?: (?:about|the|my|that))*|(?<![a-z])(?:not|isn'?t|instead of|rather than|"
    r"no longer|"
    r"from)(?: for| to| my| the| a| buying)*)\s?$"
)
_TAKEN_BACK = re.compile(
    r"不|别|改|换成|而是|(?<![a-z])(?:not|no|instead|rather|scrap|forget|\w+n'?t|any ?more|change\w*)(?![a-z])"
)
_NEW_MIND = re.compile(r"(?<![a-z])chang(?:ed|ing) my mind(?![a-z])|改(?:了)?主意|主意[改变]了|变卦")
_LEADING_YES = re.compile(r"^(?:yes|yeah|yep|yup|i do|是的?|有的?|对)[\s,，.。:：!！]+", re.IGNORECASE)
_LAST_BIRTH = 120


def read(text: str, lang: str = "en", asked: str | None = None, *, today: date) -> Reading:
    """What a message says. `asked` is the name of the field the owner was asked for, `lang` en or zh.

    Spans are indexes into `text`. Never raises on any text.
    """
    part = _beginning(text)
    plain = folded(part)
    (taken_values, taken_unclear), masked = _fixed(plain, part, lang, asked, today)
    renamed = renaming.find(part)
    for each in renamed:
        masked = _mask(masked, *each.span)
    alone = counts.find(masked, asked=asked == fitting.STAFF)
    if alone is not None:
        masked = _mask(masked, alone.start, alone.end)
    masked, vague_found = _vague(masked, part, asked)
    measured, found = _measured(masked, lang, asked)
    about = placing.context(masked, part, lang, asked, measured)
    values, unclear = placing.place(about, found)
    if any(value.field == fitting.AMOUNT for value in values):
        vague_found = [each for each in vague_found if vague.names_a_size(each.text)]
    values, unclear = taken_values + values, taken_unclear + vague_found + unclear
    values = _without_vague(values, unclear)
    values += _nobody(alone, values, unclear)
    wanted = tuple((each.start, each.end) for each in measured if each.measure in {Measure.MONEY, Measure.MONTHS})
    if asked == "credit_purpose" or not routes.is_existing(plain):
        told = any(value.field not in _TRADE for value in values) or any(
            each.why in {"range", "vague"} for each in unclear
        )
        borrowing = told or _BORROWING.search(plain) is not None
        values += _purpose(masked, asked, wanted, borrowing=borrowing)
    values += renamed
    at_fault = faulted.find(plain) if not values and not unclear else None
    if at_fault is not None:
        unclear.append(Unclear(field=at_fault[0], text=part[slice(*at_fault[1:])], span=at_fault[1:], why="wrong"))
    corrected = bool(at_fault or found.pairs or found.denied or renamed) or any(
        value.old is not None for value in values
    )
    said = _acts(plain, part, asked, values, [*vague_found, *unclear], corrected=corrected)
    if any(placing.is_asked_of(about, each) for each in measured):
        said = said - {Act.OTHER} | {Act.QUESTION}
    if not renamed:
        values += [_as_asked(each, asked) for each in names.find(part)]
    values += _contrasted(plain, asked)
    declared, doubtful = _declared(asked, said, plain, part)
    values, unclear = values + declared, unclear + doubtful
    percent = asked is not None and asked in FIELDS and FIELDS[asked].kind is Kind.PERCENT
    open_fields = {each.field for each in values} | ({each.field for each in unclear} if not percent else set())
    if asked is not None and asked not in open_fields:
        answer, refused = whole.find(part, plain, asked, said, lang=lang, read=values)
        values, unclear = values + answer, unclear + refused
    if values and said == {Act.OTHER}:
        said = {Act.ANSWER}
    wants = any(value.field in {fitting.AMOUNT, fitting.TERM, "credit_purpose"} for value in values) or any(
        each.why == "relative" for each in unclear
    )
    return Reading(
        text=text,
        lang=lang,
        acts=tuple(act for act in Act if act in said),
        values=tuple(sorted(values, key=lambda value: value.span)),
        route=routes.find(plain, said, wants=wants),
        unclear=tuple(sorted(unclear, key=lambda each: each.span)),
    )


def _measured(masked: str, lang: str, asked: str | None) -> tuple[list[Quantity], corrections.Found]:
    """The quantities of a text, ranges put together, and which of them correct others."""
    code = _CODE.search(masked) is not None
    measured = [] if code else quantities.find(masked, lang, term_asked=asked == fitting.TERM)
    if len(measured) > _MOST_NUMBERS:
        measured = []
    measured = totals.in_full(masked, measured)
    found = corrections.find(masked, measured)
    paired = {each.start for pair in found.pairs for each in (pair.old, pair.new)}
    free = ranges.joined(masked, [each for each in measured if each.start not in paired])
    return sorted([*(each for each in measured if each.start in paired), *free], key=lambda each: each.start), found


def _acts(
    plain: str, part: str, asked: str | None, values: list[ReadValue], unclear: list[Unclear], *, corrected: bool
) -> set[Act]:
    """What the message does, given what was read of it."""
    told = bool(values) or any(each.why != "mentioned" for each in unclear)
    said = acts.find(plain, asked, values=told, corrected=corrected)
    if told and Act.CANCEL in said and _NEW_MIND.search(plain):
        said = said - {Act.CANCEL} | {Act.CORRECT}  # 改主意了，20万
    other = bool(values) and all(each.field != asked for each in values)
    if Act.NO in said and other and asked is not None and not _is_declaration(asked):
        said = said - {Act.NO, Act.ANSWER} | {Act.CORRECT}  # "no no, the term is 9 months"
    if any(each.why == "vague" and each.text == part.strip(" .。!，,") for each in unclear):
        said.discard(Act.QUESTION)
    return said


def _beginning(text: str) -> str:
    """The part that is read, cut at the end of a sentence so that no number or condition is halved."""
    if len(text) <= LONGEST:
        return text
    part = text[:LONGEST]
    cut = max((match.start() for match in _CUT.finditer(part)), default=0)
    return part[:cut]


def _mask(text: str, start: int, end: int, sign: str = _TAKEN) -> str:
    return text[:start] + sign * (end - start) + text[end:]


def _fixed(
    plain: str, part: str, lang: str, asked: str | None, today: date
) -> tuple[tuple[list[ReadValue], list[Unclear]], str]:
    """Addresses, ids, dates and phones, and the text without them."""
    values: list[ReadValue] = []
    unclear: list[Unclear] = []
    masked = plain

    def take(field: str, value: JsonValue, start: int, end: int, why: str = "invalid") -> None:
        nonlocal masked
        masked = _mask(masked, start, end)
        if not field:
            return
        if value is None:
            unclear.append(Unclear(field=field, text=part[start:end], span=(start, end), why=why))
        else:
            values.append(ReadValue(field=field, value=value, span=(start, end)))

    kind = FIELDS[asked].kind if asked is not None and asked in FIELDS else None
    if any(char.isdigit() for char in plain):
        for identifier in identifiers.find(masked, asked):
            anothers = facts.is_anothers(plain, identifier.start)
            take("" if anothers else identifier.field, identifier.value, identifier.start, identifier.end)
    for contact in contacts.find(masked, part, lang, asked):
        anothers = contact.field != asked and facts.is_anothers(plain, contact.start)
        take("" if anothers else contact.field, contact.value, contact.start, contact.end)
    for day in dates.find(masked, today, asked=kind is Kind.DATE):
        field = _date_field(masked, day.start, asked, kind)
        value, why = _plausible(day, field, today)
        take(field, value, day.start, day.end, why)
        if day.ago:
            masked = _mask(masked, day.start, day.end, standing.AGO)
    return (_once(plain, values, unclear), unclear), masked


def _once(plain: str, values: list[ReadValue], unclear: list[Unclear]) -> list[ReadValue]:
    """One value for each field: of an old and a new one the new; two that contradict each other are not taken."""
    kept: dict[str, ReadValue] = {}
    for value in sorted(values, key=lambda each: each.span):
        before = kept.get(value.field)
        if before is None or before.value == value.value:
            kept.setdefault(value.field, value)
            continue
        new = corrections.newer(plain, _Span(*before.span), _Span(*value.span))
        if new is None:
            unclear += [
                Unclear(field=each.field, text=str(each.value), span=each.span, why="ambiguous")
                for each in (before, value)
            ]
        elif new.start == value.span[0]:
            kept[value.field] = value.model_copy(update={"old": before.value})
        else:
            kept[value.field] = before.model_copy(update={"old": value.value})
    refused = {each.field for each in unclear if each.why == "ambiguous"}
    return [value for value in kept.values() if value.field not in refused]


class _Span(NamedTuple):
    start: int
    end: int


def _date_field(text: str, start: int, asked: str | None, kind: Kind | None) -> str:
    if kind is Kind.DATE and asked is not None:
        return asked
    clause = text[max(0, start - 30) : start + 30]
    if _BORN.search(clause):
        return "representative_birth_date"
    return "incorporation_date" if _FOUNDED.search(clause) else ""


def _plausible(day: dates.Day, field: str, today: date) -> tuple[str | None, str]:
    if day.value is None:
        return None, day.why
    too_old = field == "representative_birth_date" and today.year - day.value.year > _LAST_BIRTH
    if field and (day.value > today or too_old):
        return None, "impossible"
    return day.value.isoformat(), ""


def _vague(masked: str, part: str, asked: str | None) -> tuple[str, list[Unclear]]:
    """Vague quantities, refused under the field they would answer, and the text without them."""
    unclear: list[Unclear] = []
    kind = FIELDS[asked].kind if asked is not None and asked in FIELDS else None
    found_labels = None
    for each in vague.find(masked, answering=kind in {Kind.INTEGER, Kind.MONEY}):
        if found_labels is None:
            found_labels = labels.find(masked)
        near = [label.field for label in found_labels if label.end <= each.start and each.start - label.end < 12]
        field: str | None = None
        if each.kind == "money":
            named = near[-1] if near else None
            field = asked if kind is Kind.MONEY else named if named and labels.holds_money(named) else None
            if field is None and asked == fitting.STAFF:
                field = fitting.STAFF
            if field is None and named is None:
                field = fitting.AMOUNT if asked in {None, "credit_purpose", fitting.TERM} else None
            if named == labels.ELSEWHERE:
                field = None
        elif each.kind == "months":
            field = fitting.TERM if not {labels.DURATION, labels.ELSEWHERE} & set(near) else None
        elif each.kind == "people":
            field = fitting.STAFF if asked == fitting.STAFF or fitting.STAFF in near else None
        elif asked is not None and (kind in {Kind.MONEY, Kind.INTEGER, Kind.PERCENT}):
            field = asked
        if corrections.is_too_much(masked, each.end):
            field = None
        masked = _mask(masked, each.start, each.end)
        if field is not None:
            unclear.append(
                Unclear(field=field, text=part[each.start : each.end], span=(each.start, each.end), why="vague")
            )
    return masked, unclear


def _without_vague(values: list[ReadValue], unclear: list[Unclear]) -> list[ReadValue]:
    """A field that is also refused in the same message is not taken, unless it was corrected."""
    refused = {each.field for each in unclear}
    return [value for value in values if value.field not in refused or value.old is not None]


def _nobody(alone: counts.Nobody | None, values: list[ReadValue], unclear: list[Unclear]) -> list[ReadValue]:
    if alone is None or fitting.STAFF in {each.field for each in values} | {each.field for each in unclear}:
        return []
    return [ReadValue(field=fitting.STAFF, value=0, span=(alone.start, alone.end))]


def _purpose(masked: str, asked: str | None, wanted: Sequence[tuple[int, int]], *, borrowing: bool) -> list[ReadValue]:
    """The purposes said, without the ones that were denied; at most three, as the published list allows."""
    found = purposes.find(masked, asked=asked == "credit_purpose", borrowing=borrowing, wanted=wanted)
    if len(found) < 2 and asked != "credit_purpose" and _TAKEN_BACK.search(masked):
        found = _set_against(masked) or found
    denied = [each for each in found if _NOT_PURPOSE.search(masked[: each.start][-24:])]
    denied += [each for each in found if each.code == "refinance" and _PAID_BEFORE.search(masked[: each.start])]
    for first, second in pairwise(found):
        new = corrections.newer(masked, first, second) if first.code != second.code else None
        if new is not None:
            denied.append(first if new is second else second)
    kept = [each for each in found if each not in denied]
    if not kept:
        return []
    codes: list[JsonValue] = list(dict.fromkeys(each.code for each in kept))
    old: list[JsonValue] = list(dict.fromkeys(each.code for each in denied if each.code not in codes))
    if len(codes) > 3:
        return []
    return [ReadValue(field="credit_purpose", value=codes, span=(kept[0].start, kept[-1].end), old=old or None)]


def _set_against(masked: str) -> list[purposes.Purpose]:
    """Two purposes of which one takes the place of the other, whatever was asked: 进货，不是买车."""
    found = purposes.find(masked, asked=True, borrowing=False)
    told = len(found) == 2 and found[0].code != found[1].code
    return found if told and corrections.newer(masked, *found) is not None else []


def _contrasted(plain: str, asked: str | None) -> list[ReadValue]:
    """A legal form that is set against another one whatever was asked: "sole trader, not limited"."""
    found = choices.contrast(plain, _FORM) if asked != _FORM else None
    if found is None:
        return []
    new, old, *span = found
    return [ReadValue(field=_FORM, value=new, old=old, span=(span[0], span[1]))]


def _as_asked(name: ReadValue, asked: str | None) -> ReadValue:
    """A name of the business is for the one of its names that was asked."""
    if asked == "trading_name" and name.field == "business_legal_name":
        return name.model_copy(update={"field": asked})
    return name


def _is_declaration(asked: str | None) -> bool:
    return asked is not None and asked in FIELDS and FIELDS[asked].kind is Kind.DECLARATION


def _declared(asked: str | None, said: set[Act], plain: str, part: str) -> tuple[list[ReadValue], list[Unclear]]:
    """The answer to a declaration, from a plain yes or no; what a yes adds is kept as its note.

    A hedged answer is refused.
    """
    if asked is None or not _is_declaration(asked):
        return [], []
    span = (0, len(part))
    if agreement.is_hedged(plain) and said & {Act.YES, Act.NO}:
        return [], [Unclear(field=asked, text=part, span=span, why="vague")]
    if (Act.YES in said) == (Act.NO in said) or Act.QUESTION in said:
        return [], []
    answer = Act.YES in said
    told = _LEADING_YES.sub("", part.strip())[:600] if answer and len(part.strip()) > 12 else None
    return [ReadValue(field=asked, value={"answer": answer, "note": told}, span=span)], []
