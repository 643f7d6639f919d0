"""Leases and the bills of electricity, water and gas."""

from datetime import date, timedelta
from random import Random

from tests.papers import invented
from tests.papers.invented import en, zh
from tests.papers.layouts.drawn import Drawn
from tests.papers.sheet import Sheet


def lease_cn(random: Random) -> Drawn:
    """A Chinese lease in clauses."""
    shop, landlord = invented.shop_cn(random), invented.person(random)
    start = date(2023 + random.randrange(4), random.randint(1, 10), 1)
    end = date(start.year + random.choice((1, 2, 3, 5)), start.month, 1) - timedelta(days=1)
    rent, months = random.randrange(18, 160) * 100, random.choice((1, 2, 3))
    sheet = Sheet(210, 297, "#fffefa")
    sheet.text(105, 22, random.choice(("房屋租赁合同", "商铺租赁合同")), 20, "bold", "m")
    y = 46.0
    lines = [
        f"出租方（甲方）：{landlord}",
        f"承租方（乙方）：{shop.name}",
        "根据《中华人民共和国民法典》及有关规定，甲乙双方经协商一致，订立本合同。",
        f"第一条 房屋坐落：{shop.address}",
        f"第二条 租赁期限：自{zh(start)}起至{zh(end)}止。",
        f"第三条 租金：每月人民币{rent}元，按季支付。",
        f"第四条 押金：人民币{rent * months}元。",
        "第五条 乙方不得擅自转租，未经甲方书面同意不得改变房屋用途。",
    ]
    for line in lines:
        y = sheet.lines(22, y, line, 11.5, 38) + 5
    sheet.text(22, y + 20, "甲方（签字）：", 11)
    sheet.text(118, y + 20, "乙方（盖章）：", 11)
    signed = start - timedelta(days=random.randint(3, 20))
    sheet.text(22, y + 34, f"签订日期：{zh(signed)}", 11)
    sheet.seal(150, y + 26, 16, shop.name)
    fields = {
        "landlord": landlord, "tenant": shop.name, "address": shop.address, "start": start.isoformat(),
        "end": end.isoformat(), "rent": f"{rent}.00", "rent_period": "month", "deposit": f"{rent * months}.00",
        "currency": "CNY", "signed": signed.isoformat(),
    }  # fmt: skip
    return Drawn("lease", "CN", (sheet,), fields)


def lease_gb(random: Random) -> Drawn:
    """A British commercial lease: its particulars."""
    shop, landlord = invented.shop_gb(random), invented.shop_gb(random)
    start = date(2023 + random.randrange(4), random.randint(1, 10), 1)
    end = date(start.year + random.choice((3, 5, 10)), start.month, 1) - timedelta(days=1)
    rent = random.randrange(60, 400) * 10
    period = random.choice(("month", "quarter", "year"))
    sheet = Sheet(210, 297, "#fffefa")
    sheet.text(105, 20, "LEASE OF BUSINESS PREMISES", 18, "serif", "m")
    sheet.text(22, 40, "Particulars", 13, "bold")
    words = {"month": "per month", "quarter": "per quarter", "year": "per annum"}
    rows = [
        ("Date of lease", en(start - timedelta(days=9))), ("Landlord", landlord.name), ("Tenant", shop.name),
        ("Premises", shop.address), ("Term", f"from {en(start)} to {en(end)}"),
        ("Rent", f"£{rent:,}.00 {words[period]}"), ("Deposit", f"£{rent * 2:,}.00"),
    ]  # fmt: skip
    y = 54.0
    for label, value in rows:
        sheet.text(22, y, f"{label}:", 11)
        sheet.text(66, y, value, 11)
        y += 11
    sheet.lines(
        22,
        y + 10,
        "The Landlord lets the Premises to the Tenant for the Term at the Rent, on the conditions below.",
        10.5,
        40,
    )
    fields = {
        "landlord": landlord.name, "tenant": shop.name, "address": shop.address, "start": start.isoformat(),
        "end": end.isoformat(), "rent": f"{rent}.00", "rent_period": period, "deposit": f"{rent * 2}.00",
        "currency": "GBP", "signed": (start - timedelta(days=9)).isoformat(),
    }  # fmt: skip
    return Drawn("lease", "GB", (sheet,), fields)


def bill_cn(random: Random) -> Drawn:
    """A Chinese bill: electricity, water or gas, as a list or as a table of pairs."""
    shop = invented.shop_cn(random)
    utility, noun, firm = random.choice(
        (("electricity", "电", "供电公司"), ("water", "水", "自来水有限公司"), ("gas", "燃气", "燃气有限公司"))
    )
    issued = invented.days_ago(random, 5, 80)
    period_to = issued.replace(day=1) - timedelta(days=1)
    period_from = period_to.replace(day=1)
    due = issued + timedelta(days=20)
    account, amount = invented.digits(random, 10), invented.amount(random, 40, 3000)
    firm = f"{shop.place[3:6]}{firm}"
    holder = shop.owner if random.random() < 0.5 else shop.name
    pairs = random.random() < 0.5
    sheet = Sheet(210, 150, "#ffffff") if pairs else Sheet(120, 200, "#ffffff")
    sheet.text(sheet.width / 2, 10, firm, 13, "bold", "m")
    sheet.text(sheet.width / 2, 19, f"{noun}费{random.choice(('账单', '通知单'))}", 15, "bold", "m")
    rows = [
        ("户号", account), ("户名", holder), (f"用{noun}地址", shop.address),
        ("计费周期", f"{period_from}至{period_to}"), ("应缴金额", f"{amount}元"), ("缴费截止日期", zh(due)),
        ("出账日期", zh(issued)),
    ]  # fmt: skip
    y = 36.0
    for row, (label, value) in enumerate(rows):
        if pairs and row in {0, 3, 5}:
            sheet.text(14, y, label, 10)
            sheet.text(42, y, value, 10)
            continue
        x = 116.0 if pairs and row in {1, 4, 6} else 14.0
        sheet.text(x, y, label if pairs else f"{label}：", 10)
        y = max(y + 11, sheet.lines(x + 28, y, value, 10, 22 if not pairs else 40) + 5)
    fields = {
        "provider": firm, "utility": utility, "name": holder, "account_number": account, "address": shop.address,
        "period_from": period_from.isoformat(), "period_to": period_to.isoformat(), "amount": f"{amount}",
        "due": due.isoformat(), "currency": "CNY", "issued": issued.isoformat(),
    }  # fmt: skip
    return Drawn("utility_bill", "CN", (sheet,), fields)


def bill_gb(random: Random) -> Drawn:
    """A British bill with a box of facts."""
    shop = invented.shop_gb(random)
    utility, firm = random.choice(
        (("electricity", "Brightfen Energy"), ("water", "Tamewell Water"), ("gas", "Hearthgas"))
    )
    issued = invented.days_ago(random, 5, 80)
    period_to = issued - timedelta(days=3)
    period_from = period_to - timedelta(days=29)
    due = issued + timedelta(days=14)
    account, amount = invented.digits(random, 10), invented.amount(random, 30, 900)
    sheet = Sheet(210, 297, "#ffffff")
    sheet.text(16, 14, firm, 18, "bold")
    sheet.text(16, 26, f"Your {utility} bill", 13)
    sheet.text(16, 44, shop.name, 11)
    sheet.text(16, 50, shop.address, 9.5)
    side = random.random() < 0.5
    rows = [
        ("Customer name", shop.name), ("Account number", account), ("Bill date", en(issued)),
        ("Billing period", f"{en(period_from)} to {en(period_to)}"), ("Supply address", shop.address),
        ("Amount due", f"£{amount:,}"), ("Please pay by", en(due)),
    ]  # fmt: skip
    y = 68.0
    for label, value in rows:
        sheet.text(16, y, label if side else f"{label}:", 10, "bold" if side else "sans")
        sheet.text(66, y, value, 10)
        y += 10
    fields = {
        "provider": firm, "utility": utility, "name": shop.name, "account_number": account, "address": shop.address,
        "period_from": period_from.isoformat(), "period_to": period_to.isoformat(), "amount": f"{amount}",
        "due": due.isoformat(), "currency": "GBP", "issued": issued.isoformat(),
    }  # fmt: skip
    return Drawn("utility_bill", "GB", (sheet,), fields)
