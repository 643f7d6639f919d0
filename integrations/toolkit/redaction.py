"""Masking of identity numbers, account numbers and phones in anything that logs or staff may see.

Recognises by form, not by meaning: a long number is masked whether or not it proves to be one.
"""

import re

KEEP = 4
MASK = "•"
MIN_DIGITS = 8

# Runs of 8 and more letters and digits with at least MIN_DIGITS digits, allowing the spaces and hyphens
# people write inside card, account and phone numbers. ISO dates and times are left readable.
_RUN = re.compile(r"(?<![0-9A-Za-z])\+?[0-9A-Za-z](?:[ \-]?[0-9A-Za-z]){7,39}(?![0-9A-Za-z])")
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
    # Words may stand beside the number ("card 6222 0000 1111"): only the part from first to last digit goes.
    digits = [place for place, char in enumerate(run) if char.isdigit()]
    if len(digits) < MIN_DIGITS:
        return run
    start = run.rfind(" ", 0, digits[0]) + 1
    found = run.find(" ", digits[-1])
    end = len(run) if found < 0 else found
    return run[:start] + mask(run[start:end]) + run[end:]
