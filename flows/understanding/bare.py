"""The field of a bare number, which names no size and no unit: an answer, or large enough to be an amount."""

import re

from flows.application.shapes import Kind
from flows.understanding import labels
from flows.understanding.beside import FREE_ASKED, asked_kind, beside_amount, is_for_something, is_on_topic
from flows.understanding.fitting import AMOUNT, STAFF, TERM, Context, is_year
from flows.understanding.labels import DURATION, ELSEWHERE
from flows.understanding.quantities import Measure, Quantity

SHARE = "representative_ownership_percent"
ASKS_FOR = re.compile(r"(?:(?<![a-z])(?:over|for|in|across)|分|/) ?$")
LONGEST_TERM = 120
"""Months that a bare number may mean."""
_LARGE = 1000
_HOURS = 24
_AGED = re.compile(
    r"(?<![a-z])(?:i'?m|i am|i'?d be|i'?ll be|(?:he|she|mum|dad|mother|father|wife|husband|son|daughter|"
    r"apprentice)(?:'s| is)|aged?|turn(?:ed|ing))"
    r" (?:now |only |nearly |almost |over |under )?$"
)
_AT = re.compile(r"(?<![a-z])(?:after|at|before|by|until|till|past) $")
"""Before an hour: give me a bell after 6."""
LONE = re.compile(
    r"[\s.。!！,，~]|(?<![a-z])(?:the|of them|at the moment|right now|currently|team of|me plus|in total|full ?time|"
    r"part ?time|"
    r"now|all|please|pls|only|just|it'?s|is|about|around|maybe|say|approximately|"
    r"roughly|thanks|"
    r"we are|we have|(?:not (?:counting|including)|excluding|besides|apart from) (?:me|myself)|there are|i have|i "
    r"employ|we employ|we'?ve got|i'?ve got)(?![a-z])|"
    r"吧|了|个|就|是|大概|约|差不多|左右|的|呢|啊|不算我|除了我|除我|现在|目前|都是|兼职|全职|我们|有|一共|总共"
)


_IN = re.compile(r"(?<![a-z])(?:in|since|year|during) $")
_OVER = re.compile(r",? ?(?:over|for|in|分)? ?")


def bare_field(about: Context, quantity: Quantity, label: str | None) -> str | None:
    """The field of a bare number with the label it stands at; None when it is for no field."""
    if quantity.period == "other" or (is_year(quantity) and _IN.search(about.text[: quantity.start])):
        return None
    if _AGED.search(about.text[: quantity.start]) or (
        (quantity.value or 0) <= _HOURS and _AT.search(about.text[: quantity.start])
    ):
        return None
    asked, kind = about.asked, asked_kind(about)
    if label is not None and _holds_number(label) and not _is_weak(about, quantity):
        return label
    topical = kind is Kind.MONEY and asked != AMOUNT and label == ELSEWHERE and is_on_topic(about, quantity)
    if label in {ELSEWHERE, DURATION} and not topical:
        return None
    large = (quantity.value or 0) >= _LARGE and not is_year(quantity)
    if asked is not None and (kind in {Kind.MONEY, Kind.PERCENT} or labels.holds_integer(asked)):
        if _is_weak(about, quantity):
            return None
        if large and asked == STAFF:
            return AMOUNT if label == AMOUNT else None
        requests = large and (label == AMOUNT or (label is None and asked == TERM and about.correcting))
        return AMOUNT if requests and not labels.holds_money(asked) else asked
    if label == AMOUNT and large:
        return AMOUNT if asked in FREE_ASKED or kind is None or about.correcting else None
    refused = quantity.value is None and quantity.why in {"ambiguous", "range", "impossible"}
    lent = refused if label == AMOUNT else label is None and large and _is_lent(about, quantity)
    if asked in FREE_ASKED and lent:
        return AMOUNT
    value = quantity.value
    short = value is not None and value <= LONGEST_TERM
    return TERM if short and beside_amount(about) and ASKS_FOR.search(about.text[: quantity.start][-8:]) else None


def _is_lent(about: Context, quantity: Quantity) -> bool:
    """Whether a large number that no word names is the loan: corrected, beside a time, or for something to buy."""
    timed = any(each.measure is Measure.MONTHS for each in about.quantities)
    if about.correcting or is_for_something(about, quantity) or (timed and quantity.number.grouped):
        return True
    following = next((each for each in about.quantities if each.start >= quantity.end), None)
    if following is not None and following.measure is Measure.MONTHS:
        return _OVER.fullmatch(about.text, quantity.end, following.start) is not None
    leading = next((each for each in reversed(about.quantities) if each.end <= quantity.start), None)
    if leading is None or leading.measure is not Measure.MONTHS:
        return False
    return re.fullmatch(r" ?[,，、/;] ?", about.text[leading.end : quantity.start]) is not None


def _holds_number(label: str) -> bool:
    """Whether a label names a field by a noun; the verbs of asking need more than a bare number."""
    return label in {STAFF, TERM, SHARE} or (label != AMOUNT and labels.holds_money(label))


def _is_weak(about: Context, quantity: Quantity) -> bool:
    """A small number in words ("one of them", 一) that is an answer only when nothing else is said."""
    written = about.text[quantity.number.start : quantity.number.end]
    if any(char.isdigit() and char.isascii() for char in written) or (quantity.value or 0) > 10:
        return False
    rest = about.text[: quantity.start] + " " + about.text[quantity.end :]
    return LONE.sub("", rest).strip() != ""
