"""The value of `--columns`: which heading plays which role, what is the same in every row, and what its words mean."""

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from integrations.documents.table import heading
from integrations.reports.reading.facts import MapUnclear

# What a role is called on the command line: the first name is the one we write ourselves.
ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day": ("date", "day", "invoice_date"),
        "party": ("counterparty", "party", "name", "contact"),
        "party_number": ("counterparty_id", "party_number", "tax_id"),
        "net": ("net", "net_amount"),
        "tax": ("tax", "vat"),
        "gross": ("total", "gross"),
        "direction": ("side", "direction", "issued_or_received"),
        "state": ("status", "state", "valid_or_void"),
        "number": ("number", "invoice", "invoice_number", "id"),
        "code": ("code",),
        "currency": ("currency",),
        "seller": ("seller", "supplier", "vendor"),
        "buyer": ("buyer", "customer", "client"),
        "seller_number": ("seller_id", "supplier_id"),
        "buyer_number": ("buyer_id", "customer_id"),
        "type": ("type", "kind_of_invoice"),
        "due": ("due",),
        "paid": ("paid",),
        "amount": ("amount",),
        "money_in": ("in", "money_in", "credit", "paid_in"),
        "money_out": ("out", "money_out", "debit", "paid_out"),
        "balance": ("balance",),
        "text": ("description", "text", "memo"),
        "own_account": ("account", "own_account"),
        "party_account": ("counterparty_account",),
    }
)
_BY_NAME = {name: role for role, names in ROLES.items() for name in names}
KNOWN = tuple(names[0] for names in ROLES.values())
# Not columns: what the file is, how its dates are written, and which words say what.
SETTINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"kind": ("invoices", "statement"), "dates": ("day-first", "month-first")}
)
WORDS = ("issued", "received", "valid", "void", "credit_note")
CONSTANTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"direction": ("issued", "received")})
LARGEST_MAP = 20_000


@dataclass(frozen=True)
class ColumnMap:
    """`headings` by role as the caller wrote them, `settings` by name, and what words in the rows mean."""

    headings: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def month_first(self) -> bool | None:
        """Whether dates have the month first; None: nobody said."""
        written = self.settings.get("dates")
        return None if written is None else written == "month-first"

    @property
    def wanted(self) -> Mapping[str, str]:
        """The role of each heading, written plainly."""
        return {heading(name): role for role, name in self.headings.items()}


NOTHING = ColumnMap()


def read_map(text: str) -> ColumnMap:
    """The map that a caller wrote: `name=Heading` pairs with commas between, or the path of a TOML or JSON file.

    Raises MapUnclear.
    """
    headings: dict[str, str] = {}
    settings: dict[str, str] = {}
    words: dict[str, str] = {}
    for name, value in _pairs(text):
        key = name.casefold().replace("-", "_").replace(" ", "_")
        if key in SETTINGS:
            if value not in SETTINGS[key]:
                raise MapUnclear(f"{key} is one of {', '.join(SETTINGS[key])}, not {value!r}")
            settings[key] = value
        elif key in WORDS:
            words |= {plainly(word): key for word in value.split("|")}
        elif key in _BY_NAME:
            headings[_BY_NAME[key]] = value
        elif value.casefold() in _BY_NAME:  # written the other way round: Heading=role
            headings[_BY_NAME[value.casefold()]] = name
        else:
            raise MapUnclear(f"there is no {name!r}", (*KNOWN, *SETTINGS, *WORDS))
    return ColumnMap(headings, settings, words)


def plainly(word: str) -> str:
    """A word of a cell for comparing: no case, no spaces around."""
    return word.strip().casefold()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for item in _items(text):
        mark = "=" if "=" in item else ":"
        name, found, value = item.partition(mark)
        if not found or not name.strip() or not value.strip():
            raise MapUnclear(f"{item!r} is no name=Heading")
        yield name.strip(), value.strip()


def _items(text: str) -> list[str]:
    if text.lstrip().startswith("{"):
        return _of_tree(text, json.loads)
    if text.endswith((".toml", ".json")):
        file = Path(text)
        if not file.is_file() or file.stat().st_size > LARGEST_MAP:
            raise MapUnclear(f"{text} is no file of columns")
        return _of_tree(file.read_text(encoding="utf-8"), json.loads if text.endswith(".json") else tomllib.loads)
    separator = ";" if ";" in text else ","
    rows = csv.reader([text.replace("\n", separator)], delimiter=separator, skipinitialspace=True)
    return [item for row in rows for item in row if item.strip()]


def _of_tree(text: str, parse: object) -> list[str]:
    try:
        tree = parse(text) if callable(parse) else None
    except ValueError as error:
        raise MapUnclear(f"it cannot be read: {error}") from error
    if not isinstance(tree, dict):
        raise MapUnclear("it is no table of names and headings")
    return [f"{name}={value}" for name, value in tree.items()]
