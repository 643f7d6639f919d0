"""Draws what is said within what a channel can show: pure, loses nothing, breaks no limit.

Too many or too long buttons become numbered lines, a page that cannot be opened by a button becomes
its address, a long text becomes several messages. Bold is kept as spans; the channel writes markup.
"""

import re
import unicodedata
from dataclasses import dataclass

from bot.channels import Can
from flows.errors import LendlineError
from flows.messages import Choice, Fact, Say, Tone

# Control characters, halves of characters, and the invisible ones that turn the reading direction:
# in text from outside those can disguise what is said.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")
_JOINER = "\u200d"


@dataclass
class Undrawable(LendlineError):
    """A `Say` that no channel may send as it is. It is our own mistake, never the owner's."""

    reason: str

    def __str__(self) -> str:
        return f"this message cannot be drawn: {self.reason}"


@dataclass(frozen=True)
class Span:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Button:
    """A button as drawn: it sends `data` back, opens `url`, or shares the owner's phone number."""

    label: str
    data: str = ""
    url: str = ""
    contact: bool = False
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Rendered:
    """One message of a channel, without markup."""

    spans: tuple[Span, ...]
    rows: tuple[tuple[Button, ...], ...] = ()

    @property
    def text(self) -> str:
        """The text a person reads, without weights."""
        return "".join(span.text for span in self.spans)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons in reading order."""
        return tuple(button for row in self.rows for button in row)


def render(say: Say, can: Can) -> tuple[Rendered, ...]:
    """The messages that say it on a channel that `can`; the buttons are on the last one.

    Empty when there is nothing to say. Raises Undrawable when the data of a button is longer than the
    channel carries.
    """
    buttons, lines = _choices(say, can)
    blocks = _blocks(say, can)
    if lines or (buttons and not blocks):
        blocks.append([Span("\n".join(lines or [button.label for row in buttons for button in row]))])
    spans = _joined(blocks)
    parts = _split(spans, can.text)
    return tuple(Rendered(part, buttons if number == len(parts) else ()) for number, part in enumerate(parts, start=1))


def data_of(choice: Choice, revision: int) -> str:
    """What a pressed button sends back."""
    return f"{revision}:{choice.action}:{choice.arg}"


def width(text: str) -> int:
    """Length in UTF-16 units: the strictest way in which a channel may count characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def line(text: str) -> str:
    """Text from outside as one harmless line: no control characters, no turned direction, no line break."""
    return " ".join(clean(text).split())


# Buttons


def _choices(say: Say, can: Can) -> tuple[tuple[tuple[Button, ...], ...], list[str]]:
    """The rows of buttons, and the lines for what cannot be one."""
    wanted = [choice for choice in say.choices if choice.kind != "contact" or can.contact]
    picks = [choice for choice in wanted if choice.kind == "pick"]
    pages = [choice for choice in wanted if choice.kind == "url"]
    fits = len(wanted) <= can.buttons and all(width(line(choice.label)) <= can.button for choice in wanted)
    numbered = [f"{number}. {line(choice.label)}" for number, choice in enumerate(picks, start=1)]
    addresses = [f"{_labelled(line(choice.label))}{choice.url}" for choice in pages]
    if fits and can.url:
        return _rows(say, can, ("pick", "url", "contact")), []
    if fits:
        return _rows(say, can, ("pick", "contact")), addresses
    # Sharing a phone number has no words that could be typed instead, so its button stays if it can.
    contact = [button for row in _rows(say, can, ("contact",)) for button in row if width(button.label) <= can.button]
    return ((contact[0],),) if contact and can.buttons else (), [*numbered, *addresses]


def _rows(say: Say, can: Can, kinds: tuple[str, ...]) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    for row in say.rows:
        kept = [_button(choice, say.revision, can) for choice in row if choice.kind in kinds]
        if not can.contact:
            kept = [button for button in kept if not button.contact]
        rows.extend(tuple(kept[start : start + can.per_row]) for start in range(0, len(kept), max(1, can.per_row)))
    return tuple(rows)


def _button(choice: Choice, revision: int, can: Can) -> Button:
    label = line(choice.label) or "…"
    if choice.kind == "contact":
        return Button(label, contact=True, tone=choice.tone)
    if choice.kind == "url":
        return Button(label, url=choice.url, tone=choice.tone)
    data = data_of(choice, revision)
    if len(data.encode()) > can.data_bytes:
        raise Undrawable(f"the button {choice.action!r} carries {len(data.encode())} bytes, {can.data_bytes} at most")
    return Button(label, data=data, tone=choice.tone)


# Text


def _blocks(say: Say, can: Can) -> list[list[Span]]:
    """The paragraphs of a message, each of one or more spans."""
    blocks: list[list[Span]] = []
    if title := line(say.title):
        blocks.append([Span(title, can.bold)])
    blocks.extend([Span(text)] for text in (line(say.toast), clean(say.text).strip()) if text)
    if facts := [spans for fact in say.facts if (spans := _fact(fact, can))]:
        blocks.append([span for number, spans in enumerate(facts) for span in ([Span("\n")] if number else []) + spans])
    if note := clean(say.note).strip():
        blocks.append([Span(note)])
    return blocks


def _fact(fact: Fact, can: Can) -> list[Span]:
    label, value, note = line(fact.label), line(fact.value), line(fact.note)
    spans = [Span(_labelled(label))] if label else []
    if value:
        spans.append(Span(value, can.bold))
    if note:
        spans.append(Span(f"（{note}）" if _is_wide(note) else f" ({note})"))
    return spans


def _labelled(label: str) -> str:
    """A label with the colon of its script."""
    if not label or label[-1] in ":：?？":
        return f"{label} " if label else ""
    return f"{label}：" if _is_wide(label) else f"{label}: "


def _is_wide(text: str) -> bool:
    """Whether a text is Chinese, so that full-width punctuation belongs around it."""
    return any(unicodedata.east_asian_width(char) in {"W", "F"} for char in text)


def _joined(blocks: list[list[Span]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for number, block in enumerate(blocks):
        spans.extend([Span("\n\n")] if number else [])
        spans.extend(block)
    return tuple(spans)


def clean(text: str) -> str:
    """Text from outside with its line breaks, without control characters or turned direction."""
    return _UNWANTED.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


# Long texts


def _split(spans: tuple[Span, ...], limit: int) -> list[tuple[Span, ...]]:
    text = "".join(span.text for span in spans)
    parts: list[tuple[Span, ...]] = []
    start = 0
    while start < len(text):
        start += len(text[start:]) - len(text[start:].lstrip())
        end = start + _cut(text[start:], limit)
        if kept := text[start:end].rstrip():
            parts.append(_slice(spans, start, start + len(kept)))
        start = end
    return parts


def _cut(text: str, limit: int) -> int:
    """Where to end a part: after a paragraph if that is not far too early, else a line, a sentence, a word."""
    if width(text) <= limit:
        return len(text)
    longest = limit
    while width(text[:longest]) > limit:
        longest -= max(1, (width(text[:longest]) - limit) // 2)
    # A separator just behind the limit is dropped with the cut, so it may be looked for there.
    for pattern in ("\n\n+", "\n", "[。！？；!?;] ?|[.] ", " "):
        ends = [found.end() for found in re.finditer(pattern, text[: longest + 1]) if found.end() <= longest]
        if ends and ends[-1] > longest // 4:
            return ends[-1]
    return _whole(text, max(1, longest))


def _whole(text: str, end: int) -> int:
    """The last place at or before `end` that does not tear a character from its marks."""
    for place in range(end, max(1, end - 16), -1):
        after = text[place]
        if not unicodedata.combining(after) and after not in {_JOINER, "\ufe0f"} and text[place - 1] != _JOINER:
            return place
    return end


def _slice(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    kept: list[Span] = []
    at = 0
    for span in spans:
        low, high = max(start - at, 0), min(end - at, len(span.text))
        if low < high:
            kept.append(Span(span.text[low:high], span.bold))
        at += len(span.text)
    return tuple(kept)
