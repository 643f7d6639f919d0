"""Kingdee Cloud: approved receivables and payables over ExecuteBillQuery, by an app the account set has admitted.

`account` is the data centre's id. The app's admission is the access; the owner ends it in the account set.
Errors come with status 200 in the place of the rows, so a refusal there is told by its code.
"""

import secrets
from datetime import date

import httpx

from flows.application.records import Invoice, Records
from flows.consent import Consent
from flows.errors import SourceRefused, SourceUnreadable
from flows.ports import Evidence, Grant, Manifest, Source, Subject
from integrations.sources.erp_kingdee.records import (
    APPROVED,
    PAYABLE,
    RECEIVABLE,
    Answer,
    Asked,
    Bill,
    Query,
    columns,
    since,
)
from integrations.sources.erp_kingdee.signing import Caller, headers
from integrations.toolkit.books import read_books
from integrations.toolkit.http import Call
from integrations.toolkit.source import CURRENCIES, Gathering, Setup

SERVICE = "Kingdee.BOS.WebApi.ServicesStub.DynamicFormService.ExecuteBillQuery.common.kdsvc"
USER = "lendline"
PAGE = 500
NO_ACCESS = frozenset({1, 2})  # MsgCode: not signed in, not permitted
SIDES = {"receivables": (RECEIVABLE, True), "payables": (PAYABLE, False)}


def open_source(setup: Setup) -> Source:
    """Kingdee behind `setup.client`."""
    return Kingdee(setup)


class Kingdee:
    """See the module. The grant's token is the account set's id."""

    def __init__(self, setup: Setup) -> None:
        self.manifest: Manifest = setup.manifest
        self._client, self._clock = setup.client, setup.clock
        self._credentials = setup.credentials
        self._path = httpx.URL(setup.client.address(SERVICE)).path

    async def connect(self, consent: Consent, subject: Subject) -> Grant:
        """Check that the account set has admitted us, by asking for one bill."""
        consent.require(self.manifest.name, self._clock())
        form, _ = SIDES[next(kind for kind in consent.kinds if kind in SIDES)]
        account = subject.registration_number
        query = self._query(form, consent).model_copy(update={"Limit": 1})
        self._rows(await self._client.send(self._call(account, query, subject=account), Answer))
        return Grant(token=account, expires_at=consent.valid_until)

    async def pull(self, consent: Consent, subject: Subject, grant: Grant, as_of: date) -> Evidence:
        """Read the bills of the sides that the consent covers."""
        now = self._clock()
        consent.require(self.manifest.name, now)
        found = Gathering(self.manifest, consent, now)
        currency = CURRENCIES[subject.country]
        invoices: list[Invoice] = []
        for kind, (form, issued) in SIDES.items():
            if found.covers(kind):
                bills = await self._bills(grant.token, form, consent)
                invoices += [each.told(currency, issued=issued) for each in bills if each.approved == APPROVED]
        found.ledger = Records(invoices=invoices)
        read_books(found, invoices, currency, as_of)
        days = [each.day for each in invoices]
        return found.evidence(len(invoices), min(days, default=None), max(days, default=None))

    async def forget(self, consent: Consent, grant: Grant) -> None:
        """Nothing to end from here: only the account set can stop admitting the app."""

    async def _bills(self, account: str, form: str, consent: Consent) -> list[Bill]:
        first = self._query(form, consent)
        found: list[Bill] = []

        def following(page: Answer) -> Call | None:
            rows = self._rows(page)
            found.extend(rows)
            query = first.model_copy(update={"StartRow": len(found)})
            return self._call(account, query) if len(rows) == PAGE else None

        async for _ in self._client.turns(self._call(account, first), Answer, following):
            pass
        return found

    def _query(self, form: str, consent: Consent) -> Query:
        keys = ",".join(columns(form))
        return Query(FormId=form, FieldKeys=keys, FilterString=since(consent.data_from.date()), Limit=PAGE)

    def _rows(self, answer: Answer) -> tuple[Bill, ...]:
        bills = answer.bills()
        if isinstance(bills, tuple):
            return bills
        if bills.MsgCode in NO_ACCESS:
            raise SourceRefused(self.manifest.name, f"code {bills.MsgCode}")
        raise SourceUnreadable(self.manifest.name, f"a failure with code {bills.MsgCode}")

    def _call(self, account: str, query: Query, *, subject: str | None = None) -> Call:
        """A request with both signatures, each with a nonce of its own."""
        app_id, app_secret = self._credentials.id.get_secret_value(), self._credentials.secret.get_secret_value()
        caller = Caller(account, USER, app_id, app_secret)
        signed = headers(caller, self._path, self._clock(), secrets.token_hex(8))
        return Call("POST", SERVICE, signed, body=Asked(data=query), subject=subject)
