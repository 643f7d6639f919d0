"""The box of files that owners sent, as the sources of files reach it: a small HTTP service inside the process.

`POST /access` opens what one consent names, `GET /documents` lists it, `GET /documents/{id}` gives one, and
`DELETE /access` destroys it. A sandbox speaks the same (see `integrations.documents.sandbox`).
"""

import asyncio
import base64

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.database.engine import Database
from integrations.database.queries import blobs
from integrations.database.sealing import SealBroken, Sealer
from integrations.toolkit.sandbox import Refusal, refusal_answer


def create_box(database: Database, sealer: Sealer) -> Starlette:
    """The box over our own table. An access is a sealed consent id, so it holds in every process."""

    def consent_of(request: Request) -> str:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            return sealer.of_text_token(token) if scheme.lower() == "bearer" else _refuse()
        except SealBroken:
            return _refuse()

    async def access(request: Request) -> Response:
        consent_id = (await request.json())["consent_id"]
        if not await database.read(blobs.of_consent, consent_id):
            raise Refusal(403, "no_documents")
        return JSONResponse({"access_token": sealer.text_token(consent_id)}, 201)

    async def listed(request: Request) -> Response:
        found = await database.read(blobs.of_consent, consent_of(request))
        if not found:
            raise Refusal(403, "no_documents")
        return JSONResponse({"documents": [{"id": each.id, "sha256": each.sha256} for each in found]})

    async def given(request: Request) -> Response:
        found = await database.read(blobs.of_consent, consent_of(request))
        wanted = next((each for each in found if each.id == request.path_params["id"]), None)
        if wanted is None:
            raise Refusal(404, "not_found")
        content = await asyncio.to_thread(sealer.unseal_bytes, wanted.body)
        return JSONResponse({"content": base64.b64encode(content).decode("ascii")})

    async def ended(request: Request) -> Response:
        await database.run(blobs.erase, consent_of(request))
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/access", access, methods=["POST"]),
            Route("/access", ended, methods=["DELETE"]),
            Route("/documents", listed),
            Route("/documents/{id}", given),
        ],
        exception_handlers={Refusal: refusal_answer},
    )


def _refuse() -> str:
    raise Refusal(401, "invalid_token")
