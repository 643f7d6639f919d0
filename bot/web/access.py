"""How a lender proves who it is: webhook secrets kept sealed, and a bearer token kept as its hash."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from flows.errors import LendlineError
from integrations.database.engine import Database
from integrations.database.queries import lenders
from integrations.database.queries.lenders import StoredLender
from integrations.database.sealing import Sealer
from integrations.lenders import packet_signature, signature

MOST_SECRETS = 3  # the newest and those that it replaces
LENDER_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)


@dataclass
class LenderExists(LendlineError):
    """A lender of this id has its secret already; a new one would cut it off. Stop."""

    lender_id: str

    def __str__(self) -> str:
        return f"the lender {self.lender_id} exists already; its secret is shown only once, when it is added"


@dataclass
class WrongLenderId(LendlineError):
    """An id that cannot stand in an address. Ask again."""

    lender_id: str

    def __str__(self) -> str:
        return f"{self.lender_id!r} is not a lender id: use up to 40 of a-z, 0-9, - and _"


@dataclass
class NoSuchLender(LendlineError):
    """There is no lender of this id. Ask again."""

    lender_id: str

    def __str__(self) -> str:
        return f"there is no lender {self.lender_id}; add it with `lendline lender add {self.lender_id}`"


@dataclass(frozen=True)
class Credentials:
    """What a lender is given once and must keep: the secret it signs with, the token it reads packets with.

    `packet_key` is public: our signature of a packet is checked with it.
    """

    lender_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    packet_key: str


async def register(database: Database, sealer: Sealer, lender_id: str, name: str, now: datetime) -> Credentials:
    """Let a lender call us. Raises WrongLenderId or LenderExists."""
    if not LENDER_ID.fullmatch(lender_id):
        raise WrongLenderId(lender_id)
    packet_key = packet_signature.public_key(sealer.derived(packet_signature.PURPOSE)[0])
    new = Credentials(lender_id, signature.new_secret(), secrets.token_urlsafe(32), packet_key)
    sealed = sealer.seal_text(new.secret)
    await database.run(_add, StoredLender(lender_id, name, sealed, hash_token(new.token), now))
    return new


async def renew_secret(database: Database, sealer: Sealer, lender_id: str) -> str:
    """Put a new secret in front; the others still count. Raises NoSuchLender."""
    fresh = signature.new_secret()

    def put(connection: sa.Connection) -> None:
        stored = _known(connection, lender_id)
        kept = secrets_of(stored, sealer)[: MOST_SECRETS - 1]
        sealed = sealer.seal_text("\n".join((fresh, *kept)))
        lenders.put(connection, replace(stored, secrets=sealed))

    await database.run(put)
    return fresh


async def finish_rotation(database: Database, sealer: Sealer, lender_id: str) -> int:
    """Keep only the newest secret; how many were dropped. Raises NoSuchLender."""

    def put(connection: sa.Connection) -> int:
        stored = _known(connection, lender_id)
        newest, *old = secrets_of(stored, sealer)
        lenders.put(connection, replace(stored, secrets=sealer.seal_text(newest)))
        return len(old)

    return await database.run(put)


async def renew_token(database: Database, lender_id: str) -> str:
    """Replace the token that reads packets; the old one ends. Raises NoSuchLender."""
    fresh = secrets.token_urlsafe(32)

    def put(connection: sa.Connection) -> None:
        lenders.put(connection, replace(_known(connection, lender_id), token_hash=hash_token(fresh)))

    await database.run(put)
    return fresh


def hash_token(token: str) -> str:
    """The stored form of a bearer token. It has 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def opens(stored: StoredLender | None, token: str) -> bool:
    """Whether a bearer token is this lender's; takes as long for a lender that does not exist."""
    known = stored.token_hash if stored is not None else hash_token("")
    return hmac.compare_digest(known, hash_token(token)) and stored is not None


def secrets_of(stored: StoredLender, sealer: Sealer) -> tuple[str, ...]:
    """The webhook secrets of a lender, newest first. Raises SealBroken."""
    return tuple(sealer.unseal_text(stored.secrets).split())


def _known(connection: sa.Connection, lender_id: str) -> StoredLender:
    stored = lenders.find(connection, lender_id)
    if stored is None:
        raise NoSuchLender(lender_id)
    return stored


def _add(connection: sa.Connection, new: StoredLender) -> None:
    if lenders.find(connection, new.id) is not None:
        raise LenderExists(new.id)
    lenders.put(connection, new)
