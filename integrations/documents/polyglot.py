"""Files that are two things at once, or that bring programs: refused before any reader opens them."""

import re

from integrations.documents.document import Unreadable

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"II*\0", b"MM\0*", b"BM")
_HEIF = re.compile(rb"....ftyp(?:hei[cxms]|hev[cx]|mif1|msf1|avif|avis)", re.DOTALL)  # what phones call HEIC and AVIF
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_MARKUP = re.compile(rb"<\?php|<script\b|<!doctype html|<html\b", re.IGNORECASE)
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 66_000  # where a ZIP file's directory ends, with the longest comment after it
_AFTER_END = 4096  # bytes that may follow the end of a PDF
_MACROS = (b"vbaProject.bin", b"xl/macrosheets/", b"_VBA_PROJECT", b"V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0")


def is_picture(content: bytes) -> bool:
    """Whether a file begins as pictures do. What it is then is for its reader to say."""
    return content.startswith(_PICTURES) or is_heif(content)


def is_heif(content: bytes) -> bool:
    """Whether a file begins as HEIC and AVIF pictures do."""
    return _HEIF.match(content) is not None


def refuse(content: bytes) -> None:
    """Raise Unreadable (`mixed` or `macros`) for a file that only its reader would take for one thing."""
    if content.startswith(_PROGRAMS) and (content.startswith(b"#!") or b"\0" in content[:512]):
        raise Unreadable("unknown", "a program")
    head, tail = content[:2048], content[-_ZIP_TAIL:]
    if is_picture(content) and (b"%PDF-" in head or _ZIP_END in tail or _MARKUP.search(head)):
        raise Unreadable("mixed", "a picture and something else")
    if content[:1024].lstrip().startswith(b"%PDF-"):
        ends = content.rfind(b"%%EOF")
        if _ZIP_END in tail and ends >= 0 and content.rfind(_ZIP_END) > ends:
            raise Unreadable("mixed", "a PDF and an archive")
        if ends >= 0 and len(content) - ends > _AFTER_END:
            raise Unreadable("mixed", "a PDF with something after it")
    elif b"%PDF-" in head[:1024] and not content.startswith(b"PK"):
        raise Unreadable("mixed", "a PDF behind something else")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) and any(mark in content for mark in _MACROS):
        raise Unreadable("macros", "a workbook with macros")
