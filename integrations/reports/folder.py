"""Many firms at once: each file or subfolder of a folder is one, read and computed on every processor."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

from flows.application.report.model import Report
from flows.errors import LendlineError
from flows.ports import Scoring
from integrations.reports.making import Wish, make
from integrations.reports.writing import Form, ReportWriter
from integrations.scoring.client import open_scoring

ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ofx", ".qfx", ".xml", ".sta", ".mt940", ".pdf"})
# What the summary says of each firm, in this order, before the attributes.
HEAD = (
    *("firm", "business", "problem", "report", "as_of", "currency", "window", "records", "left_out", "unread"),
    *("decision", "points", "reasons", "missing"),
)
ATTRIBUTES = (
    *("sales_12m", "sales_m", "span_m", "growth_sym", "cv_sales", "void_rate_n", "red_amt", "n_cust", "top1_share"),
    *("top5_share", "margin_proxy", "vat_burden", "revenue_inflow_m", "adb", "neg_days", "debt_service_m"),
)
COLUMNS = (*HEAD, *ATTRIBUTES)
BATCH = 20  # firms that one process takes at a time
WAITING = 3  # batches for each process, so that a large folder needs no large memory

NamedFirm = tuple[str, tuple[Path, ...]]


@dataclass(frozen=True)
class Service:
    """Where the scoring service is; no URL: the reference service in each process."""

    url: str | None
    token: str
    products: Path | None = None


@dataclass(frozen=True)
class Order:
    """What every process is told: how reports are wanted, and where they go; `into` None: only the summary is made.

    `lang` empty: that of each firm's files. `private` is the key that signs.
    """

    wish: Wish
    now: datetime
    service: Service
    private: bytes
    lang: str = ""
    form: Form = "pdf"
    into: Path | None = None


@dataclass(frozen=True)
class Line:
    """One firm's line of the summary, as texts by column."""

    firm: str
    cells: dict[str, str]

    @property
    def problem(self) -> str:
        """Why there is no report; empty when there is one."""
        return self.cells.get("problem", "")


def firms_in(folder: Path) -> list[NamedFirm]:
    """The firms of a folder by name: a file is one, a subfolder with its files is one. Hidden ones are left out."""
    found: list[NamedFirm] = []
    for each in sorted(folder.iterdir()):
        if each.name.startswith("."):
            continue
        if each.is_dir():
            files = tuple(file for file in sorted(each.iterdir()) if _is_ours(file))
            if files:
                found.append((each.name, files))
        elif _is_ours(each):
            found.append((each.stem, (each,)))
    return found


def work_through(firms: Sequence[NamedFirm], order: Order) -> Iterator[list[Line]]:
    """The lines of all firms, some at a time as they are done. One that cannot be read is a line that says why."""
    workers = max(1, min(os.cpu_count() or 1, len(firms)))
    size = max(1, min(BATCH, len(firms) // (workers * WAITING)))
    batches = iter([firms[start : start + size] for start in range(0, len(firms), size)])
    if workers == 1:
        yield from (_lines(batch, order) for batch in batches)
        return
    # A process that is forked from one with threads may hang; a new one starts clean.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        first = zip(range(workers * WAITING), batches, strict=False)
        running = {pool.submit(_lines, batch, order) for _, batch in first}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {pool.submit(_lines, batch, order) for _, batch in zip(done, batches, strict=False)}
            for each in done:
                yield each.result()


def _lines(firms: Sequence[NamedFirm], order: Order) -> list[Line]:
    return asyncio.run(_worked(firms, order))


async def _worked(firms: Sequence[NamedFirm], order: Order) -> list[Line]:
    if order.wish.loan is None:
        return [await _line(firm, order, None) for firm in firms]
    service = order.service
    async with open_scoring(service.url, service.token, service.products) as scoring:
        return [await _line(firm, order, scoring) for firm in firms]


async def _line(firm: NamedFirm, order: Order, scoring: Scoring | None) -> Line:
    name, files = firm
    try:
        report, read = await make(files, order.wish, order.now, scoring)
        if order.into is not None:
            lang = order.lang or ("zh" if read.chinese else "en")
            ReportWriter(order.private).write(report, order.into / f"{name}.{order.form}", lang)
    except (LendlineError, OSError) as error:
        return Line(name, {"firm": name, "problem": str(error)})
    return Line(name, {"firm": name, **cells(report)})


def cells(report: Report) -> dict[str, str]:
    """A report as one line of the summary."""
    opinion = report.opinions[0] if report.opinions else None
    found = {
        "business": report.business.name,
        "report": report.reference,
        "as_of": report.as_of.isoformat(),
        "currency": report.currency,
        "window": report.window,
        "records": str(report.records),
        "left_out": str(sum(each.left_out for each in report.sources)),
        "unread": str(sum(each.unread for each in report.sources)),
    }
    if opinion is not None:
        found |= {
            "decision": opinion.decision,
            "points": "" if opinion.score is None else str(opinion.score),
            "reasons": " ".join(f"{each.code}:{each.detail}" for each in opinion.reasons),
            "missing": " ".join(opinion.missing),
        }
    for name in ATTRIBUTES:
        attribute = report.attribute(name)
        value = None if attribute is None else attribute.value
        found[name] = f"{value:f}" if isinstance(value, Decimal) else value or ""
    return found


def _is_ours(file: Path) -> bool:
    return file.is_file() and file.suffix.casefold() in ENDINGS
