"""One eligibility rule of a product sheet: three-valued, and checked when it is read.

pass, fail or unknown: a value that is missing or of the wrong type is unknown, never a pass, never a
fail. A rule that could let a misspelt value through is refused at load.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from operator import ge, gt, le, lt
from types import MappingProxyType
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from flows.application import codes
from flows.application.declared import DeclaredWrongly
from flows.application.facts import FACTS, Fact, FactKind, Facts, FactSpec, known, read
from flows.application.shapes import Shape
from flows.texts import LANGUAGES

Sentence = Annotated[str, Field(min_length=1, max_length=400)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")]
Raw: TypeAlias = str | tuple[str, ...]


def _every_language(words: Mapping[str, str]) -> Mapping[str, str]:
    if set(words) != set(LANGUAGES):
        raise DeclaredWrongly(
            f"has {', '.join(sorted(words)) or 'no language'} instead of {', '.join(LANGUAGES)}",
            fix="Write one text for each language",
        )
    return words


def _denial_code(code: str) -> str:
    if code not in codes.CFPB_DENIAL_REASONS or code == "999":
        raise DeclaredWrongly(f"{code!r} is not a denial reason", fix="Use a CFPB denial code: 1 to 9 or 977")
    return code


Words = Annotated[Mapping[str, Sentence], AfterValidator(_every_language)]
Reason = Annotated[str, AfterValidator(_denial_code)]


class Verdict(StrEnum):
    """What a rule says of an application."""

    PASS = "pass"  # noqa: S105 - a verdict, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Op(StrEnum):
    """How a fact is compared. `between` includes both ends."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"
    IS = "=="
    IS_NOT = "!="
    IN = "in"
    NOT_IN = "not_in"
    BETWEEN = "between"


class OnFail(StrEnum):
    """What a failed rule leads to."""

    DECLINE = "decline"
    REFER = "refer"


class OnMissing(StrEnum):
    """What an unknown fact leads to."""

    ASK = "ask"
    IGNORE = "ignore"
    REFER = "refer"


Known: TypeAlias = Decimal | str | date | bool
_ORDER: Mapping[Op, Callable[[Decimal, Decimal], bool]] = MappingProxyType(
    {Op.AT_LEAST: ge, Op.AT_MOST: le, Op.ABOVE: gt, Op.BELOW: lt}
)
_LISTS = frozenset({Op.IN, Op.NOT_IN, Op.BETWEEN})
_NEGATIVE = frozenset({Op.IS_NOT, Op.NOT_IN})


class Rule(Shape):
    """`field op value`, with the words for an owner who fails it and the way to mend it.

    `value` is written as text and read by the field's type. `reason` is a CFPB denial code.
    """

    code: Code
    field: str
    op: Op
    value: Raw
    say: Words
    fix: Words
    on_fail: OnFail
    on_missing: OnMissing
    reason: Reason

    _condition: "_Condition" = PrivateAttr()

    @model_validator(mode="after")
    def _read_value(self) -> "Rule":
        spec = fact_named(self.field)
        raw = self.value if isinstance(self.value, tuple) else (self.value,)
        if (self.op in _LISTS) != isinstance(self.value, tuple) or not raw:
            raise DeclaredWrongly(
                f"`{self.op}` does not take {self.value!r}",
                path=("value",),
                fix="Give a list to in, not_in and between, and one value to the others",
            )
        self._check_operator(spec)
        wanted = tuple(_typed(spec, each) for each in raw)
        if self.op is Op.BETWEEN and (len(wanted) != 2 or _place(wanted[0]) > _place(wanted[1])):
            raise DeclaredWrongly("`between` needs a low and a high end", path=("value",), fix="Write [low, high]")
        self._condition = _Condition(spec, _test(self.op, wanted))
        return self

    def _check_operator(self, spec: FactSpec) -> None:
        orders = self.op in _ORDER or self.op is Op.BETWEEN
        if orders and spec.kind not in {FactKind.NUMBER, FactKind.DATE}:
            raise DeclaredWrongly(f"`{self.op}` cannot order `{self.field}`", path=("op",), fix="Use ==, != or in")
        if self.op in _NEGATIVE and spec.kind is FactKind.TEXT and not spec.options:
            raise DeclaredWrongly(
                f"`{self.op}` on the free text `{self.field}` would let a misspelt value through",
                path=("op",),
                fix="List the values that are allowed, with `in`",
            )

    @property
    def wanted(self) -> str:
        """The condition as it is written, for example `>= 12`."""
        value = self.value if isinstance(self.value, str) else f"[{', '.join(self.value)}]"
        return f"{self.op} {value}"

    def known(self, facts: Facts) -> Fact:
        """The fact this rule tests, or None when it is unknown."""
        return known(self._condition.spec, facts.get(self.field))

    def verdict(self, facts: Facts) -> Verdict:
        """Pass, fail or unknown."""
        condition = self._condition
        value = known(condition.spec, facts.get(self.field))
        if value is None:
            return Verdict.UNKNOWN
        return Verdict.PASS if condition.holds(value) else Verdict.FAIL


@dataclass(frozen=True, slots=True)
class _Condition:
    """A rule made ready: how a known value is tested."""

    spec: FactSpec
    holds: Callable[[Known], bool]


def _test(op: Op, wanted: tuple[Known, ...]) -> Callable[[Known], bool]:
    if op in {Op.IN, Op.IS}:
        return lambda value: value in wanted
    if op in _NEGATIVE:
        return lambda value: value not in wanted
    if op is Op.BETWEEN:
        low, high = (_place(each) for each in wanted)
        return lambda value: low <= _place(value) <= high
    compare, edge = _ORDER[op], _place(wanted[0])
    return lambda value: compare(_place(value), edge)


def fact_named(name: str) -> FactSpec:
    """The fact of that name; DeclaredWrongly when there is none."""
    spec = FACTS.get(name)
    if spec is None:
        near = get_close_matches(name, FACTS, n=1)
        raise DeclaredWrongly(
            f"`{name}` is not a fact that can be tested",
            path=("field",),
            fix=f"Did you mean `{near[0]}`?" if near else "Use the name of a single-valued field or of a feature",
        )
    return spec


def _typed(spec: FactSpec, raw: str) -> Known:
    value = read(spec, raw)
    if value is None:
        allowed = f"one of {', '.join(spec.options)}" if spec.options else f"a {spec.kind} in its range"
        raise DeclaredWrongly(f"{raw!r} is not {allowed}", path=("value",), fix=f"Write {allowed} for `{spec.name}`")
    return value


def _place(value: Known) -> Decimal:
    """Where a number or a date stands in its order; other kinds are kept out when a rule is read."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, date):
        return Decimal(value.toordinal())
    raise TypeError(value)
