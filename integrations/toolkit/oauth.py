"""Tokens: OAuth 2.0 client credentials (RFC 6749, 4.4) with the secret as Basic, kept until they expire."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, Self

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from integrations.toolkit.http import Call, Clock, JsonClient

EARLY = timedelta(seconds=30)
# Opens a sign-in page and tells the address it was sent back to.
Owner = Callable[[str], Awaitable[str]]


class Credentials(BaseModel):
    """What a source knows us by. For an API key, `secret` is empty and `id` the key."""

    model_config = ConfigDict(frozen=True)

    id: SecretStr = SecretStr("")
    secret: SecretStr = SecretStr("")

    @property
    def basic(self) -> str:
        """The value of an Authorization header (RFC 7617)."""
        pair = f"{self.id.get_secret_value()}:{self.secret.get_secret_value()}"
        return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


BearerToken = Annotated[str, Field(max_length=8000, pattern=r"^[\x21-\x7e]+$")]
SANDBOX = Credentials(id=SecretStr("lendline"), secret=SecretStr("sandbox-only"))


class Token(BaseModel):
    """The answer of a token endpoint (RFC 6749, 5.1). `expires_in` is in seconds; no `refresh_token`: ask anew."""

    access_token: BearerToken
    token_type: str
    expires_in: int = Field(default=300, ge=0)
    refresh_token: BearerToken | None = None


class ClientToken:
    """An access token for ourselves, fetched when needed and shared until shortly before it expires."""

    def __init__(self, client: JsonClient, credentials: Credentials, clock: Clock, *, path: str, scope: str) -> None:
        self._client, self._credentials, self._clock = client, credentials, clock
        self._path, self._scope = path, scope
        self._lock = asyncio.Lock()
        self._token = ""
        self._until: datetime | None = None

    async def header(self) -> dict[str, str]:
        """An Authorization header with a token that is still good. Raises the facts of JsonClient.send."""
        async with self._lock:
            if self._until is None or self._clock() >= self._until:
                form = {"grant_type": "client_credentials", "scope": self._scope}
                basic = {"Authorization": self._credentials.basic}
                token = await self._client.send(Call("POST", self._path, basic, form=form), Token)
                self._token = token.access_token
                self._until = self._clock() + timedelta(seconds=token.expires_in) - EARLY
            return bearer(self._token)


def bearer(token: str) -> dict[str, str]:
    """The Authorization header of a bearer token (RFC 6750)."""
    return {"Authorization": f"Bearer {token}"}


class Endpoint(BaseModel):
    """A real system: its address, what it knows us by, and the profile of its protocol ("" for the first)."""

    model_config = ConfigDict(frozen=True)

    url: str
    credentials: Credentials = Credentials()
    profile: str = ""

    @classmethod
    def read(cls, url: str, profile: str = "", *, id: SecretStr | None = None, secret: SecretStr | None = None) -> Self:  # noqa: A002
        """An endpoint whose credentials may stand in the address, as `https://id:secret@host/path`.

        Raises ValueError for what is not an absolute http or https address.
        """
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL:
            raise ValueError("the address is not a URL") from None
        if address.scheme not in {"http", "https"} or not address.host:
            raise ValueError("the address must begin with https:// (or http://) and name a host")
        given = Credentials(
            id=id if id is not None and id.get_secret_value() else SecretStr(address.username),
            secret=secret if secret is not None and secret.get_secret_value() else SecretStr(address.password),
        )
        bare = str(address.copy_with(username=None, password=None))
        return cls(url=bare, credentials=given, profile=profile)
