"""What is heard from an owner and what is said to one, the same on every channel.

A channel turns its own updates into `Heard` and draws `Say` as well as it can; see `bot.rendering`.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

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


class SharedIdentity(Frozen):
    """What an owner shared from the messenger's own store of identity documents, which the messenger vouches for.

    `nonce` is the one that it was asked for with. `values` have the names they have on an identity document, `scans`
    are its pictures. `country` (ISO 3166-1 alpha-2) is the owner's.
    """

    nonce: str
    values: dict[str, str] = Field(default_factory=dict, max_length=20)
    scans: tuple[Attachment, ...] = Field(default=(), max_length=8)
    country: str = ""


class Heard(Frozen):
    """One thing an owner did in a chat.

    `choice` is the data of a pressed button (`revision:action:arg`). `message_id` is the channel's
    id of the owner's message, so that an edit can be matched with what it first said.
    `phone_is_own` is true only when the channel vouches that the shared contact is the sender's.
    """

    kind: Literal["start", "text", "edited", "choice", "contact", "file", "identity", "location", "unsupported"]
    text: str = ""
    choice: str = ""
    phone: str = ""
    phone_is_own: bool = False
    files: tuple[Attachment, ...] = ()
    identity: SharedIdentity | None = None
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


class Table(Frozen):
    """A table of a paper: headings of its columns and rows of as many cells; `name` stands above it."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Paper(Frozen):
    """A paper to keep, drawn as a PDF when it is sent. `name` is its file name without ending: ours, never the owner's.

    `tables` stand below the facts, `notes` are paragraphs at its end, `lang` decides the typesetting.
    """

    kind: Literal["paper"] = "paper"
    name: str = Field(pattern=r"^[A-Za-z0-9-]{1,60}$")
    lang: str
    title: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


class ChartRow(Frozen):
    """One row of a comparing chart: `values` as columns in time, `total` as a bar, each with its words."""

    label: str
    note: str = ""
    values: tuple[Decimal, ...]
    shown: str
    total: Decimal
    total_shown: str


class Chart(Frozen):
    """A picture that puts rows side by side on common scales, drawn as a PNG when it is sent.

    `words` says the same for who does not see it; `across` and `total` head its two halves.
    """

    kind: Literal["chart"] = "chart"
    name: str = Field(pattern=r"^[A-Za-z0-9-]{1,60}$")
    lang: str
    title: str
    across: str
    total: str
    rows: tuple[ChartRow, ...]
    note: str = ""
    words: str


class CreditReport(Frozen):
    """The owner's credit report, drawn as a PDF when it is sent. `data` is the laid out report as JSON."""

    kind: Literal["report"] = "report"
    name: str = Field(pattern=r"^[A-Za-z0-9-]{1,60}$")
    lang: str
    data: str


Enclosure = Annotated[Paper | Chart | CreditReport, Field(discriminator="kind")]


class Say(Frozen):
    """One message to the owner.

    `slot` names a message that is kept up to date: with `replace`, a channel that can edit rewrites
    the last message of that slot, others send a new one. `revision` is stamped on its buttons.
    `rows` are buttons in rows. `private` asks the channel to protect the content from forwarding. `enclosed` is a file
    that goes with it; a message with one is never rewritten.
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
    enclosed: Enclosure | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All buttons in reading order: button n is typed as n."""
        return tuple(choice for row in self.rows for choice in row)
