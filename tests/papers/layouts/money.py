"""Bank statements with a running balance, and certificates of tax that was paid."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.papers import invented
from tests.papers.invented import TODAY, en, zh
from tests.papers.layouts.drawn import Drawn
from tests.papers.sheet import Sheet

_BANKS_CN = ("晨江银行", "东湖农村商业银行", "海晏银行")
_BANKS_GB = ("Northmoor Bank", "Albion & Vale Bank", "Castlegate Bank plc")
ROWS = 24


def _rows(random: Random, count: int) -> tuple[Decimal, list[tuple[date, str, Decimal, Decimal]]]:
    balance = opening = invented.amount(random, 2000, 30_000)
    day = TODAY - timedelta(days=random.randint(5, 60) + count * 3)
    rows = []
    for _ in range(count):
        day += timedelta(days=random.choice((0, 1, 2, 3)))
        moved = invented.amount(random, 20, 4000) * random.choice((1, 1, -1))
        if balance + moved < 0:
            moved = abs(moved)
        balance += moved
        rows.append((day, random.choice("ABCDEFGH"), moved, balance))
    return opening, rows


def statement_cn(random: Random) -> Drawn:
    """A statement with columns for money out and in, or one signed amount; two pages."""
    shop = invented.shop_cn(random)
    bank, account = random.choice(_BANKS_CN), "62" + invented.digits(random, 17)
    split = random.random() < 0.5
    opening, rows = _rows(random, ROWS * 2)
    days = [row[0] for row in rows]
    first, last = days[0], days[-1]
    sheets = []
    for page in range(2):
        sheet = Sheet(210, 297, "#ffffff")
        sheet.text(105, 12, f"{bank}账户交易明细", 15, "bold", "m")
        sheet.text(14, 26, f"户名：{shop.name}", 9)
        sheet.text(120, 26, f"账号：{account}", 9)
        sheet.text(14, 33, "币种：人民币", 9)
        sheet.text(64, 33, f"起止日期：{first}至{last}", 9)
        sheet.text(150, 33, f"期初余额：{opening:,}", 9)
        heads = [(14, "交易日期", "l"), (44, "摘要", "l"), (72, "对方户名", "l")]
        heads += [(136, "借方发生额", "r"), (162, "贷方发生额", "r")] if split else [(150, "交易金额", "r")]
        heads.append((196, "账户余额", "r"))
        y = 44.0
        for x, head, anchor in heads:
            sheet.text(x, y, head, 9, "bold", anchor)  # type: ignore[arg-type]
        for day, mark, moved, balance in rows[page * ROWS : (page + 1) * ROWS]:
            y += 8.6
            sheet.text(14, y, str(day), 8.5)
            sheet.text(44, y, "货款" if moved > 0 else "采购", 8.5)
            sheet.text(72, y, f"{'某某商户'}{mark}", 8.5)
            if split:
                sheet.text(162 if moved > 0 else 136, y, f"{abs(moved):,}", 8.5, anchor="r")
            else:
                sheet.text(150, y, f"{moved:,}", 8.5, anchor="r")
            sheet.text(196, y, f"{balance:,}", 8.5, anchor="r")
        sheet.text(105, 284, f"第{page + 1}页 共2页", 8, anchor="m")
        sheets.append(sheet)
    fields = {
        "holder": shop.name, "account_number": account, "bank": bank, "currency": "CNY", "first": str(first),
        "last": str(last), "opening": f"{opening}", "closing": f"{rows[-1][3]}", "rows": str(len(rows)),
        "money_in": f"{sum((row[2] for row in rows if row[2] > 0), Decimal(0))}",
        "money_out": f"{-sum((row[2] for row in rows if row[2] < 0), Decimal(0))}",
    }  # fmt: skip
    return Drawn("bank_statement", "CN", tuple(sheets), fields)


def statement_gb(random: Random) -> Drawn:
    """A British statement: paid out, paid in, balance; a day is printed once."""
    shop = invented.shop_gb(random)
    bank, account = random.choice(_BANKS_GB), invented.digits(random, 8)
    opening, rows = _rows(random, ROWS)
    once = random.random() < 0.5
    sheet = Sheet(210, 297, "#ffffff")
    sheet.text(16, 14, bank, 17, "bold")
    sheet.text(16, 26, "Business Current Account statement", 11)
    sheet.text(16, 36, f"Account name: {shop.name}", 9.5)
    sheet.text(16, 43, f"Account number: {account}", 9.5)
    sheet.text(80, 43, "Sort code: 20-00-00", 9.5)
    sheet.text(120, 36, f"Statement period: {en(rows[0][0])} to {en(rows[-1][0])}", 8.5)
    sheet.text(16, 50, f"Opening balance: £{opening:,}", 9.5)
    sheet.text(80, 50, f"Closing balance: £{rows[-1][3]:,}", 9.5)
    y = 62.0
    for x, head, anchor in (
        (16, "Date", "l"),
        (44, "Description", "l"),
        (136, "Paid out", "r"),
        (164, "Paid in", "r"),
        (194, "Balance", "r"),
    ):
        sheet.text(x, y, head, 9, "bold", anchor)  # type: ignore[arg-type]
    before = None
    for day, mark, moved, balance in rows:
        y += 8.4
        if day != before or not once:
            sheet.text(16, y, f"{day:%d %b %Y}", 8.5)
        before = day
        sheet.text(44, y, f"{'CARD TAKINGS' if moved > 0 else 'SUPPLIER'} {mark}", 8.5)
        sheet.text(164 if moved > 0 else 136, y, f"{abs(moved):,}", 8.5, anchor="r")
        sheet.text(194, y, f"{balance:,}", 8.5, anchor="r")
    fields = {
        "holder": shop.name, "account_number": account, "bank": bank, "currency": "GBP", "first": str(rows[0][0]),
        "last": str(rows[-1][0]), "opening": f"{opening}", "closing": f"{rows[-1][3]}", "rows": str(len(rows)),
        "money_in": f"{sum((row[2] for row in rows if row[2] > 0), Decimal(0))}",
        "money_out": f"{-sum((row[2] for row in rows if row[2] < 0), Decimal(0))}",
    }  # fmt: skip
    return Drawn("bank_statement", "GB", (sheet,), fields)


def tax_paid_cn(random: Random) -> Drawn:
    """A certificate of paid tax: a table of taxes and their sum."""
    shop = invented.shop_cn(random)
    number = f"3{invented.digits(random, 17)}"
    issued = invented.days_ago(random, 10, 300)
    since = issued.replace(day=1, month=1)
    until = issued.replace(day=1) - timedelta(days=1) if issued.month > 1 else issued
    if until < since:
        since = until.replace(month=1, day=1)
    parts = [
        ("增值税", invented.amount(random, 200, 9000)),
        ("城市维护建设税", invented.amount(random, 10, 600)),
        ("教育费附加", invented.amount(random, 5, 200)),
    ]
    total = sum((value for _, value in parts), Decimal(0))
    office = f"国家税务总局{shop.place[3:6]}税务局"
    wide = random.random() < 0.5
    sheet = Sheet(240, 160, "#ffffff") if wide else Sheet(210, 200, "#ffffff")
    right = sheet.width - 14
    sheet.text(sheet.width / 2, 12, "中 华 人 民 共 和 国", 11, "serif", "m")
    sheet.text(sheet.width / 2, 19, "税 收 完 税 证 明", 18, "serif", "m")
    sheet.text(right, 22, f"No.{number}", 9, anchor="r")
    sheet.text(16, 34, f"填发日期：{zh(issued)}", 9)
    sheet.text(right, 34, f"税务机关：{office}", 9, anchor="r")
    sheet.text(16, 44, "纳税人识别号", 9)
    sheet.text(44, 44, shop.number, 9)
    sheet.text(108, 44, "纳税人名称", 9)
    sheet.text(132, 44, shop.name, 9)
    for x, head in ((16, "原凭证号"), (62, "税种"), (98, "税款所属时期"), (150, "入（退）库日期")):
        sheet.text(x, 55, head, 9)
    sheet.text(right, 55, "实缴（退）金额", 9, anchor="r")
    y = 55.0
    for name, value in parts:
        y += 9
        sheet.text(16, y, invented.digits(random, 18), 8)
        sheet.text(62, y, name, 8.5)
        sheet.text(98, y, f"{since}至{until}", 8.5)
        sheet.text(150, y, str(issued), 8.5)
        sheet.text(right, y, f"{value:,}", 8.5, anchor="r")
    y += 14
    sheet.text(16, y, "金额合计", 9)
    sheet.text(44, y, f"（大写）{invented.capital(total)}", 9)
    sheet.text(right, y, f"¥{total:,}", 9, anchor="r")
    sheet.text(right - 60, y + 18, "填票人：电子税务局", 8)
    sheet.seal(40, y + 24, 15, office)
    fields = {
        "number": number, "name": shop.name, "registration_number": shop.number, "amount": f"{total}",
        "currency": "CNY", "authority": office, "issued": issued.isoformat(), "period_from": since.isoformat(),
        "period_to": until.isoformat(),
    }  # fmt: skip
    return Drawn("tax_payment_certificate", "CN", (sheet,), fields)


def tax_paid_gb(random: Random) -> Drawn:
    """A confirmation that British corporation tax was paid."""
    shop = invented.shop_gb(random)
    number, paid = invented.digits(random, 10), invented.amount(random, 300, 20_000)
    issued = invented.days_ago(random, 10, 300)
    until = issued - timedelta(days=random.randint(30, 120))
    since = until - timedelta(days=364)
    sheet = Sheet(210, 297, "#ffffff")
    sheet.text(16, 16, "HM Revenue & Customs", 15, "bold")
    sheet.text(16, 34, "Corporation Tax payment confirmation", 14, "bold")
    rows = [
        ("Company name", shop.name),
        ("Company number", shop.number),
        ("Tax reference", number),
        ("Accounting period", f"{en(since)} to {en(until)}"),
        ("Amount paid", f"£{paid:,}"),
        ("Date of issue", en(issued)),
    ]
    y = 54.0
    for label, value in rows:
        sheet.text(16, y, label, 10.5)
        sheet.text(76, y, value, 10.5)
        y += 11
    fields = {
        "number": number, "name": shop.name, "registration_number": shop.number, "amount": f"{paid}", "currency": "GBP",
        "authority": "HM Revenue & Customs", "issued": issued.isoformat(), "period_from": since.isoformat(),
        "period_to": until.isoformat(),
    }  # fmt: skip
    return Drawn("tax_payment_certificate", "GB", (sheet,), fields)
