"""A bank for the invented businesses: OBIE 4.0 and 3.1, Berlin Group 1.3, one sign-in. State lives in memory.

The owner is taken to approve at once. What the ledger knows of an entry is told only the way banks tell
it: the other party, an ISO 20022 code (not by every bank), and a text.
"""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.sources.bank import berlin_branch, obie_branch, statement
from integrations.sources.bank.berlin_branch import BerlinBranch
from integrations.sources.bank.branch import Branch
from integrations.sources.bank.obie_branch import ObieBranch
from integrations.toolkit.sandbox import Desk, Refusal, refusal_answer
from integrations.toolkit.signing_in import SignIn

OBIE, BERLIN = "/open-banking/", "/v1/"


def create_app(desk: Desk) -> Starlette:
    """The bank as an ASGI application."""
    sign_in = SignIn(desk)
    branch = Branch(desk, sign_in)

    async def userinfo(request: Request) -> Response:
        """GET /userinfo: the identity check, when the scope covers it."""
        intent, merchant = branch.user(request)
        answer: dict[str, object] = {"sub": statement.opaque(merchant.id)}
        if "identity" in intent.scope.split() and merchant.profile.bank.identity:
            answer["verified_claims"] = statement.verified_claims(merchant, desk.clock())
        return JSONResponse(answer)

    return Starlette(
        routes=[
            Route("/par", sign_in.push, methods=["POST"]),
            Route("/authorize", sign_in.authorise),
            Route("/token", branch.token, methods=["POST"]),
            Route("/userinfo", userinfo),
            *ObieBranch(branch, f"{OBIE}v4.0/aisp", older=False).routes(),
            *ObieBranch(branch, f"{OBIE}v3.1/aisp", older=True).routes(),
            *BerlinBranch(branch).routes(),
        ],
        exception_handlers={Refusal: _refused},
    )


async def _refused(request: Request, error: Exception) -> Response:
    """Errors of the account resources in their standard's form, those of the sign-in in OAuth's."""
    if isinstance(error, Refusal) and request.url.path.startswith(OBIE):
        return obie_branch.refused(error)
    if isinstance(error, Refusal) and request.url.path.startswith(BERLIN):
        return berlin_branch.refused(error)
    return await refusal_answer(request, error)
