"""Lenders that may call us, and the applications they were given."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from pydantic import AwareDatetime

from flows.application.lifecycle import Status, is_final
from flows.application.values import Application
from flows.consent import Consent
from flows.messages import Frozen
from integrations.database import dialect
from integrations.database.tables import application, event, lender, lender_system


class Packet(Frozen):
    """A submitted application as the lender gets it: exactly what was signed, and the consents behind it."""

    application: Application
    lender: str
    consents: tuple[Consent, ...]
    submitted_at: AwareDatetime


@dataclass(frozen=True)
class StoredLender:
    """A lender; `secrets` is sealed text, one `whsec_` secret per line, newest first."""

    id: str
    name: str
    secrets: bytes
    token_hash: str
    created_at: datetime


@dataclass(frozen=True)
class StoredSystem:
    """How a lender's system speaks, and where it is asked when it cannot push; `poll_token` is sealed text."""

    lender_id: str
    dialect: str
    poll_url: str | None = None
    poll_token: bytes | None = None


@dataclass(frozen=True)
class StoredApplication:
    """A submitted application; `packet` is a sealed Packet."""

    id: str
    conversation_id: str
    lender: str
    status: str
    submitted_at: datetime
    packet: bytes


@dataclass(frozen=True)
class Push:
    """An event that a lender sent; `body` is a sealed LenderPushed, None after an erasure."""

    conversation_id: str
    at: datetime
    body: bytes | None


def put(connection: sa.Connection, new: StoredLender) -> None:
    """Store a lender, or its new secrets."""
    dialect.upsert(connection, lender, [vars(new)], ("id",))


def find(connection: sa.Connection, lender_id: str) -> StoredLender | None:
    """A lender by id."""
    row = connection.execute(sa.select(*lender.c).where(lender.c.id == lender_id)).one_or_none()
    return None if row is None else StoredLender(*row)


def every(connection: sa.Connection) -> tuple[StoredLender, ...]:
    """All lenders by id."""
    return tuple(StoredLender(*row) for row in connection.execute(sa.select(*lender.c).order_by(lender.c.id)))


def put_system(connection: sa.Connection, new: StoredSystem) -> None:
    """Store how a lender's system speaks."""
    dialect.upsert(connection, lender_system, [vars(new)], ("lender_id",))


def system_of(connection: sa.Connection, lender_id: str) -> StoredSystem | None:
    """How a lender's system speaks; None when nothing was said about it."""
    row = connection.execute(sa.select(*lender_system.c).where(lender_system.c.lender_id == lender_id)).one_or_none()
    return None if row is None else StoredSystem(*row)


def asked(connection: sa.Connection) -> tuple[StoredSystem, ...]:
    """The systems of lenders that are asked because they cannot push."""
    found = sa.select(*lender_system.c).where(lender_system.c.poll_url.is_not(None)).order_by(lender_system.c.lender_id)
    return tuple(StoredSystem(*row) for row in connection.execute(found))


def open_applications(connection: sa.Connection, lender_id: str) -> tuple[StoredApplication, ...]:
    """The applications of a lender that can still change, the oldest first."""
    final = [status.value for status in Status if is_final(status)]
    found = sa.select(*application.c).where(application.c.lender == lender_id, application.c.status.not_in(final))
    return tuple(StoredApplication(*row) for row in connection.execute(found.order_by(application.c.submitted_at)))


def put_application(connection: sa.Connection, new: StoredApplication) -> None:
    """Store a submitted application; a repeated submission replaces its packet."""
    dialect.upsert(connection, application, [vars(new)], ("id",))


def set_status(connection: sa.Connection, application_id: str, status: str) -> None:
    """Write the status that the owner sees."""
    connection.execute(
        sa.update(application)
        .where(application.c.id == application_id, application.c.status != status)
        .values(status=status)
    )


def find_application(connection: sa.Connection, application_id: str) -> StoredApplication | None:
    """A submitted application by id."""
    row = connection.execute(sa.select(*application.c).where(application.c.id == application_id)).one_or_none()
    return None if row is None else StoredApplication(*row)


def latest_application(connection: sa.Connection, conversation_id: str) -> StoredApplication | None:
    """The application that a conversation submitted last."""
    row = connection.execute(
        sa.select(*application.c)
        .where(application.c.conversation_id == conversation_id)
        .order_by(application.c.submitted_at.desc(), application.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else StoredApplication(*row)


def pushes(connection: sa.Connection, lender_id: str, limit: int) -> tuple[Push, ...]:
    """The latest events of a lender, oldest first."""
    found = connection.execute(
        sa.select(event.c.conversation_id, event.c.at, event.c.body)
        .where(event.c.origin == f"lender:{lender_id}")
        .order_by(event.c.id.desc())
        .limit(limit)
    )
    return tuple(Push(*row) for row in found)[::-1]
