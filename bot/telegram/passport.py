"""What an owner shares from Telegram Passport: decrypted, its hashes checked, and written in our own words.

The library decrypts; here it is read as values like those of an identity document. What cannot be opened is not heard.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from telegram import (
    Credentials,
    EncryptedPassportElement,
    FileCredentials,
    IdDocumentData,
    PassportData,
    PassportFile,
    PersonalDetails,
)
from telegram.error import PassportDecryptionError

from flows.messages import Attachment, SharedIdentity

SCAN = "passport|"
"""How the name of a scan begins: `passport|<type>|<side>|<hash>|<secret>|<file id>`, hash and secret in base64."""


@dataclass(frozen=True)
class Scan:
    """A scan as its name says it: the element and side it belongs to, and what opens it."""

    element: str
    side: str
    hash: str
    secret: str
    file_id: str


def read_scan(name: str) -> Scan | None:
    """What the name of a file says, when it is a scan."""
    parts = name.split("|", 5)
    if len(parts) != 6 or f"{parts[0]}|" != SCAN or parts[2] not in _SIDES:
        return None
    return Scan(*parts[1:])


_TYPES = {
    "identity_card": "national_id",
    "internal_passport": "national_id",
    "passport": "passport",
    "driver_license": "driving_licence",
}
_SIDES = ("front_side", "reverse_side")
_LONGEST = 200


def shared(data: PassportData) -> SharedIdentity | None:
    """What was shared; None when our key does not open it or it was tampered with."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # the library only warns of a hash that is wrong
        try:
            opened = data.decrypted_credentials
            nonce = opened.nonce
            elements = tuple(found for each in data.data if (found := _opened(each, opened)) is not None)
        except (PassportDecryptionError, UserWarning, ValueError, KeyError, TypeError, AttributeError):
            return None
    said = {name: text for each in elements for name, text in _said(each)}
    scans = tuple(scan for each in elements for scan in _scans(each))
    country = _code(next((each.data.country_code for each in elements if isinstance(each.data, PersonalDetails)), ""))
    return SharedIdentity(nonce=str(nonce), values=said, scans=scans, country=country)


def _opened(element: EncryptedPassportElement, credentials: Credentials) -> EncryptedPassportElement | None:
    """An element decrypted; None for one without what the library insists on, such as a document that never expires."""
    try:
        return EncryptedPassportElement.de_json_decrypted(element.to_dict(), element.get_bot(), credentials)
    except TypeError:
        return None


def _said(element: EncryptedPassportElement) -> Iterator[tuple[str, str]]:
    """The values of an element by the names they have on an identity document."""
    found = element.data
    if isinstance(found, PersonalDetails):
        name, born = _name(found), _day(found.birth_date)
        yield from (pair for pair in (("name", name), ("birth_date", born)) if pair[1])
    elif element.type in _TYPES and isinstance(found, IdDocumentData):
        number, until = _line(found.document_no), _day(found.expiry_date or "")
        if number:
            yield "id_type", _TYPES[element.type]
            yield "id_number", number
        if until:
            yield "valid_until", until


def _name(found: PersonalDetails) -> str:
    """The name as it is written at home, where it is given; Chinese names begin with the family."""
    native = [_line(each or "") for each in (found.last_name_native, found.first_name_native)]
    if all(native) and all("\u4e00" <= char <= "\u9fff" for char in "".join(native)):
        return "".join(native)
    return " ".join(filter(None, (_line(found.first_name), _line(found.middle_name or ""), _line(found.last_name))))


def _scans(element: EncryptedPassportElement) -> Iterator[Attachment]:
    """The pictures of a document, each with what opens it."""
    for side in _SIDES:
        file = getattr(element, side, None)
        opened = getattr(file, "_credentials", None)
        if isinstance(file, PassportFile) and isinstance(opened, FileCredentials):
            name = "|".join((SCAN.rstrip("|"), element.type, side, opened.hash, opened.secret, file.file_id))
            yield Attachment(file_id=name, media_type="image/jpeg", size=max(0, file.file_size or 0))


def _day(text: str) -> str:
    found = re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", text)
    if found is None:
        return ""
    try:
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return ""


def _code(text: str) -> str:
    return text if re.fullmatch(r"[A-Z]{2}", text) else ""


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:_LONGEST]
