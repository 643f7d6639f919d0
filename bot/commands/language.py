"""`lendline understand` and `lendline ask`: the reading of text and the answers, for developers and testers."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from flows.application.fields import FIELDS
from flows.engine.hearing import clean
from flows.knowledge.answering import KnowledgeBase
from flows.knowledge.articles import OWN_FOLDER, load
from flows.texts import LANGUAGES
from flows.understanding import read

LONGEST_LINE = 100_000


class Line(BaseModel):
    """A line of JSON input."""

    model_config = ConfigDict(extra="ignore")

    text: str
    lang: str | None = None
    asked: str | None = None


@click.command()
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--asked", help="The field that was asked for, for example amount_requested.")
def understand(lang: str, asked: str | None) -> None:
    """Read one message per line (text, or JSON with text, lang, asked) and print what was understood as JSON."""
    if asked is not None and asked not in FIELDS:
        raise click.BadParameter(f"{asked!r} is no field of an application", param_hint="--asked")
    today = datetime.now(UTC).date()
    for number, line in enumerate(_lines(), start=1):
        given = _known(_line(line), number)
        reading = read(clean(given.text), given.lang or lang, given.asked or asked, today=today)
        written = reading.model_dump(mode="json")
        values = [
            {key: each[key] for key in each if key != "old" or each[key] is not None} for each in written["values"]
        ]
        click.echo(json.dumps({**written, "values": values}, ensure_ascii=False))


@click.command()
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--knowledge", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("question", required=False)
def ask(lang: str, folder: Path | None, question: str | None, *, as_json: bool) -> None:
    """Answer QUESTION from the knowledge base; without it, one question per line from standard input."""
    base = KnowledgeBase(load(folder or OWN_FOLDER))
    for each in [question] if question is not None else filter(None, _lines()):
        answer = base.answer(each, lang)
        if as_json:
            article = None if answer.article is None else answer.article.id
            out = {
                "question": each,
                "zone": answer.zone,
                "article": article,
                "candidates": list(answer.candidates),
                "answer": answer.text,
            }
            click.echo(json.dumps(out, ensure_ascii=False))
        else:
            click.echo(answer.text or _nothing_sure(base, answer.candidates, lang))


def _nothing_sure(base: KnowledgeBase, candidates: tuple[str, ...], lang: str) -> str:
    """What to print when no article is sure to answer: the nearest ones."""
    found = [article for each in candidates if (article := base.article(lang, each)) is not None]
    near = "".join(f"\n  {article.id}: {article.title}" for article in found)
    return f"Not sure of an answer. Nearest articles:{near}" if near else "No article answers that."


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        yield line.rstrip("\r\n")[:LONGEST_LINE]


def _known(line: Line, number: int) -> Line:
    """The line without a language or field that does not exist, which is said on standard error."""
    known: dict[str, None] = {}
    if line.lang is not None and line.lang not in LANGUAGES:
        click.echo(f"line {number}: lang {line.lang!r} is none of {', '.join(LANGUAGES)}; left out", err=True)
        known["lang"] = None
    if line.asked is not None and line.asked not in FIELDS:
        click.echo(f"line {number}: asked {line.asked!r} is no field of an application; left out", err=True)
        known["asked"] = None
    return line.model_copy(update=known)


def _line(line: str) -> Line:
    if line.lstrip().startswith("{"):
        try:
            return Line.model_validate_json(line)
        except ValidationError:
            return Line(text=line)
    return Line(text=line)
