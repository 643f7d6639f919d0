"""Passkeys of staff (WebAuthn level 2): registering one, and signing in with one instead of password and code.

The browser proves with a key of this site alone that its owner is there and was verified. The challenge travels
sealed through the browser and counts once. Which authenticator it is, is not asked.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import sqlalchemy as sa
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from bot.web.console.people import Member, People, hash_token
from flows.errors import LendlineError
from integrations.database.engine import Database
from integrations.database.queries import audit, passkeys, staff
from integrations.database.queries.audit import Act
from integrations.database.queries.passkeys import StoredPasskey
from integrations.database.sealing import SealBroken, Sealer

if TYPE_CHECKING:
    from bot.web.console.ceremony import Begun, Ceremony

ANSWERED_WITHIN = timedelta(minutes=5)
MOST = 10  # passkeys of one person
LONGEST_NAME = 40


@dataclass
class PasskeyRefused(LendlineError):
    """What the browser sent proves nothing: another challenge, site or key, or it came too late."""

    why: str

    def __str__(self) -> str:
        return f"the passkey was refused: {self.why}"


class Answer(BaseModel):
    """What the browser brings back: the sealed challenge, the credential, and a name for a new passkey."""

    model_config = ConfigDict(extra="forbid")

    sealed: str = Field(max_length=4_000)
    answer: Mapping[str, JsonValue]
    name: str = Field(default="", max_length=LONGEST_NAME)


class _Waiting(BaseModel):
    """A challenge on its way through the browser. `staff_id` is empty when somebody signs in."""

    challenge: str
    staff_id: str
    expires_at: AwareDatetime


def offered(origin: str) -> bool:
    """Whether browsers allow passkeys at an address: a name over https, or the machine itself by its name."""
    url = urlsplit(origin)
    host = url.hostname or ""
    if host == "localhost":
        return True
    try:
        ip_address(host)
    except ValueError:
        return url.scheme == "https" and bool(host)
    return False


class Passkeys:
    """The ceremonies, and what is stored of them."""

    def __init__(self, database: Database, sealer: Sealer, people: People) -> None:
        self._database = database
        self._sealer = sealer
        self._people = people

    async def of(self, member: Member) -> tuple[StoredPasskey, ...]:
        """The passkeys of a member of staff."""
        return await self._database.read(passkeys.of_staff, member.id)

    async def begin_adding(self, member: Member, origin: str, now: datetime) -> dict[str, JsonValue]:
        """What the browser needs to make a passkey, and the sealed challenge to send back with it."""
        known = [each.credential for each in await self.of(member)]
        begun = _ceremony(origin).begin_adding(member.id, member.name, known)
        return self._wait(begun, member.id, now)

    async def add(self, member: Member, origin: str, given: Answer, now: datetime) -> None:
        """Keep the passkey that the browser made. Raises PasskeyRefused."""
        waiting = self._waiting(given.sealed, member.id, now)
        try:
            made = _ceremony(origin).add(waiting.challenge, given.answer)
        except (ValueError, TypeError, KeyError) as error:
            raise PasskeyRefused(type(error).__name__) from error
        new = StoredPasskey(
            id=made.id,
            staff_id=member.id,
            name=" ".join(given.name.split())[:LONGEST_NAME],
            credential=made.credential,
            counter=made.counter,
            created_at=now,
            used_at=None,
        )
        if not await self._database.run(_add, new, waiting, now):
            raise PasskeyRefused("known already, or too many")

    async def remove(self, member: Member, passkey_id: str, now: datetime) -> bool:
        """Forget a passkey; False when it is the only way in that is left."""
        return await self._database.run(_remove, member, passkey_id, now)

    def begin_sign_in(self, origin: str, now: datetime) -> dict[str, JsonValue]:
        """What the browser needs to sign in with any passkey of this site, and the sealed challenge."""
        return self._wait(_ceremony(origin).begin_sign_in(), "", now)

    async def sign_in(self, origin: str, given: Answer, address: str, now: datetime) -> str:
        """The cookie of a new session. Raises PasskeyRefused, or TooManyTries from this address."""
        await self._people.slow_down((f"address {address}",), now)
        try:
            return await self._sign_in(origin, given, now)
        except PasskeyRefused:
            await self._people.failed((f"address {address}",), "", now)
            raise

    async def _sign_in(self, origin: str, given: Answer, now: datetime) -> str:
        waiting = self._waiting(given.sealed, "", now)
        try:
            ceremony = _ceremony(origin)
            passkey = await self._database.read(passkeys.by_id, ceremony.named(given.answer))
            credential = None if passkey is None else passkey.credential
            counter, handle = ceremony.sign_in(waiting.challenge, given.answer, credential)
        except (ValueError, TypeError, KeyError) as error:
            raise PasskeyRefused(type(error).__name__) from error
        if passkey is None or (handle is not None and handle != passkey.staff_id.encode()):
            raise PasskeyRefused("unknown")
        cookie = secrets.token_urlsafe(32)
        if not await self._database.run(_begin, replace(passkey, counter=counter), waiting, hash_token(cookie), now):
            raise PasskeyRefused("used, copied or locked out")
        return cookie

    def _wait(self, begun: "Begun", staff_id: str, now: datetime) -> dict[str, JsonValue]:
        waiting = _Waiting(challenge=begun.challenge, staff_id=staff_id, expires_at=now + ANSWERED_WITHIN)
        return {"publicKey": begun.options, "sealed": self._sealer.token(waiting)}

    def _waiting(self, sealed: str, staff_id: str, now: datetime) -> _Waiting:
        try:
            waiting = self._sealer.of_token(_Waiting, sealed)
        except (SealBroken, ValueError) as error:
            raise PasskeyRefused("no challenge of ours") from error
        if waiting.staff_id != staff_id or now >= waiting.expires_at:
            raise PasskeyRefused("too late")
        return waiting


def _ceremony(origin: str) -> "Ceremony":
    from bot.web.console.ceremony import Ceremony  # noqa: PLC0415 - loaded when somebody uses a passkey

    return Ceremony(origin)


def _add(connection: sa.Connection, new: StoredPasskey, waiting: _Waiting, now: datetime) -> bool:
    if len(passkeys.of_staff(connection, new.staff_id)) >= MOST:
        return False
    if not passkeys.answered(connection, hash_token(waiting.challenge), waiting.expires_at, now):
        return False
    if not passkeys.add(connection, new):
        return False
    audit.append(connection, Act(new.staff_id, "passkey_added", detail=new.name), now)
    return True


def _remove(connection: sa.Connection, member: Member, passkey_id: str, now: datetime) -> bool:
    found = staff.by_id(connection, member.id)
    others = [each for each in passkeys.of_staff(connection, member.id) if each.id != passkey_id]
    if found is None or (found.sign_in is None and not others):
        return False
    if passkeys.remove(connection, passkey_id, member.id):
        audit.append(connection, Act(member.id, "passkey_removed"), now)
    return True


def _begin(
    connection: sa.Connection, passkey: StoredPasskey, waiting: _Waiting, cookie_hash: str, now: datetime
) -> bool:
    found = staff.by_id(connection, passkey.staff_id)
    if found is None or found.disabled_at is not None:
        return False
    if not passkeys.answered(connection, hash_token(waiting.challenge), waiting.expires_at, now):
        return False
    if not passkeys.use(connection, passkey.id, passkey.counter, now):
        return False
    staff.put_session(connection, cookie_hash, found.id, now)
    audit.append(connection, Act(found.id, "signed_in", detail="passkey"), now)
    return True
