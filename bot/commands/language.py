"""`lendline understand` and `lendline ask`: the reading of text and the answers, for developers and testers."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from bot.commands.script import written_in
from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.engine.hearing import LONGEST, cleaned
from flows.knowledge.answering import KnowledgeBase, load
from flows.texts import LANGUAGES
from flows.understanding import Reading, read

LONGEST_LINE = 16 * 1024 * 1024
"""Characters of one line that are looked at."""


class Line(BaseModel):
    """A line of JSON input."""

    model_config = ConfigDict(extra="ignore")

    text: str
    lang: str | None = None
    asked: str | None = None


@click.command(short_help="Read one message per line; print what each one means.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the messages; from their script when unset.")
@click.option("--asked", help="The field that was asked for, for example amount_requested.")
def understand(lang: str | None, asked: str | None) -> None:
    """Read one message per line (text, or JSON with text, lang, asked) and print what was understood as JSON.

    A line that begins with a brace and is no such JSON is reported, on standard error and in "error", and passed over.
    """
    if asked is not None and asked not in FIELDS:
        raise click.BadParameter(f"{asked!r} is no field of an application", param_hint="--asked")
    today = datetime.now(UTC).date()
    for number, line in enumerate(_lines(), start=1):
        given = _line(line, number)
        error, given = (given, Line(text="")) if isinstance(given, str) else ("", _known(given, number))
        reading = _read(given.text, given.lang or lang, given.asked or asked, today)
        out = _written(reading) if not error else {**_written(reading), "text": line, "error": error}
        click.echo(_json(out))


def _read(text: str, lang: str | None, asked: str | None, today: date) -> Reading:
    """What a message says, with spans into the text as it was given."""
    spoken = lang or written_in(text[:LONGEST])
    bare, places = cleaned(text[: LONGEST + 1])
    reading = read(bare, spoken, asked, today=today)

    def placed(span: tuple[int, int]) -> tuple[int, int]:
        return (places[span[0]], places[span[1] - 1] + 1)

    return reading.model_copy(
        update={
            "text": text,
            "values": tuple(each.model_copy(update={"span": placed(each.span)}) for each in reading.values),
            "unclear": tuple(each.model_copy(update={"span": placed(each.span)}) for each in reading.unclear),
        }
    )


def _written(reading: Reading) -> dict[str, JsonValue]:
    """The reading as the outside contract prints it: a currency, perhaps null, beside money and nothing else."""
    written: dict[str, JsonValue] = reading.model_dump(mode="json")
    written["values"] = [
        {
            "field": each.field,
            "value": each.value,
            **({"currency": each.currency} if FIELDS[each.field].kind is Kind.MONEY else {}),
            "span": list(each.span),
            **({"old": each.old} if each.old is not None else {}),
        }
        for each in reading.values
    ]
    written["unclear"] = [each.model_dump(mode="json", exclude_none=True) for each in reading.unclear]
    return written


def _json(written: dict[str, JsonValue]) -> str:
    line = json.dumps(written, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a pair that JSON may escape and UTF-8 cannot write
        return json.dumps(written)
    return line


@click.command(short_help="Answer questions from the knowledge base.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option("--knowledge", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("question", required=False)
def ask(lang: str, folder: Path | None, question: str | None, *, as_json: bool) -> None:
    """Answer QUESTION from the knowledge base; without it, one question per line from standard input."""
    base = _own() if folder is None else load(folder)
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


def _own() -> KnowledgeBase:
    """Our articles and those of the product sheets in force."""
    from bot.settings import Settings  # noqa: PLC0415 - what reads messages begins without the whole house
    from flows import texts  # noqa: PLC0415
    from flows.application import products  # noqa: PLC0415
    from flows.knowledge.offered import sheet_articles  # noqa: PLC0415

    sheets = products.load(Settings().products or products.PACKAGED)
    return load(more=sheet_articles(sheets, texts.load()))


def _nothing_sure(base: KnowledgeBase, candidates: tuple[str, ...], lang: str) -> str:
    """What to print when no article is sure to answer: the nearest ones."""
    found = [article for each in candidates if (article := base.article(lang, each)) is not None]
    near = "".join(f"\n  {article.id}: {article.title}" for article in found)
    return f"Not sure of an answer. Nearest articles:{near}" if near else "No article answers that."


def _lines() -> Iterator[str]:
    """The lines of standard input, each up to `LONGEST_LINE` characters; the rest of a longer one is passed over."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    while line := sys.stdin.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith("\n"):
            rest = sys.stdin.readline(LONGEST_LINE)
        yield line.rstrip("\r\n").removeprefix("\ufeff")


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


def _line(line: str, number: int) -> Line | str:
    """The message of a line, or a sentence that says what is wrong with its JSON."""
    if not line.lstrip().startswith("{"):
        return Line(text=line)
    try:
        return Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"line {number}: not a JSON message: {place + ': ' if place else ''}{first['msg']}"
        click.echo(problem, err=True)
        return problem
