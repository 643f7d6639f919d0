"""What is heard from an owner and what is said to one, the same on every channel.

A channel turns its own updates into `Heard` and draws `Say` as well as it can; see `bot.rendering`.
"""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """Base of plain data that crosses the border between the packages."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Attachment(Frozen):
    """A file that the owner sent, as the channel names it. `name` is untrusted text."""

    file_id: str
    name: str = ""
    media_type: str = ""
    size: int = Field(default=0, ge=0)


class Heard(Frozen):
    """One thing an owner did in a chat.

    `choice` is the data of a pressed button (`revision:action:arg`). `message_id` is the channel's
    id of the owner's message, so that an edit can be matched with what it first said.
    `phone_is_own` is true only when the channel vouches that the shared contact is the sender's.
    """

    kind: Literal["start", "text", "edited", "choice", "contact", "file", "location", "unsupported"]
    text: str = ""
    choice: str = ""
    phone: str = ""
    phone_is_own: bool = False
    files: tuple[Attachment, ...] = ()
    message_id: str = ""
    sender_name: str = ""
    language_hint: str = ""


class Tone(StrEnum):
    """How a button looks: the safe or usual one, the ordinary one, the destructive one."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


class Choice(Frozen):
    """A button. `action` and `arg` come back as `revision:action:arg` in 64 bytes.

    `kind` contact asks the channel for the owner's own phone number, url opens a page.
    """

    label: str = Field(min_length=1, max_length=64)
    action: str = Field(default="", max_length=20, pattern=r"^[a-z_.]*$")
    arg: str = Field(default="", max_length=36)
    kind: Literal["pick", "url", "contact"] = "pick"
    url: str = ""
    tone: Tone = Tone.PLAIN


class Fact(Frozen):
    """A line of a card: a label, a value, and where the value is from."""

    label: str
    value: str
    note: str = ""


class Say(Frozen):
    """One message to the owner.

    `slot` names a message that is kept up to date: with `replace`, a channel that can edit rewrites
    the last message of that slot, others send a new one. `revision` is stamped on its buttons.
    `rows` are buttons in rows. `private` asks the channel to protect the content from forwarding.
    """

    title: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()
    note: str = ""
    rows: tuple[tuple[Choice, ...], ...] = ()
    slot: str = ""
    replace: bool = False
    revision: int = 0
    private: bool = False
    toast: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All buttons in reading order: button n is typed as n."""
        return tuple(choice for row in self.rows for choice in row)
