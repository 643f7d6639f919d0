"""A new source as a sketch: its folder, its words in both languages, and its place among those a field trusts.

The sketch passes the contract tests; docs/add-a-source.md says what to make of it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

from flows.errors import WrongDeclaration

SKETCH = Path(__file__).parent / "sketch"
SOURCES, FIELDS_FILE = Path("integrations/sources"), Path("flows/application/fields.py")
LOCALES = Path("flows/locales")
FIELD = "contact_email"
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TRUSTED = re.compile(rf'(FieldSpec\("{FIELD}", .*\()([^()]+)(\)\),\n)')
_WORDS = {
    "en": ("What {title} adds, in one sentence for the owner: still to be written.", "records of {title}"),
    "zh": ("{title}能补充什么：一句话告诉店主，待写。", "{title}的记录"),
}


def scaffold(root: Path, name: str, titles: dict[str, str]) -> tuple[Path, ...]:
    """Write the sketch of the source `name` into the project at `root`; the files made or changed.

    `titles` has the source's name for owners by language. Raises WrongDeclaration, and writes nothing, for a name that
    is taken or is none, and for a folder that is not the project.
    """
    if not _NAME.fullmatch(name) or len(name) > 30:
        raise WrongDeclaration(name, "is no name for a source", "Use small letters, digits and single underscores")
    if not (root / SOURCES).is_dir() or not (root / FIELDS_FILE).is_file():
        raise WrongDeclaration(str(root), "is not a clone of Lendline", "Go to its folder, or name it with --project")
    if (root / SOURCES / name).exists():
        raise WrongDeclaration(name, "there is such a source already", "Choose another name")
    titles = {lang: " ".join(title.replace('"', "'").replace("\\", "/").split()) for lang, title in titles.items()}
    written = {**dict(_folder(name, titles)), **dict(_trust(root, name)), **dict(_locales(root, name, titles))}
    (root / SOURCES / name).mkdir()
    for path, text in written.items():
        (root / path).write_text(text, encoding="utf-8")
    return tuple(written)


def _folder(name: str, titles: dict[str, str]) -> Iterator[tuple[Path, str]]:
    words = {"name": name, "class_name": "".join(part.capitalize() for part in name.split("_"))}
    words |= {f"title_{lang}": title for lang, title in titles.items()}
    yield SOURCES / name / "__init__.py", f'"""{words["title_en"]}."""\n'
    for sketch in sorted(SKETCH.glob("*.tmpl")):
        text = Template(sketch.read_text(encoding="utf-8")).substitute(words)
        yield SOURCES / name / sketch.name.removesuffix(".tmpl"), text


def _trust(root: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Let the field of the sketch trust the new source least."""
    before = (root / FIELDS_FILE).read_text(encoding="utf-8")
    after, found = _TRUSTED.subn(rf'\g<1>\g<2>, "{name}"\g<3>', before)
    if found != 1:
        raise WrongDeclaration(str(FIELDS_FILE), f"{FIELD} is not declared in one line", "Declare it as the others are")
    yield FIELDS_FILE, after


def _locales(root: Path, name: str, titles: dict[str, str]) -> Iterator[tuple[Path, str]]:
    """The sentence that recommends the source, and the name of its kind of data."""
    for lang, (why, kind) in _WORDS.items():
        path = LOCALES / lang / "source.toml"
        before = (root / path).read_text(encoding="utf-8")
        added = f'[{name}]\nwhy = "{why.format(title=titles[lang])}"\n\n[note]\n'
        yield path, before.replace("[note]\n", added, 1)
        path = LOCALES / lang / "kind.toml"
        before = (root / path).read_text(encoding="utf-8")
        yield path, f'{before.rstrip()}\n{name}_records = "{kind.format(title=titles[lang])}"\n'
