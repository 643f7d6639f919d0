"""Tryton: posted invoices over its REST API, with a key that the owner allows in Tryton and can cancel there.

The endpoint's id is the login of a user who may read invoices; the database is named after the business's
registration number. Asking for a key is `connect`; until the owner allows it, the server refuses it.
"""

import base64
import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from pydantic import JsonValue

from flows.application.records import Invoice as Told
from flows.application.records import Records
from flows.consent import Consent
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.erp_tryton.records import (
    COMPANY_FIELDS,
    CUSTOMER,
    FIELDS,
    SUPPLIER,
    Companies,
    Company,
    Invoice,
    Invoices,
    Key,
    KeyAsked,
)
from integrations.toolkit.books import read_books
from integrations.toolkit.http import Call, Empty
from integrations.toolkit.oauth import bearer
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

PAGE = 500
SIDES = {"receivables": CUSTOMER, "payables": SUPPLIER}


def open_source(setup: Setup) -> Source:
    """Tryton behind `setup.client`."""
    return TrytonBooks(setup)


class TrytonBooks:
    """See the module. The grant's token is the key."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock = setup.client, setup.clock
        self._login = setup.credentials.id.get_secret_value()

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Ask the server for a key of our own."""
        consent.require(self.manifest.name, self._clock())
        number = subject.registration_number
        path = f"{_database(number)}/r/user/application/"
        call = Call("POST", path, body=KeyAsked(user=self._login), subject=number)
        key = (await self._client.send(call, Key)).root
        return Grant(token=json.dumps([_database(number), key]), expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read the company, and the invoices of the sides that the consent covers."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        database, key = json.loads(grant.token)
        company = await self._company(database, key)
        if company is None:
            return found.evidence(0)
        if found.covers("book_company"):
            found.value("contact_email", company.party.email or None, f"company {company.id}")
        types = [side for kind, side in SIDES.items() if found.covers(kind)]
        invoices: list[Told] = []
        if types:
            read = await self._invoices(database, key, company, types, consent)
            invoices = [each for each in (invoice.told() for invoice in read) if each is not None]
            found.ledger = Records(invoices=invoices)
            read_books(found, invoices, CURRENCIES[subject.country], as_of)
        days = [each.day for each in invoices]
        return found.evidence(1 + len(invoices), min(days, default=None), max(days, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Have the server delete our key; one that the owner has cancelled is forgotten just as well."""
        database, key = json.loads(grant.token)
        body = KeyAsked(user=self._login, key=key)
        call = Call("DELETE", f"{database}/r/user/application/", body=body, accept=(200, 204, 404))
        await self._client.send(call, Empty)

    async def _company(self, database: str, key: str) -> Company | None:
        """The first company of the database."""
        call = Call("GET", _search(database, "company.company", COMPANY_FIELDS, size=1), bearer(key))
        companies = (await self._client.send(call, Companies)).root
        return companies[0] if companies else None

    async def _invoices(
        self, database: str, key: str, company: Company, types: Sequence[str], consent: Consent
    ) -> list[Invoice]:
        """Posted and paid invoices of these types since the consent's first day, and older ones that are open."""
        headers = {**bearer(key), "X-Tryton-Context": _encoded({"company": company.id})}
        first = consent.data_from.date()
        since: JsonValue = ["invoice_date", ">=", _day(first)]
        domain: JsonValue = [
            ["type", "in", list(types)],
            ["OR", ["state", "=", "posted"], [["state", "=", "paid"], since]],
        ]
        found: list[Invoice] = []

        def ask(offset: int) -> Call:
            path = _search(database, "account.invoice", FIELDS, domain=domain, size=PAGE, offset=offset)
            return Call("GET", path, headers)

        def following(page: Invoices) -> Call | None:
            found.extend(page.root)
            return ask(len(found)) if len(page.root) == PAGE else None

        async for _ in self._client.turns(ask(0), Invoices, following):
            pass
        return found


def _database(number: str) -> str:
    """The name of a business's database."""
    return number.lower()


def _search(
    database: str,
    model: str,
    fields: Sequence[str],
    *,
    size: int,
    offset: int = 0,
    domain: JsonValue = None,
) -> str:
    """The address of a search: fields `f`, domain `d`, order `o`, size `s` and offset `p`."""
    query = [("f", each) for each in fields]
    query += [("d", _encoded(domain))] if domain is not None else []
    query += [("o", _encoded([["id", "ASC"]])), ("s", str(size)), ("p", str(offset))]
    return f"{database}/rest/model/{model}?{urlencode(query)}"


def _encoded(value: JsonValue) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def _day(day: date) -> JsonValue:
    return {"__class__": "date", "year": day.year, "month": day.month, "day": day.day}
