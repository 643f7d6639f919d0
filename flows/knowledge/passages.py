"""The body of an article as plain text: no markup, no link, no address a channel could open."""

import re

MAX_PASSAGE = 2_000

# Most bodies are plain already: one look saves the many.
_MARKUP = re.compile(r"[<>\[\]*_`#|~]|[a-z]:\S|---|www\.|[ \t]\n|\n{3}", re.IGNORECASE)

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), new)
    for pattern, new in (
        (r"<!--[^>]{0,2000}-->", ""),
        (r"<[A-Za-z/][^<>\n]{0,200}>", ""),
        (r"!\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)", r"\1"),
        (r"\[([^\]\n]{1,300})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])", r"\1"),
        (r"^\[[^\]\n]{1,100}\]:\s.*$", ""),
        (r"(?:https?|tg|ftp|mailto|javascript|data):[^\s）)，。、；]{1,500}", ""),
        (r"\bwww\.[^\s）)，。、；]{1,500}", ""),
        (r"^[ \t]*```.*$", ""),
        (r"^[ \t]{0,3}#{1,6}[ \t]+", ""),
        (r"^[ \t]{0,3}>[ \t]?", ""),
        (r"^[ \t]*(?:[-*_][ \t]*){3,}$", ""),
        (r"^([ \t]*)[*+][ \t]+", r"\1- "),
        (r"^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$", ""),
        (r"`([^`\n]{1,500})`", r"\1"),
        (r"(\*\*|__)(?=\S)([^\n]{1,800}?)(?<=\S)\1", r"\2"),
        (r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])", r"\1"),
        (r"(?<![\w_])_(?=\S)([^_\n]{1,500}?)(?<=\S)_(?![\w_])", r"\1"),
        (r"[ \t]+$", ""),
        (r"\n{3,}", "\n\n"),
    )
)


def plain(markdown: str) -> str:
    """The text of a Markdown body without markup and links, at most MAX_PASSAGE characters.

    A link keeps its words and loses its address, because nobody has vouched for the address.
    """
    text = markdown
    if _MARKUP.search(text):
        for pattern, new in _STEPS:
            text = pattern.sub(new, text)
    text = text.strip()
    return text if len(text) <= MAX_PASSAGE else text[: MAX_PASSAGE - 1].rstrip() + "…"
