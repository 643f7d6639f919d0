"""What heads a table: columns.toml says what columns are called, and here which of them each kind of table needs."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from integrations.documents.table import Row, heading

FILE = Path(__file__).with_name("columns.toml")


def statement(row: Row) -> dict[str, int] | None:
    """The roles of a row that heads a bank statement: a day, and an amount or money in and out."""
    roles = _roles(row, "statement")
    has_amount = "amount" in roles or {"money_in", "money_out"} <= roles.keys()
    return roles if "day" in roles and has_amount else None


def invoices(row: Row) -> dict[str, int] | None:
    """The roles of a row that heads a list of invoices: number, day, amount, and at least one party."""
    roles = _roles(row, "invoices")
    numbered, valued = {"number", "digital"} & roles.keys(), {"net", "gross"} & roles.keys()
    return roles if numbered and valued and "day" in roles and {"seller", "buyer"} & roles.keys() else None


def wallet_person(row: Row) -> dict[str, int] | None:
    """The roles of a row that heads a person's wallet export."""
    roles = _roles(row, "wallet_person")
    return roles if {"at", "direction", "amount", "state", "id"} <= roles.keys() else None


def wallet_merchant(row: Row) -> dict[str, int] | None:
    """The roles of a row that heads a merchant's trade bill."""
    roles = _roles(row, "wallet_merchant")
    return roles if {"at", "amount", "state", "id", "refund"} <= roles.keys() else None


def _roles(row: Row, kind: str) -> dict[str, int]:
    """Roles of a header row; of two columns with one role the first counts."""
    return roles(row, named()[kind])


def roles(row: Row, names: Mapping[str, str]) -> dict[str, int]:
    """The place of each role in a row, by the names that headings have when written plainly."""
    found = dict[str, int]()
    for place, cell in enumerate(row):
        role = names.get(heading(cell))
        if role is not None:
            found.setdefault(role, place)
    return found


@cache
def named(file: Path = FILE) -> Mapping[str, Mapping[str, str]]:
    """Roles by heading, of each kind of table that a file declares."""
    declared: dict[str, dict[str, list[str]]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        kind: {heading(name): role for role, names in reversed(roles.items()) for name in names}
        for kind, roles in declared.items()
    }
