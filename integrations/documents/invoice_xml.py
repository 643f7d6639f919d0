"""Electronic invoices in XML: UBL 2.1 (Invoice, CreditNote) and UN/CEFACT CII, as Factur-X and ZUGFeRD carry it.

Business terms after EN 16931: BT-1 number, BT-2 issue date, BT-5 currency, BT-9 due date, BT-29 to BT-31 and BT-46
to BT-48 identifiers, BT-109 net, BT-110 tax, BT-112 gross. A paper whose net and tax do not make its gross is refused.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from flows.application.records import Standing
from integrations.documents import amounts, days
from integrations.documents.document import Document, Paper, Unreadable
from integrations.documents.xml import child, children, elements, name, words

UBL = frozenset({"Invoice", "CreditNote"})
CII = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})
_CREDIT_CODES = frozenset({"381", "396", "532"})
_ROUNDING = Decimal("0.05")


def read(content: bytes, written: str = "") -> Document:
    """One invoice. Raises Unreadable when something it must say is missing or does not add up."""
    root: Element | None = None
    for element, complete in elements(content):
        root = element if complete else root  # the last to be complete is the root
    if root is None:
        raise Unreadable("damaged", "no root")
    paper = _ubl(root) if name(root) in UBL else _cii(root)
    return Document(
        format=written or ("ubl" if name(root) in UBL else "cii"),
        source="einvoice",
        papers=(paper,),
        first=paper.day,
        last=paper.day,
    )


def _ubl(root: Element) -> Paper:
    total = child(root, "LegalMonetaryTotal")
    currency = words(root, "DocumentCurrencyCode", 3)
    tax = next(
        (
            amount
            for each in children(root, "TaxTotal")
            if (found := child(each, "TaxAmount")) is not None and found.get("currencyID", currency) == currency
            if (amount := amounts.amount(words(found, longest=40))) is not None
        ),
        None,
    )
    seller = child(root, "AccountingSupplierParty/Party")
    buyer = child(root, "AccountingCustomerParty/Party")
    return _paper(
        number=words(root, "ID", 80),
        day=_day(words(root, "IssueDate")),
        seller=_ubl_party(seller),
        buyer=_ubl_party(buyer),
        net=amounts.amount(words(total, "TaxExclusiveAmount", 40)),
        tax=tax,
        gross=amounts.amount(words(total, "TaxInclusiveAmount", 40)),
        currency=currency,
        credit=name(root) == "CreditNote" or words(root, "InvoiceTypeCode") in _CREDIT_CODES,
        due=_day(words(root, "DueDate") or words(root, "PaymentMeans/PaymentDueDate")),
        corrects=words(root, "BillingReference/InvoiceDocumentReference/ID", 80),
    )


def _ubl_party(party: Element | None) -> tuple[str, tuple[str, ...]]:
    called = words(party, "PartyLegalEntity/RegistrationName", 200) or words(party, "PartyName/Name", 200)
    numbers = (
        words(party, "PartyLegalEntity/CompanyID", 60),
        *(words(each, "CompanyID", 60) for each in children(party, "PartyTaxScheme")),
        *(words(each, "ID", 60) for each in children(party, "PartyIdentification")),
    )
    return called, tuple(filter(None, numbers))


def _cii(root: Element) -> Paper:
    document = child(root, "ExchangedDocument")
    trade = child(root, "SupplyChainTradeTransaction")
    agreed = child(trade, "ApplicableHeaderTradeAgreement")
    settled = child(trade, "ApplicableHeaderTradeSettlement")
    total = child(settled, "SpecifiedTradeSettlementHeaderMonetarySummation")
    currency = words(settled, "InvoiceCurrencyCode", 3)
    taxes = [each for each in children(total, "TaxTotalAmount") if each.get("currencyID", currency) == currency]
    return _paper(
        number=words(document, "ID", 80),
        day=_day(words(document, "IssueDateTime/DateTimeString")),
        seller=_cii_party(child(agreed, "SellerTradeParty")),
        buyer=_cii_party(child(agreed, "BuyerTradeParty")),
        net=amounts.amount(words(total, "TaxBasisTotalAmount", 40)),
        tax=amounts.amount(words(taxes[0], longest=40)) if taxes else Decimal(0),
        gross=amounts.amount(words(total, "GrandTotalAmount", 40)),
        currency=currency,
        credit=words(document, "TypeCode") in _CREDIT_CODES,
        due=_day(words(settled, "SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString")),
        corrects=words(settled, "InvoiceReferencedDocument/IssuerAssignedID", 80),
    )


def _cii_party(party: Element | None) -> tuple[str, tuple[str, ...]]:
    numbers = (
        words(party, "SpecifiedLegalOrganization/ID", 60),
        *(words(each, "ID", 60) for each in children(party, "SpecifiedTaxRegistration")),
        *_global_ids(party),
    )
    return words(party, "Name", 200), tuple(filter(None, numbers))


def _global_ids(party: Element | None) -> Iterator[str]:
    for tag in ("ID", "GlobalID"):
        for each in children(party, tag):
            yield words(each, longest=60)


def _paper(
    *,
    number: str,
    day: date | None,
    seller: tuple[str, tuple[str, ...]],
    buyer: tuple[str, tuple[str, ...]],
    net: Decimal | None,
    tax: Decimal | None,
    gross: Decimal | None,
    currency: str,
    credit: bool,
    due: date | None,
    corrects: str,
) -> Paper:
    if not number or day is None or net is None or gross is None or len(currency) != 3:
        raise Unreadable("no_data", "number, day, currency or total is missing")
    tax = gross - net if tax is None else tax
    if abs(net + tax - gross) > _ROUNDING:
        raise Unreadable("amounts", "net and tax do not make the total")
    sign = -1 if credit and gross > 0 else 1
    return Paper(
        number=number,
        day=day,
        seller=seller[0],
        seller_number=" ".join(seller[1])[:200],
        buyer=buyer[0],
        buyer_number=" ".join(buyer[1])[:200],
        net=sign * net,
        tax=sign * tax,
        currency=currency.upper(),
        standing=Standing.RED if sign * gross < 0 else Standing.VALID,
        due=due,
        corrects=corrects,
    )


def _day(text: str) -> date | None:
    return days.iso(text)
