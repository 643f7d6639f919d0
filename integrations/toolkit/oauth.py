"""Tokens: OAuth 2.0 client credentials (RFC 6749, 4.4) with the secret as Basic, kept until they expire."""

import asyncio
import base64
from datetime import datetime, timedelta
from typing import Annotated

import httpx
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from integrations.toolkit.http import Call, Clock, JsonClient

EARLY = timedelta(seconds=30)


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
    """The answer of a token endpoint (RFC 6749, 5.1). `expires_in` is in seconds."""

    access_token: BearerToken
    token_type: str
    expires_in: int = Field(default=300, ge=0)


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


def from_url(endpoint: str) -> tuple[str, Credentials]:
    """Split `https://id:secret@host/path` into the bare address and the credentials in it."""
    url = httpx.URL(endpoint)
    credentials = Credentials(id=SecretStr(url.username), secret=SecretStr(url.password))
    return str(url.copy_with(username=None, password=None)), credentials
