"""Whoever sees what belongs to an owner is in the audit log, also when they ask for a piece of a page alone."""

from bot.web.console.guard import Room
from bot.web.console.people import SESSION_LIFETIME, Member
from integrations.database.queries import audit
from integrations.database.queries.audit import Act

VIEWED = "viewed"


async def log_piece(room: Room, member: Member, conversation_id: str) -> None:
    """Log a piece of a conversation's page as a view of it, unless the page itself was opened in this session."""
    now, act = room.parts.clock(), Act(member.id, VIEWED, conversation_id)
    if not await room.parts.database.read(audit.is_there, act, now - SESSION_LIFETIME):
        await room.parts.database.run(audit.append, act, now)
