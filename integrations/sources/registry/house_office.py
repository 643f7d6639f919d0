"""The sandbox register in the shape of the Companies House API; Chinese businesses by USCC."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from integrations.merchants import Merchant
from integrations.merchants.generator import founded
from integrations.merchants.truth import registered_name
from integrations.toolkit.sandbox import Desk, Refusal

TITLES = {"owner": "operator", "director": "director", "legal_representative": "legal-representative"}


def routes(desk: Desk) -> list[BaseRoute]:
    """The company, its officers, owners and filings, and the search."""

    def route(path: str, answer: Callable[[Merchant, date, Request], dict[str, object]]) -> Route:
        async def handle(request: Request) -> Response:
            desk.client_ok(request)
            merchant = desk.merchant(request.path_params["number"])
            await desk.misbehave(merchant)
            return JSONResponse(answer(merchant, desk.clock().date(), request))

        endpoint: Callable[[Request], Awaitable[Response]] = handle
        return Route(f"/company/{{number}}{path}", endpoint)

    async def search(request: Request) -> Response:
        desk.client_ok(request)
        wanted = plain(request.query_params.get("q", ""))
        found = [each for each in desk.merchants.values() if wanted and any(wanted in name for name in known_as(each))]
        size = _number(request, "items_per_page", 20)
        return JSONResponse({"items": [_hit(each) for each in found[:size]], "total_results": len(found)})

    return [
        Route("/search/companies", search),
        route("", _company),
        route("/officers", _officers),
        route("/persons-with-significant-control", _controllers),
        route("/filing-history", _filings),
    ]


def known_as(merchant: Merchant) -> list[str]:
    """All names a business has or had, as they are searched."""
    names = merchant.profile.names
    return [plain(each) for each in (names.legal, names.trading or "", *names.previous)]


def plain(text: str) -> str:
    """Letters and digits alone, without case, as names are searched."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _hit(merchant: Merchant) -> dict[str, object]:
    return {
        "kind": "searchresults#company",
        "company_number": merchant.registration_number,
        "title": registered_name(merchant.profile),
        "company_status": merchant.profile.registered.company_status,
        "address_snippet": merchant.profile.registered.address.text,
    }


def _company(merchant: Merchant, today: date, _request: Request) -> dict[str, object]:
    profile, registered = merchant.profile, merchant.profile.registered
    company: dict[str, object] = {
        "company_number": profile.registration_number,
        "company_name": registered_name(profile),
        "company_status": registered.company_status,
        "type": registered.type,
        "date_of_creation": founded(profile, today).isoformat(),
        "registered_office_address": _address(merchant),
        "sic_codes": [registered.industry_code],
        "previous_company_names": [{"name": name} for name in profile.names.previous],
        "jurisdiction": "england-wales" if profile.country == "GB" else "china",
    }
    optional = {
        "business_scope": registered.scope,
        "trading_name": profile.names.trading,
        "registered_email_address": registered.email,
    }
    return company | {key: value for key, value in optional.items() if value is not None}


def _address(merchant: Merchant) -> dict[str, str]:
    place = merchant.profile.registered.address
    if merchant.country == "CN":
        return {"address_line_1": place.text, "postal_code": place.postcode}
    street, _, town = place.text.rpartition(", ")
    return {"address_line_1": street, "locality": town, "postal_code": place.postcode, "country": "England"}


def _officers(merchant: Merchant, _today: date, _request: Request) -> dict[str, object]:
    person = merchant.profile.representative
    name = f"{person.family.upper()}, {person.given}" if merchant.country == "GB" else person.name
    items: list[dict[str, object]] = [{"name": name, "officer_role": TITLES[person.role], "appointed_on": "2020-01-06"}]
    if merchant.country == "GB":
        items.append({"name": "ALDER SECRETARIES LIMITED", "officer_role": "corporate-secretary"})
        items.append({"name": "PELLOW, Idris", "officer_role": "director", "resigned_on": "2021-06-30"})
    return {"items": items, "total_results": len(items), "active_count": 1}


def _controllers(merchant: Merchant, _today: date, _request: Request) -> dict[str, object]:
    person = merchant.profile.representative
    items: list[dict[str, object]] = [_controller(merchant, person.name, str(person.share))]
    items += [_controller(merchant, each.name, str(each.share)) for each in merchant.profile.shareholders]
    return {"items": items, "total_results": len(items)}


def _controller(merchant: Merchant, name: str, share: str) -> dict[str, object]:
    band = next((b for at, b in ((75, "75-to-100"), (50, "50-to-75"), (25, "25-to-50")) if float(share) >= at), "")
    item: dict[str, object] = {
        "name": name,
        "kind": "individual-person-with-significant-control",
        "natures_of_control": [f"ownership-of-shares-{band}-percent"] if band else [],
        "shareholding_percentage": share,
    }
    if merchant.country == "GB":
        forename, _, surname = name.rpartition(" ")
        item |= {"name": f"Ms {name}", "name_elements": {"forename": forename, "surname": surname, "title": "Ms"}}
    return item


def _filings(merchant: Merchant, today: date, request: Request) -> dict[str, object]:
    registered = merchant.profile.registered
    born = founded(merchant.profile, today)
    items = [("incorporation", born, 0)]
    items += [("accounts", born + timedelta(days=365 * year), 0) for year in range(1, (today - born).days // 365 + 1)]
    items += [("accounts", born, number) for number in range(1, merchant.profile.filings + 1)]
    items += [("enforcement", today - timedelta(days=400 + 90 * case), 0) for case in range(registered.penalties)]
    if registered.status == "in_insolvency":
        items.append(("insolvency", today - timedelta(days=40), 0))
    if registered.representative_changed_days_ago is not None:
        items.append(("officers", today - timedelta(days=registered.representative_changed_days_ago), 0))
    start, size = _number(request, "start_index", 0), _number(request, "items_per_page", 25)
    shown = [_filing(*each) for each in items[start : start + min(size, 100)]]
    return {"items": shown, "start_index": start, "total_count": len(items)}


def _filing(category: str, day: date, number: int) -> dict[str, object]:
    filing: dict[str, object] = {
        "transaction_id": f"{category}-{day:%Y%m%d}-{number}",
        "category": category,
        "date": day.isoformat(),
        "description": category,
    }
    return filing | ({"subcategory": "appointments"} if category == "officers" else {})


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Refusal(400, "invalid_request")
    return int(text)
