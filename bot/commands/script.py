"""The language of a text by the script it is written in, where nobody has said it."""

import re

_HAN = re.compile("[\u3400-\u9fff]")


def written_in(text: str) -> str:
    """`zh` when there is a Han character, else `en`."""
    return "zh" if _HAN.search(text) else "en"
