"""Masking of identity numbers, account numbers and phones in anything that logs or staff may see.

Recognises by form, not by meaning: a long number is masked whether or not it proves to be one.
"""

import re

KEEP = 4
MASK = "•"
MIN_DIGITS = 8

# Groups that hold a digit, joined by the single spaces and hyphens people write inside card, account and
# phone numbers; the bank code of a printed IBAN (capitals only) may stand between them.
_GROUP = r"[0-9A-Za-z]*[0-9][0-9A-Za-z]*"
_RUN = re.compile(rf"(?<![0-9A-Za-z])\+?{_GROUP}(?:[ \-](?:[A-Z]{{2,4}}[ \-])?{_GROUP})*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2})?")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+")


def mask(number: str) -> str:
    """All but the last four characters of a number replaced; a shorter one is replaced entirely."""
    plain = re.sub(r"[\s-]", "", number)
    if len(plain) <= KEEP:
        return MASK * len(plain)
    return MASK * (len(plain) - KEEP) + plain[-KEEP:]


def redact(text: str) -> str:
    """`text` with every number-like run of eight and more digits, and every credential, masked."""
    return _RUN.sub(_masked, _BEARER.sub(r"\1 " + MASK * KEEP, text))


def _masked(match: re.Match[str]) -> str:
    run = match.group()
    if _DATE.fullmatch(run):
        return run
    return run if sum(char.isdigit() for char in run) < MIN_DIGITS else mask(run)
