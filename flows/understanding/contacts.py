"""Phone numbers (to E.164) and e-mail addresses."""

import re
from dataclasses import dataclass
from itertools import islice

import phonenumbers
from phonenumbers import NumberParseException

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+@-])[a-z0-9](?:[a-z0-9_%+-]|\.(?![.@])){0,62}@(?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.){1,5}[a-z]{2,24}(?![a-z0-9@-]|\.[a-z0-9])"
)
_LIKE_EMAIL = re.compile(r"[^\s@,，;<>]{1,64}@[^\s@,，;<>]{0,100}")
_URL = re.compile(r"https?://[^\s]{1,2000}|www\.[^\s]{1,2000}")
_PHONE = re.compile(
    r"(?<![0-9a-z.,£$€¥+])(?:"
    r"\+ ?[1-9](?:[ ()./-]{0,2}[0-9]){6,14}"
    r"|00 ?[1-9](?:[ ()./-]{0,2}[0-9]){7,14}"
    r"|\(?0[1-9](?:[ ()./-]{0,2}[0-9]){7,10}"
    r"|1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
    r")(?![0-9a-z]|[.,][0-9])"
)
_ANY = re.compile(r"(?<![0-9a-z])\+?\(?[0-9](?:[ ()./-]{0,2}[0-9]){5,16}(?![0-9a-z])")
_DRAMA = re.compile(r"\+447[0-9]{9}")
_MOST = 6
_REGIONS = {"zh": ("CN", "GB"), "en": ("GB", "CN")}


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone or e-mail; `value` is E.164 or the address, None when it is not a possible one."""

    start: int
    end: int
    field: str
    value: str | None


def find(text: str, original: str, lang: str, asked: str | None) -> list[Contact]:
    """Every phone number and address of a folded text. URLs come back with field "" to be taken out."""
    found = [Contact(match.start(), match.end(), "", None) for match in _URL.finditer(text)]
    if "@" in text:
        for match in _EMAIL.finditer(text):
            written = original[match.start() : match.end()]
            address = written if written.isascii() else match[0]
            found.append(Contact(match.start(), match.end(), "contact_email", address))
        for match in _LIKE_EMAIL.finditer(text):
            if _free(match, found) and (asked == "contact_email" or "." in match[0].partition("@")[2]):
                found.append(Contact(match.start(), match.end(), "contact_email", None))
    for match in islice(_PHONE.finditer(text), _MOST):
        number = e164(match[0], lang)
        if _free(match, found) and (number is not None or asked == "contact_phone"):
            found.append(Contact(match.start(), match.end(), "contact_phone", number))
    if asked == "contact_phone":
        for match in islice(_ANY.finditer(text), _MOST):
            if _free(match, found):
                found.append(Contact(match.start(), match.end(), "contact_phone", e164(match[0], lang)))
    return found


def _free(match: re.Match[str], found: list[Contact]) -> bool:
    return not any(each.start < match.end() and match.start() < each.end for each in found)


def e164(written: str, lang: str) -> str | None:
    """The number in E.164, read as one of the owner's country first; None when it is no valid number."""
    plain = re.sub(r"^\(?00", "+", written.replace(" ", ""))
    for region in _REGIONS.get(lang, _REGIONS["en"]):
        try:
            number = phonenumbers.parse(plain, None if plain.startswith("+") else region)
        except NumberParseException:
            continue
        if region == "GB" and plain[:1] not in {"0", "+", "("}:
            continue  # at home a number is written with its 0
        normal = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        # Ofcom keeps 07700 900000 to 900999 free for invented people; libphonenumber calls them invalid.
        if phonenumbers.is_valid_number(number) or (normal.startswith("+447700900") and _DRAMA.fullmatch(normal)):
            return normal
    return None
