"""The tables of staff and of their desk. Statements are written against the Core tables below."""

import sqlalchemy as sa
from pydantic import AwareDatetime
from sqlmodel import Field

from integrations.database.base import BIG, SEALED, Base


class Staff(Base, table=True):
    """A member of staff. `sign_in` is sealed: the hash of the password, and the second factor."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    first_name: str
    role: str
    lang: str
    sign_in: bytes | None = Field(default=None, sa_type=SEALED)
    created_at: AwareDatetime
    disabled_at: AwareDatetime | None = None


class StaffLink(Base, table=True):
    """A one-time login link, by the hash of its token."""

    __tablename__ = "staff_link"

    token_hash: str = Field(primary_key=True)
    staff_id: str = Field(foreign_key="staff.id", index=True)
    expires_at: AwareDatetime
    used_at: AwareDatetime | None = None


class StaffSession(Base, table=True):
    """A browser that is signed in, by the hash of its cookie."""

    __tablename__ = "staff_session"

    token_hash: str = Field(primary_key=True)
    staff_id: str = Field(foreign_key="staff.id", index=True)
    created_at: AwareDatetime
    seen_at: AwareDatetime


class StaffTry(Base, table=True):
    """A login that failed; `who` is the hash of the name or of the address that tried."""

    __tablename__ = "staff_try"
    __table_args__ = (sa.Index("ix_staff_try_who", "who", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG)
    who: str
    at: AwareDatetime


class StaffPasskey(Base, table=True):
    """A passkey of a member of staff. `credential` is what the authenticator attested: its id and public key.

    `counter` is the highest count of signatures seen; authenticators that keep none say 0.
    """

    __tablename__ = "staff_passkey"

    id: str = Field(primary_key=True)
    staff_id: str = Field(foreign_key="staff.id", index=True)
    name: str
    credential: bytes = Field(sa_type=sa.LargeBinary())
    counter: int = Field(sa_type=BIG)
    created_at: AwareDatetime
    used_at: AwareDatetime | None = None


class StaffChallenge(Base, table=True):
    """A challenge that a passkey has answered, by its hash: until it expires it does not count again."""

    __tablename__ = "staff_challenge"

    id: str = Field(primary_key=True)
    expires_at: AwareDatetime = Field(index=True)


class Reply(Base, table=True):
    """A ready reply in one language, as supervisors wrote it; with an empty text it is not offered.

    `next_act` is what happens to the conversation once it is sent: empty for nothing, else a name of `acts.NEXT`.
    """

    key: str = Field(primary_key=True)
    lang: str = Field(primary_key=True)
    title: str
    text: str
    next_act: str = ""


class Presence(Base, table=True):
    """Who has a conversation open, until when that counts, and until when they count as typing."""

    __table_args__ = (sa.Index("ix_presence_until", "until"),)

    conversation_id: str = Field(primary_key=True)
    staff_id: str = Field(primary_key=True)
    until: AwareDatetime
    typing_until: AwareDatetime | None = None


class Seen(Base, table=True):
    """How far a member of staff has read a conversation's log."""

    staff_id: str = Field(primary_key=True, foreign_key="staff.id")
    conversation_id: str = Field(primary_key=True, foreign_key="conversation.id")
    seq: int


class Audit(Base, table=True):
    """Who saw or did what. Each row holds the hash of the one before, so that none can be changed or taken out."""

    id: int = Field(primary_key=True, sa_type=BIG)
    at: AwareDatetime
    staff_id: str
    act: str
    conversation_id: str = Field(default="", index=True)
    detail: str = ""
    previous: str
    hash: str


class AuditHead(Base, table=True):
    """The end of the audit log: one row, locked by whoever appends."""

    __tablename__ = "audit_head"

    id: int = Field(primary_key=True)
    last: int = Field(sa_type=BIG)
    hash: str


staff = Base.metadata.tables["staff"]
staff_link = Base.metadata.tables["staff_link"]
staff_session = Base.metadata.tables["staff_session"]
staff_try = Base.metadata.tables["staff_try"]
staff_passkey = Base.metadata.tables["staff_passkey"]
staff_challenge = Base.metadata.tables["staff_challenge"]
reply = Base.metadata.tables["reply"]
presence = Base.metadata.tables["presence"]
seen = Base.metadata.tables["seen"]
audit = Base.metadata.tables["audit"]
audit_head = Base.metadata.tables["audit_head"]
