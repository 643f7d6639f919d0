"""Pages of our own: templates that escape everything, in the reader's language, with files of our own."""

import hashlib
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.texts import LANGUAGES, Texts

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
HTML_LANG = {"en": "en-GB", "zh": "zh-Hans"}


class Pages:
    """Renders templates. Open one for each application."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._templates = _templates()

    def render(self, template: str, *, lang: str, **values: object) -> str:
        """A page as HTML. Raises jinja2.UndefinedError when a template wants what is not given."""
        return self._templates.get_template(template).render(
            html_lang=HTML_LANG[lang],
            brand=self.texts.get(lang, "page.brand"),
            t=partial(self.texts.get, lang),
            has=partial(self.texts.has, lang),
            **values,
        )

    def message(self, lang: str, title: str, text: str) -> str:
        """A page that only says something."""
        return self.render("message.html", lang=lang, title=title, text=text)


@cache
def _templates() -> Environment:
    """The templates, each compiled when it is first wanted."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The hash in the address lets browsers keep a file for ever and still see a new one at once.
    templates.globals["asset"] = {file.name: _address(file) for file in STATIC.iterdir() if file.is_file()}
    return templates


def _address(file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return f"/static/{file.name}?v={digest}"


def preferred_language(accept_language: str) -> str:
    """The first language of an Accept-Language header that we speak; English when there is none."""
    for part in accept_language[:200].split(","):
        lang = part.split(";")[0].strip().lower().split("-")[0]
        if lang in LANGUAGES:
            return lang
    return LANGUAGES[0]
