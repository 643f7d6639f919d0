"""The Companies House API: who the business is, who runs it, who owns it. An API key as Basic user."""

from datetime import date
from decimal import Decimal

from flows.application.months import shift
from flows.application.shapes import Address, BeneficialOwner
from flows.errors import SubjectUnknown
from flows.ports import Evidence, Listed, Subject
from integrations.sources.registry.house_records import (
    Company,
    Controller,
    Controllers,
    Filing,
    Filings,
    Hits,
    Officer,
    Officers,
)
from integrations.sources.registry.reading import is_number, read_standing
from integrations.toolkit.http import Call
from integrations.toolkit.source import Gathering, Setup

FORMS = {
    "ltd": "limited_company",
    "plc": "limited_company",
    "private-unlimited": "limited_company",
    "private-limited-guarant-nsc": "limited_company",
    "cn-limited-liability": "limited_company",
    "llp": "partnership",
    "limited-partnership": "partnership",
    "cn-partnership": "partnership",
    "registered-society-non-jurisdictional": "cooperative",
    "cn-farmers-cooperative": "cooperative",
    "cn-individual-business": "sole_proprietor",
}
STATUSES = {
    "active": "active",
    "open": "active",
    "registered": "active",
    "liquidation": "in_insolvency",
    "receivership": "in_insolvency",
    "administration": "in_insolvency",
    "voluntary-arrangement": "in_insolvency",
    "insolvency-proceedings": "in_insolvency",
    "dissolved": "dissolved",
    "closed": "dissolved",
    "removed": "dissolved",
    "converted-closed": "dissolved",
}
ROLES = {"director": "director", "legal-representative": "legal_representative", "operator": "owner"}
CHANGES = frozenset({"appointments", "termination", "legal-representative"})
ENFORCEMENT = frozenset({"gazette", "insolvency", "enforcement"})
SIGNIFICANT = Decimal(25)
PAGE = 100
MOST_HITS = 5
# Owners by name without case (officers are listed in capitals): the name as spelt, and the percentage.
Shares = dict[str, tuple[str, Decimal]]


class CompaniesHouse:
    """See the module."""

    def __init__(self, setup: Setup) -> None:
        self._source, self._client = setup.manifest.name, setup.client
        self._headers = {"Authorization": setup.credentials.basic}

    async def check(self, subject: Subject) -> None:
        """Raise SubjectUnknown where the register does not know the business."""
        await self._company(subject)

    async def read(self, found: Gathering, subject: Subject, as_of: date) -> Evidence:
        """The company and, as far as the consent covers them, officers, owners and filings."""
        company = await self._company(subject)
        path = f"company/{company.company_number}"
        active = await self._officers(path) if found.covers("officers") else []
        holders = await self._owners(path) if found.covers("shareholders") else []
        records = 1 + len(active) + len(holders)
        if found.covers("company_profile"):
            _read_company(found, company, subject, as_of)
        shares = _read_owners(found, holders, subject) if found.covers("shareholders") else {}
        if found.covers("officers"):
            _read_representative(found, active, shares, subject)
        if found.covers("filing_history"):
            filings = await self._filings(path)
            records += len(filings)
            _read_filings(found, filings, as_of)
        return found.evidence(records, company.date_of_creation, as_of)

    async def find(self, name: str, country: str) -> tuple[Listed, ...]:
        """The businesses of a country listed under a name, as the register ranks them; a handful at most."""
        params = {"q": name, "items_per_page": str(MOST_HITS * 2)}
        hits = await self._client.send(Call("GET", "search/companies", self._headers, params=params), Hits)
        listed = [
            Listed(
                registration_number=each.company_number,
                name=each.title,
                place=each.address_snippet or "",
                status=each.company_status or "",
            )
            for each in hits.items
            if is_number(each.company_number, country)
        ]
        return tuple(listed[:MOST_HITS])

    async def _company(self, subject: Subject) -> Company:
        number = subject.registration_number
        if not is_number(number, subject.country):
            raise SubjectUnknown(self._source, number)
        return await self._client.send(Call("GET", f"company/{number}", self._headers, subject=number), Company)

    async def _officers(self, path: str) -> list[Officer]:
        """The officers in office."""
        call = Call("GET", f"{path}/officers?items_per_page={PAGE}", self._headers)
        return [each for each in (await self._client.send(call, Officers)).items if each.resigned_on is None]

    async def _owners(self, path: str) -> list[Controller]:
        """The persons with significant control today."""
        call = Call("GET", f"{path}/persons-with-significant-control?items_per_page={PAGE}", self._headers)
        return [each for each in (await self._client.send(call, Controllers)).items if each.ceased_on is None]

    async def _filings(self, path: str) -> list[Filing]:
        """The whole filing history; the register pages by start_index."""

        def following(page: Filings) -> str | None:
            end = page.start_index + len(page.items)
            more = bool(page.items) and end < page.total_count
            return f"{path}/filing-history?items_per_page={PAGE}&start_index={end}" if more else None

        first = Call("GET", f"{path}/filing-history?items_per_page={PAGE}&start_index=0", self._headers)
        return [item async for page in self._client.pages(first, Filings, following) for item in page.items]


def _read_company(found: Gathering, company: Company, subject: Subject, as_of: date) -> None:
    number = company.company_number
    address = company.registered_office_address
    found.value("registration_number", number, number)
    found.value("business_legal_name", company.company_name, number)
    found.value("trading_name", company.trading_name, number)
    found.value("tax_identification_number", number if subject.country == "CN" else None, number)
    found.value("legal_form", FORMS.get(company.type, "other"), number)
    if address.text():
        written = Address(text=address.text(), postcode=address.postal_code, country=subject.country)
        found.value("registered_address", written, number)
    found.value("industry_code", company.sic_codes[0] if company.sic_codes else None, number)
    found.value("business_description", company.business_scope, number)
    found.value("contact_email", company.registered_email_address, number)
    read_standing(found, company.date_of_creation, _status(company), number, as_of)


def _status(company: Company) -> str | None:
    """Our word for the register's status; None for one we do not know. A company may trade and be dormant."""
    status = STATUSES.get(company.company_status or "")
    return "dormant" if status == "active" and company.has_dormant_accounts else status


def _read_owners(found: Gathering, holders: list[Controller], subject: Subject) -> Shares:
    """Add the owners of a quarter and more; bands without a percentage stay unknown. Returns the known shares."""
    record = f"{subject.registration_number}/persons-with-significant-control"
    known = [(_owner_name(each), each.shareholding_percentage) for each in holders]
    exact = [(name, share) for name, share in known if share is not None]
    if len(exact) < len(known):
        found.note("ownership_bands")
    elif exact:
        owners = sorted(exact, key=lambda pair: (-pair[1], pair[0]))
        listed = tuple(
            BeneficialOwner(name=name, ownership_percent=share) for name, share in owners if share >= SIGNIFICANT
        )
        found.value("beneficial_owners", listed, record)
    return {name.casefold(): (name, share) for name, share in exact}


def _read_representative(found: Gathering, active: list[Officer], shares: Shares, subject: Subject) -> None:
    """The one who may sign: the only one in a signing role, else the one of them who owns most."""
    record = f"{subject.registration_number}/officers"
    signing = {_officer_name(each): ROLES[each.officer_role] for each in active if each.officer_role in ROLES}
    held = {name: shares.get(name.casefold(), (name, Decimal(0))) for name in signing}
    ranked = sorted(signing, key=lambda name: -held[name][1])
    if not ranked:
        return
    if len(ranked) > 1 and held[ranked[0]][1] == held[ranked[1]][1]:
        found.note("several_representatives")
        return
    name = ranked[0]
    spelt, share = held[name]
    found.value("representative_name", spelt, record)
    found.value("representative_role", signing[name], record)
    found.value("representative_ownership_percent", share if name.casefold() in shares else None, record)


def _read_filings(found: Gathering, filings: list[Filing], as_of: date) -> None:
    """rep_changes_12m: days with an officer change in 12 months. enforcement_n: cases on record, any time."""
    year_ago = shift(as_of.replace(day=1), -12).replace(day=min(as_of.day, 28))
    recent = {
        each.day
        for each in filings
        if each.category == "officers" and each.subcategory in CHANGES and year_ago <= each.day <= as_of
    }
    cases = sum(1 for each in filings if each.category in ENFORCEMENT)
    window = f"{year_ago:%Y-%m}/{as_of:%Y-%m}"
    found.feature("rep_changes_12m", Decimal(len(recent)), window, len(filings))
    found.feature("enforcement_n", Decimal(cases), f"/{as_of:%Y-%m}", len(filings))


def _officer_name(officer: Officer) -> str:
    """Names of officers come as SURNAME, Forenames; Chinese names as they are."""
    surname, comma, forenames = officer.name.partition(",")
    return f"{forenames.strip()} {_capital(surname.strip())}" if comma else officer.name


def _owner_name(owner: Controller) -> str:
    """The name in parts without the title, so that it equals the officer's; Chinese names as they are."""
    parts = owner.name_elements
    if parts is None:
        return owner.name
    return " ".join(part for part in (parts.forename, parts.middle_name, parts.surname) if part)


def _capital(surname: str) -> str:
    """HARTLEY-JONES to Hartley-Jones, O'NEILL to O'Neill; a mixed spelling is kept."""
    return surname.title() if surname.isupper() else surname
