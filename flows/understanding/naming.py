"""What somebody says of a thing by its name: "no, the name is Wu" says `Wu` of the name."""

import re
import unicodedata

_MOST = 300
_SAYS = {
    "en": (
        r"(?:^|[\s,.;])(?:the |my |its |it's )?{name}(?: on it| there)?"
        r" (?:is|was|should be|must be|reads|says)(?: really)?[: ]+(?P<value>.+)$"
    ),
    "zh": r"{name}(?:上面?)?(?:写的)?(?:应该|应当|其实|应)?(?:是|为|叫|:)\s*(?P<value>.+)$",
}


def said_of(text: str, lang: str, name: str) -> str | None:
    """What a sentence says of `name`, as it was written; None when it says nothing of it."""
    said = unicodedata.normalize("NFKC", text).strip()[:_MOST]
    plain = said.casefold()
    if len(plain) != len(said):  # letters that fold into two: places in the one are not places in the other
        said = plain
    found = re.search(_SAYS[lang].format(name=re.escape(name.casefold())), plain)
    return None if found is None else said[found.start("value") : found.end("value")].strip(" .。!！\"'“”")
