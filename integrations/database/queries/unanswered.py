"""What owners asked and the articles did not answer: the masked lines that turns have noted for knowledge editors."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from integrations.database.tables import conversation, event

MARK = "unanswered: "
MOST = 20_000


@dataclass(frozen=True)
class Asked:
    """A question in an owner's words, the language of the conversation, and when it was asked."""

    question: str
    lang: str
    at: datetime


def since(connection: sa.Connection, begin: datetime) -> tuple[Asked, ...]:
    """The questions since a time, newest first, at most MOST."""
    found = (
        sa.select(event.c.text, conversation.c.lang, event.c.at)
        .join(conversation, conversation.c.id == event.c.conversation_id)
        .where(event.c.kind == "note", event.c.text.startswith(MARK), event.c.at >= begin)
        .order_by(event.c.at.desc(), event.c.id.desc())
        .limit(MOST)
    )
    return tuple(Asked(text.removeprefix(MARK), lang, at) for text, lang, at in connection.execute(found))
