"""The owner's own words for what the money is for, without the amount and the term said beside them.

Those may be corrected later; kept here as well they would contradict what is signed.
"""

import re

from flows.understanding.reading import Reading

_LONGEST = 300
_BREAK = re.compile(r"[。；;!?！？\n]|[,，.、](?!\d)")
_LEADING = re.compile(
    r"^(?:(?:and|over|so|but|it'?s|it is|then|please|还有|然后|的话?|吧)(?![a-z])|[\s\W_])+", re.IGNORECASE
)
_TRAILING = re.compile(r"(?:(?<![a-z])(?:and|over|for|in|of|with|about|a|the|my|about)|分|[\s\W_])+$", re.IGNORECASE)


def purpose_words(reading: Reading) -> str | None:
    """The part of a message that speaks of the purpose; None when no purpose was said or nothing is left."""
    purpose = reading.value("credit_purpose")
    if purpose is None:
        return None
    start, end = purpose.span
    numbers = [each.span for each in reading.values if each.span != purpose.span]
    numbers += [each.span for each in reading.unclear]
    breaks = [match.span() for match in _BREAK.finditer(reading.text)]
    left = max((stop for _, stop in (*numbers, *breaks) if stop <= start), default=0)
    right = min((begin for begin, _ in (*numbers, *breaks) if begin >= end), default=len(reading.text))
    words = _TRAILING.sub("", _LEADING.sub("", reading.text[left:right]))[:_LONGEST]
    return words if sum(char.isalpha() for char in words) > 1 else None
