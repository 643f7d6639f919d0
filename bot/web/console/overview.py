"""The overview of supervisors: where owners get to, where they stop, how long things take. A table, bars and a CSV."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from bot.web.console.guard import HEADERS, Room, member_of
from bot.web.console.inbox import TARGET
from bot.web.console.roles import Role
from bot.workers.summary import Stage
from integrations.database.queries import overview as numbers
from integrations.database.queries.overview import CLASSES, Durations, Overview

PERIODS = (7, 30, 90, 365)  # days
USUAL = 30
QUIET = timedelta(days=1)  # an unsent application without a word for so long has stopped
KEPT = timedelta(seconds=30)  # the numbers are at most so old; many supervisors cost no more than one


@dataclass(frozen=True)
class Row:
    """One line: its numbers as they are read, and the share of the bar, 0 to 100."""

    name: str
    cells: tuple[str, ...]
    share: int


@dataclass(frozen=True)
class Part:
    """One table. `columns` are the heads of the cells, `lead` a sentence of its main number."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lead: str = ""


def router(room: Room) -> APIRouter:
    """The page and its file."""
    routes = APIRouter(prefix="/console", dependencies=[Depends(room.guard(Role.SUPERVISOR))], include_in_schema=False)
    kept = _Kept(room)

    @routes.get("/overview")
    async def page(request: Request, days: Annotated[int, Query()] = USUAL) -> Response:
        member = member_of(request)
        days = days if days in PERIODS else USUAL
        found, at = await kept.numbers(days)
        parts = _Words(room, member.lang).parts(found)
        return room.page(
            "overview.html", member, member.lang, parts=parts, periods=PERIODS, days=days, at=at, begun=_begun(found)
        )

    @routes.get("/overview.csv")
    async def file(request: Request, days: Annotated[int, Query()] = USUAL) -> Response:
        member = member_of(request)
        found, _ = await kept.numbers(days if days in PERIODS else USUAL)
        name = 'attachment; filename="lendline-overview.csv"'
        text = _csv(_Words(room, member.lang).parts(found), room, member.lang)
        return Response(text, media_type="text/csv; charset=utf-8", headers={**HEADERS, "Content-Disposition": name})

    return routes


class _Kept:
    """The numbers of each period, read again when they have become old."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._found: dict[int, tuple[Overview, datetime]] = {}

    async def numbers(self, days: int) -> tuple[Overview, datetime]:
        """The numbers of the last `days` days, and of when they are."""
        now = self._room.parts.clock()
        known = self._found.get(days)
        if known is not None and now - known[1] < KEPT:
            return known
        found = await self._room.parts.database.read(
            numbers.overview,
            now - timedelta(days=days),
            now,
            quiet_since=now - QUIET,
            signed_stage=Stage.SIGNED,
        )
        self._found[days] = found, now
        return found, now


class _Words:
    """Puts the numbers into words of one language."""

    def __init__(self, room: Room, lang: str) -> None:
        self._room = room
        self._lang = lang

    def parts(self, found: Overview) -> tuple[Part, ...]:
        """All tables."""
        given = found.asked + found.prefilled
        return (
            Part("funnel", ("count", "share"), self._funnel(found.reached)),
            Part("stops", ("count", "share"), self._counts("step", found.stopped)),
            self._duration("submit", found.submit),
            self._duration("decide", found.decide),
            Part(
                "answers",
                ("count", "share"),
                self._counts("answers", {"prefilled": found.prefilled, "asked": found.asked} if given else {}),
                self._t("answers.lead", asked=_mean(found.asked, found.signed), filled=_percent(found.prefilled, given))
                if found.signed
                else "",
            ),
            Part("sources", ("fetched", "worked", "mean"), self._sources(found)),
            Part(
                "people",
                ("count", "share"),
                self._counts("reason", found.reasons),
                self._t("people.lead", share=_percent(sum(found.reasons.values()), _begun(found)))
                if found.reasons
                else "",
            ),
            self._replies(found.reply),
            Part("lenders", ("applications", "decided", "mean", "late"), self._lenders(found)),
        )

    def _funnel(self, reached: dict[int, int]) -> tuple[Row, ...]:
        total = sum(reached.values())
        rows = ((stage, sum(n for each, n in reached.items() if each >= stage)) for stage in Stage)
        return tuple(
            Row(self._t(f"stage.{stage.name.lower()}"), (str(n), _percent(n, total)), _share(n, total))
            for stage, n in rows
            if total
        )

    def _counts(self, family: str, counts: dict[str, int]) -> tuple[Row, ...]:
        total, most = sum(counts.values()), max(counts.values(), default=0)
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        return tuple(
            Row(self._named(family, name), (str(n), _percent(n, total)), _share(n, most)) for name, n in ordered
        )

    def _duration(self, key: str, found: Durations) -> Part:
        ends = [self._time(each) for each in CLASSES]
        names = [self._t("class.under", end=ends[0])]
        names += [self._t("class.between", start=start, end=end) for start, end in pairwise(ends)]
        names.append(self._t("class.over", start=ends[-1]))
        most = max(found.counts, default=0)
        rows = tuple(
            Row(name, (str(n), _percent(n, found.total)), _share(n, most))
            for name, n in zip(names, found.counts, strict=True)
            if found.total
        )
        lead = ""
        if found.median is not None and found.slow is not None:
            lead = self._t("duration.lead", median=self._time(found.median), slow=self._time(found.slow))
        return Part(key, ("count", "share"), rows, lead)

    def _replies(self, found: Durations) -> Part:
        """How long owners waited for a person, against the target."""
        part = self._duration("reply", found)
        if not found.total:
            return part
        target = int(TARGET.total_seconds())
        kept = sum(count for count, end in zip(found.counts, CLASSES, strict=False) if end <= target)
        said = self._t("duration.target", share=_percent(kept, found.total), target=self._time(target))
        return replace(part, lead=f"{said} {part.lead}".strip())

    def _sources(self, found: Overview) -> tuple[Row, ...]:
        rows = ((each, each.done + each.failed + each.skipped) for each in found.sources)
        return tuple(
            Row(
                self._source(each.source),
                (str(tries), _percent(each.done, tries), self._maybe(each.mean_seconds)),
                _share(each.done, tries),
            )
            for each, tries in rows
        )

    def _lenders(self, found: Overview) -> tuple[Row, ...]:
        names = {sheet.lender.id: sheet.lender.name[self._lang] for sheet in self._room.parts.library.products}
        most = max((each.applications for each in found.lenders), default=0)
        return tuple(
            Row(
                names.get(each.lender, each.lender),
                (str(each.applications), str(each.decided), self._maybe(each.mean_seconds), str(each.overdue)),
                _share(each.applications, most),
            )
            for each in found.lenders
        )

    def _source(self, name: str) -> str:
        manifest = self._room.parts.library.sources.get(name)
        return name if manifest is None else manifest.title[self._lang]

    def _named(self, family: str, name: str) -> str:
        key = f"console.{family}.{name}" if family == "reason" else f"overview.{family}.{name}"
        return self._room.text(self._lang, key) if self._room.pages.texts.has(self._lang, key) else name

    def _maybe(self, seconds: float | None) -> str:
        return "–" if seconds is None else self._time(round(seconds))

    def _time(self, seconds: int) -> str:
        for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
            if seconds >= size:
                whole = f"{seconds / size:.1f}".removesuffix(".0")
                return self._t(f"time.{name}", n=whole)
        return self._t("time.seconds", n=seconds) if seconds else self._t("time.moment")

    def _t(self, key: str, **params: object) -> str:
        return self._room.text(self._lang, f"overview.{key}", **params)


def _begun(found: Overview) -> int:
    return sum(found.reached.values())


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _mean(total: int, count: int) -> str:
    return f"{total / count:.1f}" if count else "–"


def _csv(parts: Iterable[Part], room: Room, lang: str) -> str:
    """One line for each number. A name that a spreadsheet would calculate is made harmless."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([room.text(lang, f"overview.csv.{name}") for name in ("table", "line", "number", "value")])
    for part in parts:
        for row in part.rows:
            for column, cell in zip(part.columns, row.cells, strict=True):
                title, head = (
                    room.text(lang, f"overview.{part.key}.title"),
                    room.text(lang, f"overview.column.{column}"),
                )
                line = (title, row.name, head, cell)
                writer.writerow([f"'{each}" if each[:1] in "=+-@\t\r" else each for each in line])
    return "\ufeff" + file.getvalue()
