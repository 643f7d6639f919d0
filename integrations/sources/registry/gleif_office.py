"""The sandbox index of LEIs in the shape of the GLEIF API v1. No key is asked for. The LEIs are invented.

A filing beside the usual ones of a profile stands here for a branch that is listed under the same number.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from stdnum.iso7064 import mod_97_10

from integrations.merchants import Merchant
from integrations.merchants.generator import founded
from integrations.merchants.truth import registered_name
from integrations.sources.registry.house_office import known_as, plain
from integrations.toolkit.sandbox import Desk, Refusal

RECORDS = "/api/v1/lei-records"
MEDIA = "application/vnd.api+json"
NUMBER, NAME, COUNTRY = "entity.registeredAs", "entity.legalName", "entity.legalAddress.country"
USUAL, MOST = 15, 200
UPDATED = timedelta(days=60)
# No issuer of LEIs has this prefix.
ISSUER = "999900"
TITLES = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable"}
Listing = tuple[Merchant, int]  # a business (0) or one of its branches (from 1)


def lei_of(number: str, branch: int = 0) -> str:
    """The invented LEI of a registration number, or of a branch of it; always the same."""
    digest = hashlib.sha256(f"{number}/{branch}".encode()).hexdigest().upper()
    stem = ISSUER + digest[:12]
    return stem + mod_97_10.calc_check_digits(stem)


@dataclass
class GleifOffice:
    """The records of the businesses at one desk."""

    desk: Desk

    def routes(self) -> list[BaseRoute]:
        """The list and the single record."""
        return [Route(RECORDS, self.many), Route(f"{RECORDS}/{{lei}}", self.one)]

    async def one(self, request: Request) -> Response:
        """GET /api/v1/lei-records/{lei}."""
        known = {lei_of(number): each for number, each in self.desk.merchants.items()}
        merchant = known.get(request.path_params["lei"])
        if merchant is None:
            raise Refusal(404, "not_found")
        await self.desk.misbehave(merchant)
        return _answer({"data": self._record((merchant, 0), request)})

    async def many(self, request: Request) -> Response:
        """GET /api/v1/lei-records, filtered and in pages."""
        found = await self._filtered(request)
        number, size = _page(request, "number", 1), min(_page(request, "size", USUAL), MOST)
        last = max(1, -(-len(found) // size))
        shown = found[(number - 1) * size : number * size]
        pagination = {"currentPage": number, "perPage": size, "total": len(found), "lastPage": last}
        links = {"first": _link(request, 1), "last": _link(request, last)}
        if number < last:
            links["next"] = _link(request, number + 1)
        data = [self._record(each, request) for each in shown]
        return _answer({"meta": {"pagination": pagination}, "links": links, "data": data})

    async def _filtered(self, request: Request) -> list[Listing]:
        filters = {key[7:-1]: value for key, value in request.query_params.items() if key.startswith("filter[")}
        if not filters or not filters.keys() <= {NUMBER, NAME, COUNTRY}:
            raise Refusal(400, "invalid_request")
        found = list(self.desk.merchants.values())
        if COUNTRY in filters:
            found = [each for each in found if each.country == filters[COUNTRY]]
        if NAME in filters:
            wanted = plain(filters[NAME])
            found = [each for each in found if wanted and any(wanted in name for name in known_as(each))]
        if NUMBER in filters:
            found = [each for each in found if each.registration_number == filters[NUMBER]]
            for each in found:
                await self.desk.misbehave(each)
        listed = [(each, branch) for each in found for branch in range(1, each.profile.filings + 1)]
        return [*listed, *((each, 0) for each in found)]

    def _record(self, listing: Listing, request: Request) -> dict[str, object]:
        merchant, branch = listing
        lei = lei_of(merchant.registration_number, branch)
        today = self.desk.clock().date()
        born = datetime.combine(founded(merchant.profile, today), time.min, tzinfo=UTC)
        updated = max(born, datetime.combine(today, time.min, tzinfo=UTC) - UPDATED)
        registration = {
            "initialRegistrationDate": _written(updated),
            "lastUpdateDate": _written(updated),
            "status": "ISSUED",
            "nextRenewalDate": _written(updated + timedelta(days=365)),
            "managingLou": lei_of("the issuer of the sandbox"),
            "corroborationLevel": "FULLY_CORROBORATED",
            "validatedAs": merchant.registration_number,
        }
        entity = {**_entity(merchant, born), "category": "BRANCH" if branch else "GENERAL"}
        return {
            "type": "lei-records",
            "id": lei,
            "attributes": {"lei": lei, "entity": entity, "registration": registration, "bic": None},
            "links": {"self": f"{request.base_url}{RECORDS[1:]}/{lei}"},
        }


def refused(error: Refusal) -> Response:
    """An error in the form of JSON:API."""
    fault = {"status": str(error.status), "title": TITLES.get(error.status, "Error"), "code": error.error}
    return JSONResponse({"errors": [fault]}, error.status, headers=error.headers, media_type=MEDIA)


def _entity(merchant: Merchant, born: datetime) -> dict[str, object]:
    """`attributes.entity` without its category. The legal form is told in words, as for a form without a code."""
    registered = merchant.profile.registered
    language, british = ("en", True) if merchant.country == "GB" else ("zh", False)
    events = [{"type": "LIQUIDATION", "status": "IN_PROGRESS"}] if registered.status == "in_insolvency" else []
    return {
        "legalName": {"name": registered_name(merchant.profile), "language": language},
        "otherNames": [],
        "legalAddress": _address(merchant, language),
        "headquartersAddress": _address(merchant, language),
        "registeredAt": {"id": "RA000585", "other": None} if british else {"id": "RA888888", "other": "市场监督管理局"},
        "registeredAs": merchant.registration_number,
        "jurisdiction": merchant.country,
        "legalForm": {"id": "8888", "other": registered.type},
        "status": "INACTIVE" if registered.status == "dissolved" else "ACTIVE",
        "expiration": {"date": None, "reason": None},
        "creationDate": _written(born),
        "eventGroups": [{"groupType": "STANDALONE", "events": [each]} for each in events],
    }


def _address(merchant: Merchant, language: str) -> dict[str, object]:
    place = merchant.profile.registered.address
    street, _, city = place.text.rpartition(", ")
    if merchant.country == "CN":
        street, city = place.text, f"{place.text.partition('市')[0].rpartition('省')[2]}市"
    return {
        "language": language,
        "addressLines": [street],
        "addressNumber": None,
        "mailRouting": None,
        "city": city,
        "region": None,
        "country": merchant.country,
        "postalCode": place.postcode,
    }


def _answer(body: dict[str, object]) -> Response:
    return JSONResponse(body, media_type=MEDIA)


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _link(request: Request, number: int) -> str:
    return str(request.url.include_query_params(**{"page[number]": number}))


def _page(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(f"page[{name}]", str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text)):
        raise Refusal(400, "invalid_request")
    return int(text)
