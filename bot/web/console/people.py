"""Staff: adding them, their one-time links, sessions, and logins that fail."""

import asyncio
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.web.console import sign_in
from bot.web.console.roles import Role
from bot.web.console.sign_in import SignIn
from flows.errors import LendlineError
from flows.texts import LANGUAGES
from integrations.database.engine import Database
from integrations.database.queries import audit, staff
from integrations.database.queries.audit import Act
from integrations.database.queries.staff import StoredStaff
from integrations.database.sealing import Sealer

LINK_LIFETIME = timedelta(hours=24)
SESSION_LIFETIME = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
TOUCHED_EVERY = timedelta(minutes=1)
TRIES, TRIES_WINDOW = 8, timedelta(minutes=15)
SYSTEM = "system"
_NAME = re.compile(r"[^\x00-\x1f\x7f<>]{1,60}")


@dataclass
class StaffExists(LendlineError):
    """There is somebody of this name. Choose another name, or make a new link."""

    name: str

    def __str__(self) -> str:
        return f"there is a member of staff called {self.name} already; `lendline staff link` makes a new login link"


@dataclass
class StaffUnknown(LendlineError):
    """There is nobody of this name."""

    name: str

    def __str__(self) -> str:
        return f"there is no member of staff called {self.name}"


@dataclass
class WrongName(LendlineError):
    """A name that cannot be shown."""

    name: str

    def __str__(self) -> str:
        return f"{self.name!r} is no name: use 1 to 60 characters, without < and >"


@dataclass(frozen=True)
class Member:
    """A member of staff who is signed in; `session` is the hash of the cookie."""

    id: str
    name: str
    first_name: str
    role: Role
    lang: str
    session: str
    set_up: bool


class People:
    """Everything about staff that is stored."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    async def add(self, name: str, role: Role, now: datetime, *, by: str = SYSTEM, lang: str = LANGUAGES[0]) -> str:
        """Add a member of staff and give the token of a one-time link. Raises WrongName or StaffExists."""
        name = " ".join(name.split())
        if not _NAME.fullmatch(name):
            raise WrongName(name)
        token = secrets.token_urlsafe(32)
        new = StoredStaff(f"s-{secrets.token_hex(6)}", name, first_name(name), role, lang, None, now, None)
        await self._database.run(_add, new, hash_token(token), by, now)
        return token

    async def link(self, name: str, now: datetime, *, by: str = SYSTEM) -> str:
        """The token of a new one-time link, for somebody who cannot sign in. Raises StaffUnknown."""
        token = secrets.token_urlsafe(32)
        await self._database.run(_link, name, hash_token(token), by, now)
        return token

    async def enter(self, token: str, now: datetime) -> str | None:
        """Use a one-time link up: the cookie of a new session, or None when the link is not good any more."""
        cookie = secrets.token_urlsafe(32)
        entered = await self._database.run(_enter, hash_token(token), hash_token(cookie), now)
        return cookie if entered else None

    async def log_in(self, name: str, password: str, code: str, address: str, now: datetime) -> str | None:
        """Sign in with password and code: the cookie of a new session, or None. Raises TooManyTries."""
        tried = (f"name {name.lower()}", f"address {address}")
        await self.slow_down(tried, now)
        found = await self._database.read(staff.by_name, name)
        stored = self._stored(found)
        fits = await asyncio.to_thread(sign_in.password_fits, stored, password[: sign_in.LONGEST])
        step = None if stored is None else sign_in.step_of(stored.totp_secret, code, now, after=stored.last_step)
        if found is None or stored is None or not fits or step is None or found.disabled_at is not None:
            await self.failed(tried, found.id if found is not None else "", now)
            return None
        cookie = secrets.token_urlsafe(32)
        sealed = self._sealer.seal(stored.model_copy(update={"last_step": step}))
        taken = await self._database.run(_begin, found, sealed, hash_token(cookie), now)
        return cookie if taken else None

    async def slow_down(self, who: tuple[str, ...], now: datetime) -> None:
        """Refuse a login when too many have failed for a name or from an address. Raises TooManyTries."""
        if await self._database.read(_tries, tuple(map(hash_token, who)), now) >= TRIES:
            raise TooManyTries(TRIES_WINDOW)

    async def failed(self, who: tuple[str, ...], staff_id: str, now: datetime) -> None:
        """Remember a login that failed."""
        await self._database.run(_failed, tuple(map(hash_token, who)), staff_id, now)

    async def set_up(self, member: Member, password: str, secret: str, code: str, now: datetime) -> bool:
        """Keep a new password and second factor; False when the code does not fit. Other sessions end."""
        step = sign_in.step_of(secret, code, now)
        if step is None:
            return False
        hashed = await asyncio.to_thread(sign_in.hash_of, password)
        new = SignIn(password_hash=hashed, totp_secret=secret, last_step=step)
        await self._database.run(_set_up, member, self._sealer.seal(new), now)
        return True

    async def of_cookie(self, cookie: str, now: datetime, *, alone: bool = False) -> Member | None:
        """Who a cookie belongs to; None when the session is over. What a page asks for `alone` does not prolong it."""
        token_hash = hash_token(cookie)
        stored = await self._database.read(staff.session, token_hash)
        if stored is None or stored.staff.disabled_at is not None:
            return None
        if now >= stored.created_at + SESSION_LIFETIME or now >= stored.seen_at + SESSION_IDLE:
            await self._database.run(staff.end_session, token_hash)
            return None
        if not alone and now >= stored.seen_at + TOUCHED_EVERY:
            await self._database.run(staff.touch, token_hash, now)
        who = stored.staff
        return Member(who.id, who.name, who.first_name, Role(who.role), who.lang, token_hash, stored.ready)

    async def everybody(self) -> tuple[StoredStaff, ...]:
        """All staff, by name."""
        return await self._database.read(staff.everybody)

    async def ready(self) -> frozenset[str]:
        """The ids of those who can sign in by themselves."""
        return await self._database.read(staff.ready)

    async def choose_language(self, member: Member, lang: str) -> None:
        """Keep the language of a member of staff."""
        await self._database.run(staff.change, member.id, lang=lang)

    async def change_role(self, staff_id: str, role: Role, by: Member, now: datetime) -> None:
        """Give somebody another role, from now on also where they are signed in."""
        await self._database.run(
            _change, staff_id, Act(by.id, "role_changed", detail=f"{staff_id} {role}"), now, role=role
        )

    async def let_in(self, staff_id: str, by: Member, now: datetime, *, let: bool) -> None:
        """Lock somebody out, which ends their sessions at once, or let them in again."""
        act = Act(by.id, "let_in" if let else "locked_out", detail=staff_id)
        await self._database.run(_change, staff_id, act, now, disabled_at=None if let else now)

    async def nobody_yet(self) -> bool:
        """Whether nobody has ever been added."""
        return not await self._database.read(staff.everybody)

    def _stored(self, found: StoredStaff | None) -> SignIn | None:
        if found is None or found.sign_in is None:
            return None
        return self._sealer.unseal(SignIn, found.sign_in)


@dataclass
class TooManyTries(LendlineError):
    """Too many logins failed for this name or from this address. Wait."""

    window: timedelta

    def __str__(self) -> str:
        return "too many logins have failed; wait a while"


def first_name(name: str) -> str:
    """What owners call a member of staff: the first word, or a Chinese name as a whole."""
    return name.split(maxsplit=1)[0]


def hash_token(token: str) -> str:
    """The stored form of a random token or cookie; it has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _add(connection: sa.Connection, new: StoredStaff, token_hash: str, by: str, now: datetime) -> None:
    if staff.by_name(connection, new.name) is not None:
        raise StaffExists(new.name)
    staff.add(connection, new)
    staff.put_link(connection, token_hash, new.id, now + LINK_LIFETIME)
    audit.append(connection, Act(by, "staff_added", detail=f"{new.id} {new.role}"), now)


def _link(connection: sa.Connection, name: str, token_hash: str, by: str, now: datetime) -> None:
    found = staff.by_name(connection, name)
    if found is None:
        raise StaffUnknown(name)
    staff.put_link(connection, token_hash, found.id, now + LINK_LIFETIME)
    audit.append(connection, Act(by, "link_made", detail=found.id), now)


def _enter(connection: sa.Connection, token_hash: str, cookie_hash: str, now: datetime) -> bool:
    staff_id = staff.use_link(connection, token_hash, now)
    found = None if staff_id is None else staff.by_id(connection, staff_id)
    if found is None or found.disabled_at is not None:
        return False
    staff.put_session(connection, cookie_hash, found.id, now)
    audit.append(connection, Act(found.id, "signed_in", detail="link"), now)
    return True


def _begin(connection: sa.Connection, found: StoredStaff, sealed: bytes, cookie_hash: str, now: datetime) -> bool:
    """Begin a session, unless the same code has been used since it was checked."""
    now_stored = staff.by_id(connection, found.id)
    if now_stored is None or now_stored.sign_in != found.sign_in or now_stored.disabled_at is not None:
        return False
    staff.change(connection, found.id, sign_in=sealed)
    staff.put_session(connection, cookie_hash, found.id, now)
    audit.append(connection, Act(found.id, "signed_in", detail="password"), now)
    return True


def _set_up(connection: sa.Connection, member: Member, sealed: bytes, now: datetime) -> None:
    staff.change(connection, member.id, sign_in=sealed)
    staff.end_sessions(connection, member.id, but=member.session)
    audit.append(connection, Act(member.id, "sign_in_set"), now)


def _change(connection: sa.Connection, /, staff_id: str, act: Act, now: datetime, **values: object) -> None:
    staff.change(connection, staff_id, **values)
    if values.get("disabled_at") is not None:
        staff.end_sessions(connection, staff_id)
    audit.append(connection, act, now)


def _tries(connection: sa.Connection, keys: tuple[str, ...], now: datetime) -> int:
    return max(staff.tries(connection, key, now - TRIES_WINDOW) for key in keys)


def _failed(connection: sa.Connection, keys: tuple[str, ...], staff_id: str, now: datetime) -> None:
    for key in keys:
        staff.note_try(connection, key, now, forget_before=now - TRIES_WINDOW)
    audit.append(connection, Act(staff_id or SYSTEM, "login_failed"), now)
