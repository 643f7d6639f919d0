"""A box of files for the invented merchants: each has sent what its sandbox writes for it."""

import base64
import hashlib
from collections.abc import Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.merchants import Merchant
from integrations.toolkit.sandbox import Desk, Refusal, refusal_answer

Written = Callable[[Merchant], Sequence[bytes]]


def create_box_of(desk: Desk, written: Written) -> Starlette:
    """The box as an ASGI application; `written` are the files of a merchant."""
    boxes: dict[str, Sequence[bytes]] = {}

    def files_of(merchant: Merchant) -> Sequence[bytes]:
        if merchant.registration_number not in boxes:
            boxes[merchant.registration_number] = written(merchant)
        return boxes[merchant.registration_number]

    def merchant_of(request: Request) -> Merchant:
        return desk.merchant(desk.about(request))

    async def access(request: Request) -> Response:
        desk.client_ok(request)
        merchant = desk.merchant((await request.json())["registration_number"])
        return JSONResponse(desk.issue(merchant.registration_number), 201)

    async def listed(request: Request) -> Response:
        merchant = merchant_of(request)
        await desk.misbehave(merchant)
        files = enumerate(files_of(merchant))
        listing = [{"id": str(number), "sha256": hashlib.sha256(file).hexdigest()} for number, file in files]
        return JSONResponse({"documents": listing})

    async def given(request: Request) -> Response:
        files = {str(number): file for number, file in enumerate(files_of(merchant_of(request)))}
        file = files.get(request.path_params["id"])
        if file is None:
            raise Refusal(404, "not_found")
        return JSONResponse({"content": base64.b64encode(file).decode("ascii")})

    async def ended(request: Request) -> Response:
        desk.sessions.pop(request.headers.get("Authorization", "").partition(" ")[2], None)
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
