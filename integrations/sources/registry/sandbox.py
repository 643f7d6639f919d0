"""A register of the invented businesses that speaks as Companies House does, and as GLEIF does."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from integrations.sources.registry import gleif_office, house_office
from integrations.sources.registry.gleif_office import GleifOffice
from integrations.toolkit.sandbox import Desk, Refusal, refusal_answer


def create_app(desk: Desk) -> Starlette:
    """The register as an ASGI application."""
    return Starlette(
        routes=[*house_office.routes(desk), *GleifOffice(desk).routes()],
        exception_handlers={Refusal: _refused},
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Errors of the index of LEIs in its own form."""
    if isinstance(error, Refusal) and request.url.path.startswith(gleif_office.RECORDS):
        return gleif_office.refused(error)
    return await refusal_answer(request, error)
