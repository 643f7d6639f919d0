"""Loading product sheets: YAML files that a lender edits, each proven by the cases inside it.

A sheet whose own cases do not hold stops the program with a sentence that names file, line and fix.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from flows.application.declared import DeclaredWrongly, read_declared
from flows.application.facts import FACTS, Fact, read
from flows.application.matching import Finding, Fit, Result, evaluate
from flows.application.sheet import Case, ProductSheet
from flows.errors import WrongDeclaration

__all__ = ["PACKAGED", "Finding", "Fit", "ProductSheet", "Result", "evaluate", "load"]

PACKAGED = Path(__file__).parent.parent / "products"


def load(folder: Path = PACKAGED) -> tuple[ProductSheet, ...]:
    """All product sheets (`*.yaml`) of a folder, in the order of their keys.

    Raises WrongDeclaration for a sheet that cannot be read, contradicts itself, fails one of its own
    cases or repeats a key, and for a folder that holds no sheet.
    """
    sheets: dict[str, ProductSheet] = {}
    for file in sorted(folder.glob("*.yaml")):
        sheet = read_declared(file, ProductSheet, check_cases)
        if sheet.key in sheets:
            raise WrongDeclaration(str(file), f"key `{sheet.key}` is used by another sheet", "Give it its own key")
        sheets[sheet.key] = sheet
    if not sheets:
        raise WrongDeclaration(str(folder), "no product sheet (*.yaml) is there", "Add one or correct the folder")
    return tuple(sheets[key] for key in sorted(sheets))


def check_cases(sheet: ProductSheet) -> None:
    """Run the cases inside a sheet; raises DeclaredWrongly at the first that does not hold."""
    seen: dict[str, dict[str, str | None]] = {}
    for index, case in enumerate(sheet.cases):
        if case.name in seen:
            raise DeclaredWrongly(f"case {case.name!r} is there twice", path=("cases", index), fix="Rename one")
        if case.like is not None and case.like not in seen:
            raise DeclaredWrongly(
                f"no earlier case is called {case.like!r}", path=("cases", index, "like"), fix="Name an earlier case"
            )
        raw = {**seen.get(case.like or "", {}), **case.facts}
        seen[case.name] = raw
        fit = evaluate(sheet, _facts(raw, index), case.as_of, case.band)
        _compare(case, fit, index)


def _facts(raw: Mapping[str, str | None], index: int) -> dict[str, Fact]:
    for name in raw:
        if name not in FACTS:
            raise DeclaredWrongly(
                f"`{name}` is not a known fact", path=("cases", index, "facts", name), fix="Correct its spelling"
            )
    return {name: read(FACTS[name], value) for name, value in raw.items()}


def _compare(case: Case, fit: Fit, index: int) -> None:
    came: dict[str, str | Decimal | tuple[str, ...] | None] = {
        "result": fit.result.value,
        "failed": tuple(finding.code for finding in (*fit.failed, *fit.referred)),
        "ask": fit.ask,
        "limit": fit.limit,
        "bound_by": fit.bound_by,
    }
    for name, wanted in case.expect:
        if wanted is not None and wanted != came[name]:
            raise DeclaredWrongly(
                f"case {case.name!r} expects {name} {wanted} and comes to {came[name]}",
                path=("cases", index, "expect"),
                fix="Correct the rule or the expectation",
            )
