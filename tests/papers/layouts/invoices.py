"""Invoices: fully digital and older fapiao with their QR codes, and British VAT invoices."""

from decimal import Decimal
from random import Random

from tests.papers import invented
from tests.papers.invented import en, zh
from tests.papers.layouts.drawn import Drawn
from tests.papers.sheet import Sheet


def _amounts(random: Random) -> tuple[Decimal, Decimal, Decimal, str]:
    rate = random.choice((1, 6, 9, 13))
    net = invented.amount(random, 50, 60_000)
    tax = (net * rate / 100).quantize(Decimal("0.01"))
    return net, tax, net + tax, f"{rate}%"


def digital(random: Random) -> Drawn:
    """A fully digital fapiao, special or ordinary."""
    seller, buyer = invented.shop_cn(random), invented.shop_cn(random)
    net, tax, total, rate = _amounts(random)
    number, day = invented.digits(random, 20), invented.days_ago(random, 5, 600)
    special = random.random() < 0.5
    sheet = Sheet(210, 140, "#ffffff")
    brown = "#7a3b12"
    sheet.code(8, 6, 21, f"01,32,,{number},{total},{day:%Y%m%d},,{random.randrange(65536):04X}")
    sheet.text(105, 10, f"电子发票（{'增值税专用发票' if special else '普通发票'}）", 15, "serif", "m", brown)
    sheet.text(156, 10, "发票号码：", 8, colour=brown)
    sheet.text(170, 10, number, 8)
    sheet.text(156, 16, "开票日期：", 8, colour=brown)
    sheet.text(170, 16, zh(day), 8)
    sheet.box(8, 30, 194, 24, outline=brown)
    for x, side, party in ((9.0, "购买方信息", buyer), (107.0, "销售方信息", seller)):
        for place, char in enumerate(side):
            sheet.text(x, 31.5 + place * 4.3, char, 7, colour=brown)
        sheet.text(x + 7, 34, "名称：", 8, colour=brown)
        sheet.text(x + 17, 34, party.name, 8)
        sheet.text(x + 7, 45, "统一社会信用代码/纳税人识别号：", 7, colour=brown)
        sheet.text(x + 47, 45, party.number, 8)
    heads = (
        (10, "项目名称"),
        (52, "规格型号"),
        (78, "单位"),
        (96, "数量"),
        (118, "单价"),
        (143, "金额"),
        (163, "税率/征收率"),
        (196, "税额"),
    )
    sheet.box(8, 54, 194, 40, outline=brown)
    for x, head in heads:
        sheet.text(x, 55, head, 7.5, colour=brown, anchor="r" if head == "税额" else "l")
    sheet.text(10, 61, "*食品*预包装食品", 8)
    sheet.text(78, 61, "批", 8)
    sheet.text(100, 61, "1", 8)
    sheet.text(153, 61, f"{net}", 8, anchor="r")
    sheet.text(165, 61, rate, 8)
    sheet.text(199, 61, f"{tax}", 8, anchor="r")
    sheet.text(24, 86, "合　　　计", 8, colour=brown)
    sheet.text(153, 86, f"¥{net}", 8, anchor="r")
    sheet.text(199, 86, f"¥{tax}", 8, anchor="r")
    sheet.box(8, 94, 194, 9, outline=brown)
    sheet.text(14, 96.4, "价税合计（大写）", 8, colour=brown)
    sheet.text(60, 96.2, f"⊗{invented.capital(total)}", 8.5)
    sheet.text(140, 96.4, "（小写）", 8, colour=brown)
    sheet.text(154, 96.2, f"¥{total}", 8.5)
    sheet.box(8, 103, 194, 20, outline=brown)
    sheet.text(10, 105, "备注", 7.5, colour=brown)
    sheet.text(14, 127, f"开票人：{invented.person(random)}", 8)
    fields = {
        "number": number, "day": day.isoformat(), "seller": seller.name, "seller_number": seller.number,
        "buyer": buyer.name, "buyer_number": buyer.number, "net": f"{net}", "tax": f"{tax}", "total": f"{total}",
        "currency": "CNY",
    }  # fmt: skip
    return Drawn("invoice", "CN", (sheet,), fields)


def paper_fapiao(random: Random) -> Drawn:
    """The fapiao of the years before: a code of twelve digits and a number of eight."""
    seller, buyer = invented.shop_cn(random), invented.shop_cn(random)
    net, tax, total, rate = _amounts(random)
    code, number, day = invented.digits(random, 12), invented.digits(random, 8), invented.days_ago(random, 300, 900)
    kind = random.choice(("10", "01", "04"))
    title = {"10": "增值税电子普通发票", "01": "增值税专用发票", "04": "增值税普通发票"}[kind]
    sheet = Sheet(240, 140, "#ffffff")
    ink = "#8a4a1e"
    sheet.code(
        10,
        6,
        20,
        f"01,{kind},{code},{number},{net},{day:%Y%m%d},{invented.digits(random, 20)},{random.randrange(65536):04X},",
    )
    place = seller.place[:2] if not seller.place.startswith("黑龙江") else "黑龙江"
    sheet.text(120, 9, f"{place}{title}", 16, "serif", "m", ink)
    for row, (label, value) in enumerate(
        (
            ("发票代码", code),
            ("发票号码", number),
            ("开票日期", zh(day)),
            ("校 验 码", " ".join(invented.digits(random, 5) for _ in range(4))),
        )
    ):
        sheet.text(172, 6 + row * 5.4, f"{label}：", 8, colour=ink)
        sheet.text(190, 6 + row * 5.4, value, 8)
    for y, side, party in ((30.0, "购买方", buyer), (106.0, "销售方", seller)):
        sheet.box(10, y, 220, 23, outline=ink)
        for row, char in enumerate(side):
            sheet.text(11.5, y + 3 + row * 6, char, 8, colour=ink)
        for row, (label, value) in enumerate(
            (
                ("名　　　　称", party.name),
                ("纳税人识别号", party.number),
                ("地址、 电话", f"{party.address} 0{invented.digits(random, 10)}"),
                ("开户行及账号", f"某某银行{party.place[3:5]}支行 {invented.digits(random, 16)}"),
            )
        ):
            sheet.text(18, y + 1.4 + row * 5.3, f"{label}：", 7.5, colour=ink)
            sheet.text(42, y + 1.3 + row * 5.3, value, 7.5)
    sheet.box(10, 53, 220, 44, outline=ink)
    for x, head in (
        (14, "货物或应税劳务、服务名称"),
        (70, "规格型号"),
        (94, "单位"),
        (112, "数量"),
        (134, "单价"),
        (164, "金额"),
        (184, "税率"),
        (214, "税额"),
    ):
        sheet.text(x, 54, head, 7.5, colour=ink)
    sheet.text(14, 60, "*服务*餐饮服务", 8)
    sheet.text(176, 60, f"{net}", 8, anchor="r")
    sheet.text(185, 60, rate, 8)
    sheet.text(227, 60, f"{tax}", 8, anchor="r")
    sheet.text(30, 90, "合　　　　计", 8, colour=ink)
    sheet.text(176, 90, f"¥{net}", 8, anchor="r")
    sheet.text(227, 90, f"¥{tax}", 8, anchor="r")
    sheet.box(10, 97, 220, 9, outline=ink)
    sheet.text(16, 99, "价税合计（大写）", 8, colour=ink)
    sheet.text(72, 98.8, f"⊗{invented.capital(total)}", 8.5)
    sheet.text(160, 99, "（小写）", 8, colour=ink)
    sheet.text(176, 98.8, f"¥{total}", 8.5)
    fields = {
        "number": number, "code": code, "day": day.isoformat(), "seller": seller.name, "seller_number": seller.number,
        "buyer": buyer.name, "buyer_number": buyer.number, "net": f"{net}", "tax": f"{tax}", "total": f"{total}",
        "currency": "CNY",
    }  # fmt: skip
    return Drawn("invoice", "CN", (sheet,), fields)


def british(random: Random) -> Drawn:
    """A British VAT invoice, its parties side by side or one under the other."""
    seller, buyer = invented.shop_gb(random), invented.shop_gb(random)
    net = invented.amount(random, 40, 9000)
    tax = (net / 5).quantize(Decimal("0.01"))
    number, day = f"INV-{invented.digits(random, 5)}", invented.days_ago(random, 5, 500)
    sheet = Sheet(210, 297, "#ffffff")
    side = random.random() < 0.5
    sheet.text(16, 16, seller.name, 16, "bold")
    sheet.text(16, 25, seller.address, 9)
    sheet.text(16, 31, f"VAT Reg No: GB {seller.vat[:3]} {seller.vat[3:7]} {seller.vat[7:]}", 9)
    sheet.text(194, 16, "VAT INVOICE" if side else "INVOICE", 20, "bold", "r")
    sheet.text(16, 50, "Bill to", 9, "bold")
    sheet.text(16, 56, buyer.name, 10)
    sheet.text(16, 62, buyer.address, 9)
    for row, (label, value) in enumerate(
        (("Invoice number", number), ("Invoice date", en(day)), ("Due date", en(day)))
    ):
        sheet.text(122 if side else 16, (50 if side else 76) + row * 6.5, label, 9)
        sheet.text(194 if side else 60, (50 if side else 76) + row * 6.5, value, 9, anchor="r" if side else "l")
    y = 110.0
    sheet.rule(16, y - 2, 194, y - 2)
    for x, head in ((16, "Description"), (110, "Qty"), (135, "Unit price")):
        sheet.text(x, y, head, 9, "bold")
    sheet.text(194, y, "Amount", 9, "bold", "r")
    sheet.text(16, y + 8, "Catering supplies", 9)
    sheet.text(112, y + 8, "1", 9)
    sheet.text(135, y + 8, f"{net:,}", 9)
    sheet.text(194, y + 8, f"{net:,}", 9, anchor="r")
    for row, (label, sum_) in enumerate((("Subtotal", net), ("VAT (20%)", tax), ("Total", net + tax))):
        sheet.text(135, y + 24 + row * 7, label, 10, "bold" if row == 2 else "sans")
        sheet.text(194, y + 24 + row * 7, f"£{sum_:,}", 10, "bold" if row == 2 else "sans", "r")
    fields = {
        "number": number, "day": day.isoformat(), "seller": seller.name, "seller_number": seller.vat,
        "buyer": buyer.name, "net": f"{net}", "tax": f"{tax}", "total": f"{net + tax}", "currency": "GBP",
    }  # fmt: skip
    return Drawn("invoice", "GB", (sheet,), fields)
