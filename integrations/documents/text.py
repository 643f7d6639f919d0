"""Bytes to text: UTF-8 and UTF-16 with their marks, GB18030 as Chinese banks write it, else Windows Latin."""

import codecs
import re

from integrations.documents.document import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH = re.compile(rb"[\x80-\xff]+")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PAIRED = 0.9
_PADDING = " \t\r\n\u3000\xa0`'"


def decode(content: bytes) -> str:
    """The text of a file. Raises Unreadable when it is none."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, name)
    if b"\0" in content:
        raise Unreadable("unknown", "binary")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode(_guess(content), "replace")


def plain(text: str) -> str:
    """A cell without padding, invisible and control characters, and Excel's ="…" around it."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    text = text.strip(_PADDING)
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip()
    return text


def _strictly(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise Unreadable("damaged", name) from error


def _guess(content: bytes) -> str:
    """GB18030 when high bytes come in pairs, as Chinese does; in Latin text they stand alone between letters."""
    runs = [len(run) for run in _HIGH.findall(content[:200_000])]
    paired = sum(run for run in runs if run > 1)
    return "gb18030" if paired >= _PAIRED * sum(runs) else "cp1252"
