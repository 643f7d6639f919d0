"""The web application, put together from explicit parts."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from starlette.responses import Response
from starlette.types import Scope

from bot import __version__
from bot.web import consent, docs, faces, health, lenders, openapi, party, problem, report, webhook
from bot.web.chat import routes as chat
from bot.web.chat.troubles import area as chat_area
from bot.web.console import rooms
from bot.web.console.troubles import area as console_area
from bot.web.faces import Faces
from bot.web.pages import STATIC, Pages
from bot.web.parts import Parts
from bot.web.shield import Shield

# FastAPI would export spans when the environment says so, with addresses in them that hold owners' tokens.
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}


class _Static(StaticFiles):
    """Our own files. Pages name them with a hash, so a browser may keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(parts: Parts) -> FastAPI:
    """Health for operators, the lender API with its documentation, the consent page, and the web chat."""
    app = _empty()
    pages = Pages(parts.library.texts)
    app.include_router(health.router(parts))
    if parts.hook is not None:
        app.include_router(webhook.router(parts.hook))
    app.include_router(lenders.router(parts))
    app.include_router(consent.router(parts, pages))
    app.include_router(party.router(parts, pages))
    app.include_router(report.router(parts, pages))
    app.include_router(chat.router(parts, pages))
    room = rooms.include(app, parts, pages)
    app.include_router(docs.router(lambda: openapi.document(app.routes, parts.public_url), pages))
    app.mount("/static", _Static(directory=STATIC))
    outside = (faces.area(path, pages) for path in ("/consent", "/party", "/report"))
    shown = Faces(console_area(room), chat_area(parts, pages), *outside)
    shown.register(app)
    app.add_middleware(Shield, public_url=parts.public_url, face=shown.of)
    return app


def create_probes(parts: Parts) -> FastAPI:
    """Health alone, for processes that serve nothing else."""
    app = _empty()
    app.include_router(health.router(parts))
    app.add_middleware(Shield)
    return app


def _empty() -> FastAPI:
    app = FastAPI(
        title="Lendline",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=_NO_TELEMETRY,
    )
    problem.register(app)
    return app
