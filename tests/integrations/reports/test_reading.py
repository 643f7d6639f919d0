"""A bookkeeper's files: any usual heading, language and encoding gives the same meaning; what is unclear is refused."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.application.records import Invoice, Standing
from flows.application.report.material import Proof
from integrations.reports.reading.facts import ColumnsUnclear, FileUnreadable, MapUnclear
from integrations.reports.reading.firm import Firm, read_firm
from integrations.reports.reading.mapping import read_map
from integrations.reports.reading.shelf import Wanted

TODAY = date(2026, 11, 24)


def read(folder: Path, *texts: str, encoding: str = "utf-8", name: str = "books", **wanted: str) -> Firm:
    files = []
    for number, text in enumerate(texts):
        file = folder / f"{name}{number or ''}.csv"
        file.write_bytes(text.encode(encoding))
        files.append(file)
    chosen = Wanted(TODAY, read_map(wanted.pop("columns", "")), **wanted)  # type: ignore[arg-type]
    return read_firm(files, chosen)


def invoices(firm: Firm) -> Sequence[Invoice]:
    return [each for held in firm.held for each in held.records.invoices]


def meaning(firm: Firm) -> list[tuple[str, bool, str, Decimal, Decimal, str]]:
    return [
        (each.day.isoformat(), each.issued, each.party, each.net, each.tax, each.standing.value)
        for each in invoices(firm)
    ]


EXPECTED = [
    ("2026-09-01", True, "Ada Ltd", Decimal("100.00"), Decimal("20.00"), "valid"),
    ("2026-09-02", True, "Bo Ltd", Decimal("50.00"), Decimal("10.00"), "void"),
    ("2026-09-03", True, "Ada Ltd", Decimal("-10.00"), Decimal("-2.00"), "red"),
    ("2026-09-04", False, "Cy Ltd", Decimal("40.00"), Decimal("8.00"), "valid"),
]
WAYS = {
    "plain": """date,counterparty,net,tax,total,issued or received,valid or void
2026-09-01,Ada Ltd,100.00,20.00,120.00,issued,valid
2026-09-02,Bo Ltd,50.00,10.00,60.00,issued,void
2026-09-03,Ada Ltd,-10.00,-2.00,-12.00,issued,valid
2026-09-04,Cy Ltd,40.00,8.00,48.00,received,valid
""",
    "other words": """Invoice Date;Invoice No;Company;Net Amount;VAT Amount;Direction;Status
01.09.2026;S1;Ada Ltd;100,00;20,00;Sales;Paid
02.09.2026;S2;Bo Ltd;50,00;10,00;Sales;Cancelled
03.09.2026;S3;Ada Ltd;10,00;2,00;Sales;Credit note
04.09.2026;P1;Cy Ltd;40,00;8,00;Purchase;Open
Total;;;180,00;36,00;;
""",
    "title above, tabs": """Books of Example
printed 24.11.2026

Date\tType\tName\tTotal\tVAT
1 Sep 2026\tSales invoice\tAda Ltd\t£120.00\t£20.00
2 Sep 2026\tSales invoice (void)\tBo Ltd\t£60.00\t£10.00
3 Sep 2026\tSales credit note\tAda Ltd\t£12.00\t£2.00
4 Sep 2026\tPurchase bill\tCy Ltd\t£48.00\t£8.00
""",
    "chinese": """开票日期,发票号码,对方名称,金额,税额,价税合计,进销项,发票状态
2026-09-01,1,Ada Ltd,100.00,20.00,120.00,销项,正常
2026-09-02,2,Bo Ltd,50.00,10.00,60.00,销项,已作废
2026-09-03,3,Ada Ltd,-10.00,-2.00,-12.00,销项,正常
2026-09-04,4,Cy Ltd,40.00,8.00,48.00,进项,正常
合计,,,180.00,36.00,216.00,,
""",
    "tax platform": """发票代码,发票号码,销方名称,购方名称,开票日期,金额,税额,价税合计,发票状态,是否正数发票
,1,Our Firm,Ada Ltd,2026年9月1日,100.00,20.00,120.00,正常,是
,2,Our Firm,Bo Ltd,2026年9月2日,50.00,10.00,60.00,作废,是
,3,Our Firm,Ada Ltd,2026年9月3日,-10.00,-2.00,-12.00,正常,否
,4,Cy Ltd,Our Firm,2026年9月4日,40.00,8.00,48.00,正常,是
""",
    "red letters": """date,counterparty,net,tax,total,direction,status
2026-09-01,Ada Ltd,100.00,20.00,120.00,issued,normal
2026-09-02,Bo Ltd,50.00,10.00,60.00,issued,voided
2026-09-03,Ada Ltd,10.00,2.00,12.00,issued,red-letter
2026-09-04,Cy Ltd,40.00,8.00,48.00,received,normal
""",
    "yes and no": """day,ref,party,exvat,gross,side,void
20260901,1,Ada Ltd,100,120,out,no
20260902,2,Bo Ltd,50,60,out,yes
20260903,3,Ada Ltd,(10),(12),out,no
20260904,4,Cy Ltd,40,48,in,no
""",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_same_list_however_it_is_written(tmp_path: Path, way: str, encoding: str) -> None:
    if encoding == "gb18030" and "£" in WAYS[way]:
        pytest.skip("a Chinese code page has no pound sign of one byte")
    firm = read(tmp_path, WAYS[way], encoding=encoding)
    assert meaning(firm) == EXPECTED
    assert firm.sources[0].unread == 0


def test_a_map_names_columns_sides_and_words(tmp_path: Path) -> None:
    text = "Datum,Kunde,Netto,USt,Art,Stand\n01.09.2026,Ada,100,20,SI,K\n02.09.2026,Cy,40,8,PI,X\n"
    columns = "date=Datum,counterparty=Kunde,net=Netto,tax=USt,side=Art,issued=SI,received=PI,status=Stand,void=X"
    found = invoices(read(tmp_path, text, columns=columns))
    assert [(each.issued, each.standing) for each in found] == [(True, Standing.VALID), (False, Standing.VOID)]
    turned = "Datum=date;Kunde=counterparty;Netto=net;USt=tax;side=issued"
    assert all(each.issued for each in invoices(read(tmp_path, text, columns=turned)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "no row names a date and an amount"),
        ("date,counterparty,amount\n2026-09-01,Ada,10\n", "a list of invoices or a bank statement"),
        ("date,invoice no,counterparty,net,tax\n2026-09-01,1,Ada,10,2\n", "issued or received"),
        ("date,counterparty,amount,vat,side\n2026-09-01,Ada,10,2,issued\n", "with or without tax"),
        ("date,counterparty,net,tax,side\n2026-09-01,Ada,10,2,sideways\n", "neither issued nor received"),
        (
            "date,counterparty,net,tax,side\n01/02/2026,A,1,0,out\n03/01/2026,A,1,0,out\n02/02/2026,A,1,0,out\n",
            "day or",
        ),
    ],
)
def test_what_is_unclear_is_refused_with_the_way_out(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ColumnsUnclear) as refused:
        read(tmp_path, text)
    assert says in str(refused.value)
    assert "--columns" in str(refused.value)


@pytest.mark.parametrize("columns", ["nonsense", "colour=Red", "dates=backwards", "no_such.toml"])
def test_a_map_that_cannot_be_read_says_so(columns: str) -> None:
    with pytest.raises(MapUnclear, match="--columns"):
        read_map(columns)


@pytest.mark.parametrize("text", ["", "\n\n", "date,net,side\nno,no,out\n"])
def test_a_file_without_invoices_is_a_fact(tmp_path: Path, text: str) -> None:
    with pytest.raises((FileUnreadable, ColumnsUnclear)):
        read(tmp_path, text)


def test_repeated_rows_and_lines_of_one_invoice(tmp_path: Path) -> None:
    head = "date,number,customer,net,tax\n"
    row, line = "2026-09-01,7,Ada,100,20\n", "2026-09-01,7,Ada,30,6\n"
    firm = read(tmp_path, head + row + row + line)
    assert [each.net for each in invoices(firm)] == [Decimal(130)]
    assert firm.sources[0].left_out == 1
    without = read(tmp_path, "date,customer,net,tax\n" + 2 * "2026-09-01,Ada,5,1\n")
    assert len(invoices(without)) == 2  # nothing says that they are the same


def test_numbers_that_begin_anew_each_year_are_not_one_invoice(tmp_path: Path) -> None:
    firm = read(tmp_path, "date,number,customer,net,tax\n2025-09-01,1,Ada,100,20\n2026-09-01,1,Bo,50,10\n")
    assert len({each.number for each in invoices(firm)}) == 2


def test_amounts_that_contradict_are_not_counted(tmp_path: Path) -> None:
    text = "date,number,customer,net,tax,total\n2026-09-01,1,Ada,100,20,120\n2026-09-02,2,Ada,100,20,199\n"
    firm = read(tmp_path, text)
    assert (len(invoices(firm)), firm.sources[0].unread) == (1, 1)


def test_a_statement_is_read_with_its_balance(tmp_path: Path) -> None:
    text = "Date,Description,Paid in,Paid out,Balance\n01/09/2026,Sale,100.00,,100.00\n15/09/2026,Rent,,40.00,60.00\n"
    firm = read(tmp_path, text)
    (held,) = firm.held
    assert [each.amount for each in held.records.transactions] == [Decimal(100), Decimal(-40)]
    assert held.records.bounds.balance == Decimal(60)
    assert (firm.proof, firm.as_of) == (Proof.PROVED, date(2026, 10, 1))


def test_a_statement_may_say_debit_and_credit_in_a_type(tmp_path: Path) -> None:
    rows = "2026-09-01,Sale,Credit,100.00,100.00\n2026-09-15,Rent,Debit,40.00,60.00\n"
    text = f"Date,Description,Type,Amount,Balance\n{rows}"
    (held,) = read(tmp_path, text).held
    assert [each.amount for each in held.records.transactions] == [Decimal(100), Decimal(-40)]


def test_files_of_one_firm_are_read_together(tmp_path: Path) -> None:
    statement = "Date,Amount,Balance\n2026-09-01,100.00,100.00\n2026-10-02,-10.00,90.00\n"
    firm = read(tmp_path, WAYS["plain"], statement, WAYS["plain"], currency="GBP", business="Mine")
    assert [each.source for each in firm.held] == ["einvoice", "bank_statement"]
    assert (firm.business.name, firm.currency, firm.notes) == ("Mine", "GBP", ("same_file",))


def test_the_day_it_looks_back_from(tmp_path: Path) -> None:
    head = "date,customer,net\n"
    assert read(tmp_path, f"{head}2025-03-09,Ada,1\n").as_of == date(2025, 4, 1)
    assert read(tmp_path, f"{head}2026-11-09,Ada,1\n").as_of == TODAY
