"""Credit reports: one after the first, and a folder of many firms, against reading the same files and adding up.

uv run python -m benchmarks.reports [FIRMS] [INVOICES A FIRM]
"""

import csv
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.application.attributes.assessing import Question
from flows.application.report.building import build
from flows.application.report.material import Material
from integrations.press.reports import print_report
from integrations.reports.reading.firm import read_firm
from integrations.reports.reading.shelf import Wanted
from integrations.reports.writing import view_of

FIRST, LAST = date(2024, 11, 1), date(2026, 10, 31)
TODAY = date(2026, 11, 24)
ONE = 20
CHINESE = ["开票日期", "发票号码", "对方名称", "对方税号", "金额", "税额", "价税合计", "进销项", "发票状态"]
ENGLISH = ["Date", "Invoice no", "Counterparty", "VAT number", "Net", "VAT", "Total", "Side", "Status"]


def write_firm(file: Path, seed: int, invoices: int) -> None:
    """Two years of one invented firm; every second one in Chinese, in the code page that its bookkeeper uses."""
    picks, chinese = random.Random(seed), seed % 2 == 0
    words = (
        ("销项", "进项", "正常", "已作废", "红字")
        if chinese
        else ("issued", "received", "valid", "void", "credit note")
    )
    with file.open("w", newline="", encoding="gb18030" if chinese else "utf-8") as text:
        table = csv.writer(text)
        table.writerow(CHINESE if chinese else ENGLISH)
        for number in range(invoices):
            day = FIRST + timedelta(days=number * (LAST - FIRST).days // invoices)
            issued, party, state = picks.random() < 0.7, picks.randrange(60), picks.random()
            net = picks.randrange(5_000, 900_000) * (-1 if state > 0.98 else 1)
            tax = net * 13 // 100
            name = f"{'客户' if chinese else 'Firm '}{party}{'有限公司' if chinese else ' Ltd'}"
            standing = words[4] if state > 0.98 else words[3] if state > 0.95 else words[2]
            amounts = (f"{cents / 100:.2f}" for cents in (net, tax, net + tax))
            row = (day, f"{number:08d}", name, f"{seed:06d}{party:04d}", *amounts, words[0 if issued else 1], standing)
            table.writerow(row)


def one_report(file: Path) -> tuple[list[float], int]:
    """Seconds from records to PDF, the first one first, and the size of the last."""
    firm = read_firm([file], Wanted(TODAY))
    spent: list[float] = []
    content = b""
    for _ in range(ONE + 1):
        began = time.perf_counter()
        question = Question(firm.as_of, firm.currency)
        made = build(Material(firm.business, firm.held, question, sources=firm.sources), datetime.now(UTC))
        content = print_report(view_of(made, "zh"), "")
        spent.append(time.perf_counter() - began)
    return spent, len(content)


def added_up(folder: Path) -> float:
    """Seconds to read every file with the csv module and add one column up: the least any program must do."""
    began = time.perf_counter()
    for file in folder.glob("*.csv"):
        encoding = "gb18030" if int(file.stem[4:]) % 2 == 0 else "utf-8"
        with file.open(newline="", encoding=encoding) as text:
            rows = csv.reader(text)
            next(rows)
            sum(float(row[4]) for row in rows)
    return time.perf_counter() - began


def folder_report(folder: Path, out: Path) -> float:
    """Seconds of `lendline report` over the folder."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bot", "report", "--from-csv", str(folder), "-o", str(out)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    firms, invoices = (int(each) for each in (*sys.argv[1:], *("1000", "1000")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "firms"
        folder.mkdir()
        for seed in range(firms):
            write_firm(folder / f"firm{seed:05d}.csv", seed, invoices)
        (first, *later), size = one_report(folder / "firm00000.csv")
        print(f"one report of {invoices} invoices: first {first * 1000:.0f} ms, then median "
              f"{statistics.median(later) * 1000:.0f} ms (bar 100), {size / 1000:.0f} KB (bar 300)")  # fmt: skip
        base = added_up(folder)
        spent = folder_report(folder, Path(home) / "summary.csv")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{firms} firms, {firms * invoices:,} invoices: {spent:.1f} s (bar 60), {spent / base:.1f} times reading "
              f"and adding one column up; the largest of its processes {largest:.0f} MB")  # fmt: skip
        assert len((Path(home) / "summary.csv").read_text(encoding="utf-8").splitlines()) == firms + 1


if __name__ == "__main__":
    main()
