"""English papers as other issuers print them."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.papers.invented import amount, days_ago, digits, en, shop_gb
from tests.papers.unseen.page import MONO, SERIF, Paper, by_hand, lines, rows


def _hand(text: str) -> str:
    return by_hand(text, chinese=False)


def _check(text: str) -> str:
    """The check digit of a machine-readable zone (ICAO 9303)."""
    worth = (int(char) if char.isdigit() else 0 if char == "<" else ord(char) - 55 for char in text)
    return str(sum(each * (7, 3, 1)[place % 3] for place, each in enumerate(worth)) % 10)


def _months(day: date) -> str:
    return f"{day:%d} {day:%b} /{day:%b} {day:%y}".upper()


def register_page(random: Random) -> Paper:
    """The overview of a company on the register's site."""
    shop = shop_gb(random)
    html = f"""<div style="background:#0b0c0c;color:#fff;padding:14px 18px;font-weight:700">Find and update company information</div>
    <div style="padding:18px"><h1 style="margin:0 0 4px">{shop.name.upper()}</h1><p>Company number <b>{shop.number}</b></p>
    <p style="margin-bottom:0">Registered office address</p><b>{shop.address}, United Kingdom</b><p style="margin-bottom:0">Company status</p><b>Active</b>
    <div style="display:flex;gap:60px"><div><p style="margin-bottom:0">Company type</p><b>Private limited Company</b></div>
    <div><p style="margin-bottom:0">Incorporated on</p><b>{en(shop.founded)}</b></div></div>
    <h3>Nature of business (SIC)</h3><p>47240 - Retail sale of bread, cakes, flour confectionery</p></div>"""
    fields = {
        "registration_number": shop.number, "name": shop.name, "established": shop.founded.isoformat(),
        "address": f"{shop.address}, United Kingdom",
    }  # fmt: skip
    return Paper("business_licence", "GB", html, fields, 700, ("screen", "monitor"))


def certificate(random: Random) -> Paper:
    """A certificate of incorporation as a formation agent frames it."""
    shop = shop_gb(random)
    html = f"""<div style="border:3px solid #333;margin:30px;padding:60px 70px;text-align:center;font:20px/1.8 {SERIF};min-height:900px">
    <p style="letter-spacing:.2em">FILE COPY</p><h1 style="font-size:34px">CERTIFICATE OF INCORPORATION<br>OF A PRIVATE LIMITED COMPANY</h1>
    <p>Company Number <b>{shop.number}</b></p><p style="text-align:left">The Registrar of Companies for England and Wales, hereby certifies that</p>
    <p style="font-size:26px"><b>{shop.name.upper()}</b></p><p style="text-align:left">is this day incorporated under the Companies Act 2006 as a private company, that the
    company is limited by shares, and the situation of its registered office is in England and Wales.</p>
    <p style="text-align:left;margin-top:60px">Given at Companies House, Cardiff, on {en(shop.founded)}.</p></div>"""
    fields = {"registration_number": shop.number, "name": shop.name, "established": shop.founded.isoformat()}
    return Paper("business_licence", "GB", html, fields, 820, ("pdf", "photo", "scan"))


def passport(random: Random) -> Paper:
    """The page of a passport, its zone at the foot."""
    shop = shop_gb(random)
    given, last = shop.owner.split()
    until = days_ago(random, 1, 900).replace(year=2031)
    number = digits(random, 9)
    name = f"P<GBR{last.upper()}<<{given.upper()}".ljust(44, "<")
    parts = [number + _check(number), "GBR", f"{shop.born:%y%m%d}" + _check(f"{shop.born:%y%m%d}"), shop.sex]
    parts += [f"{until:%y%m%d}" + _check(f"{until:%y%m%d}"), "<" * 14 + "0"]
    whole = parts[0] + parts[2] + parts[4] + parts[5]
    second = "".join(parts) + _check(whole)
    html = f"""<div style="background:linear-gradient(90deg,#e8eef7,#f7efe8);padding:24px 30px;height:560px;position:relative">
    <p style="margin:0">UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND</p><div style="position:absolute;left:30px;top:90px;width:190px;height:240px;background:#bbb"></div>
    <div style="margin-left:230px;font-size:13px;line-height:1.25">{
        "".join(
            f"<p style='margin:5px 0'>{label}<br><b style='font-size:18px'>{value}</b></p>"
            for label, value in (
                ("Passport No./Passeport No.", number),
                ("Surname/Nom (1)", last.upper()),
                ("Given names/Prénoms (2)", given.upper()),
                ("Nationality/Nationalité (3)", "BRITISH CITIZEN"),
                ("Date of birth/Date de naissance (4)", _months(shop.born)),
                ("Date of expiry/Date d'expiration (9)", _months(until)),
            )
        )
    }</div>
    <pre style="font:25.5px/1.35 {MONO};position:absolute;bottom:4px;left:24px;margin:0">{name.replace("<", "&lt;")}\n{
        second.replace("<", "&lt;")
    }</pre></div>"""
    fields = {
        "name": shop.owner, "id_number": number, "birth_date": shop.born.isoformat(), "valid_until": until.isoformat(),
    }  # fmt: skip
    return Paper("id_front", "GB", html, fields, 760, ("photo", "scan"))


def _sums(random: Random) -> tuple[Decimal, Decimal, Decimal]:
    net = amount(random, 100, 9000)
    tax = (net / 5).quantize(Decimal("0.01"))
    return net, tax, net + tax


def invoice_side(random: Random) -> Paper:
    """An invoice with a coloured side that names the seller, sums at the right."""
    seller, buyer, day = shop_gb(random), shop_gb(random), days_ago(random, 5, 300)
    net, tax, total = _sums(random)
    number = f"{random.choice(('SI', 'A', 'F'))}-{random.randrange(1000, 99999)}"
    html = f"""<div style="display:flex;min-height:1000px"><div style="width:230px;background:#23395d;color:#fff;padding:30px 20px"><h2>{seller.name}</h2><p>{seller.address}</p>
    <p>VAT Reg No GB {seller.vat[:3]} {seller.vat[3:7]} {seller.vat[7:]}</p><p>Company No {seller.number}</p></div><div style="flex:1;padding:30px"><h1 style="letter-spacing:.1em">TAX INVOICE</h1>
    <table>{rows([("Invoice no", number), ("Tax point", f"{day:%d/%m/%Y}"), ("Terms", "30 days")], "style='padding-right:30px;color:#666'")}</table>
    <p style="margin-top:30px;color:#666;margin-bottom:0">Billed to</p><b>{buyer.name}</b><br>{buyer.address}
    <table style="width:100%;margin-top:40px"><tr style="border-bottom:2px solid #333;text-align:left"><th>Item<th>Qty<th>Unit<th>Amount</tr><tr><td>Wholesale goods as ordered<td>1<td>{net:,}<td>{net:,}</tr></table>
    <table style="margin:50px 0 0 auto">{rows([("Subtotal", f"£{net:,}"), ("VAT @ 20%", f"£{tax:,}"), ("<b>Amount due</b>", f"<b>£{total:,}</b>")], "style='padding-right:40px'")}</table></div></div>"""
    fields = {
        "number": number, "day": day.isoformat(), "seller": seller.name, "buyer": buyer.name, "net": str(net), "tax": str(tax),
        "total": str(total),
    }  # fmt: skip
    return Paper("invoice", "GB", html, fields, 820, ("pdf", "photo", "scan"))


def till_receipt(random: Random) -> Paper:
    """A VAT receipt of a wholesaler on thermal paper."""
    seller, day = shop_gb(random), days_ago(random, 5, 200)
    net, tax, total = _sums(random)
    number = digits(random, 7)
    html = f"""<div style="padding:20px;font:14px/1.5 {MONO}"><p style="text-align:center"><b>{seller.name.upper()}</b><br>{seller.address}<br>VAT NO. {seller.vat}</p><p>VAT INVOICE</p>
    <p>Invoice: {number}<br>Date: {day:%d-%b-%Y} 14:22</p><pre style="font:inherit;margin:0">{"FLOUR 16KG x4":<24}{net:>10}\n{"-" * 34}\n{"GOODS TOTAL":<24}{net:>10}\n{"VAT 20.0%":<24}{tax:>10}\n{"TOTAL GBP":<24}{total:>10}\n{"CARD":<24}{total:>10}</pre><p>Thank you for your custom</p></div>"""
    fields = {
        "number": number, "day": day.isoformat(), "seller": seller.name, "net": str(net), "tax": str(tax),
        "total": str(total),
    }  # fmt: skip
    return Paper("invoice", "GB", html, fields, 330, ("photo",))


def statement(random: Random) -> Paper:
    """A bank statement of two pages: money in before money out, days only where they change."""
    shop, balance = shop_gb(random), amount(random, 3000, 20000)
    opening, day, out, moves = balance, days_ago(random, 100, 200), [], [Decimal(0), Decimal(0)]
    first, shown = day, ""
    for _ in range(52):
        day += timedelta(days=random.randrange(0, 2))
        value, credit = amount(random, 5, 900), random.random() < 0.55
        balance += value if credit else -value
        moves[credit] += value
        said = f"{day:%d %b %Y}"
        cells = (said if said != shown else "", random.choice(("Card sales settlement", "Direct debit", "Faster payment", "Standing order rent", "Bank charges")), f"{value:,}" if credit else "", "" if credit else f"{value:,}", f"{balance:,}")  # fmt: skip
        shown = said
        out.append("<tr>" + "".join(f"<td>{each}</td>" for each in cells) + "</tr>")
    account = digits(random, 8)
    html = f"""<div style="padding:34px"><h2>{random.choice(("Northern Shires Bank", "Tideway Bank"))}</h2><h3>Business account statement</h3><p>{shop.name}<br>Sort code 20-{random.randint(10, 99)}-{random.randint(10, 99)}　Account number {account}</p>
    <p>Statement period {en(first)} to {en(day)}</p><p>Opening balance £{opening:,}<br>Total money in £{moves[1]:,}<br>Total money out £{moves[0]:,}<br>Closing balance £{balance:,}</p>
    <table style="width:100%;font-size:12.5px"><thead><tr><th>Date<th>Details<th>Money in (£)<th>Money out (£)<th>Balance (£)</tr></thead>{"".join(out)}</table></div>"""
    fields = {
        "holder": shop.name, "account_number": account, "opening": str(opening), "closing": str(balance),
        "money_in": str(moves[1]), "money_out": str(moves[0]), "rows": "52",
    }  # fmt: skip
    return Paper(
        "bank_statement",
        "GB",
        html,
        fields,
        800,
        ("pdf",),
        "td,th{padding:5px;text-align:left;border-bottom:1px solid #eee}",
    )


def tax_letter(random: Random) -> Paper:
    """The tax office's letter that confirms a payment."""
    shop, begin = shop_gb(random), days_ago(random, 300, 500).replace(day=1)
    end, total = begin + timedelta(days=364), amount(random, 500, 12000)
    issued, number = end + timedelta(days=60), digits(random, 10)
    html = f"""<div style="padding:60px;font:17px/1.6 {SERIF}"><h2>HM Revenue &amp; Customs</h2><p>Date of issue: {
        en(issued)
    }</p><p>Reference: {number}</p><h3>Certificate of tax paid</h3>
    <p>This certifies that the taxpayer named below has paid the tax shown.</p>{
        lines(
            [
                ("Taxpayer", shop.name),
                ("Company registration number", shop.number),
                ("Tax", "Corporation Tax"),
                ("Accounting period", f"{en(begin)} to {en(end)}"),
                ("Amount paid", f"£{total:,}"),
            ],
            ": ",
        )
    }</div>"""
    fields = {
        "number": number, "name": shop.name, "registration_number": shop.number, "amount": str(total), "issued": issued.isoformat(),
        "period_from": begin.isoformat(), "period_to": end.isoformat(),
    }  # fmt: skip
    return Paper("tax_payment_certificate", "GB", html, fields, 800, ("pdf", "photo", "scan"))


def lease(random: Random) -> Paper:
    """A short lease on a form, filled in by hand."""
    tenant, landlord, begin = shop_gb(random), shop_gb(random), days_ago(random, 60, 500)
    years, rent = random.choice((1, 3, 5)), Decimal(random.randrange(8, 60)) * 50
    end = begin.replace(year=begin.year + years, day=min(begin.day, 28)) - timedelta(days=1)
    html = f"""<div style="padding:60px 70px;font:17px/2 {SERIF}"><h2 style="text-align:center">LEASE OF BUSINESS PREMISES</h2><p>This agreement is made on {_hand(en(begin - timedelta(days=10)))}</p>
    <p>Landlord: {_hand(landlord.owner)}</p><p>Tenant: {_hand(tenant.name)}</p><p>Premises: {_hand(tenant.address)}</p><p>Term: from {_hand(en(begin))} to {_hand(en(end))}</p>
    <p>Rent: £ {_hand(f"{rent:,.2f}")} per calendar month, payable in advance</p><p>Deposit: £ {_hand(f"{rent:,.2f}")}</p><p>1. The Tenant shall pay the rent on the days due. 2. The Tenant shall not assign or sublet.</p></div>"""
    fields = {
        "landlord": landlord.owner, "tenant": tenant.name, "address": tenant.address, "start": begin.isoformat(),
        "end": end.isoformat(), "rent": str(rent),
    }  # fmt: skip
    return Paper("lease", "GB", html, fields, 820, ("photo", "scan"))


def bill(random: Random) -> Paper:
    """An energy or water bill with the sum in a box."""
    shop, begin = shop_gb(random), days_ago(random, 60, 200).replace(day=1)
    end, total, number = begin + timedelta(days=30), amount(random, 60, 900), digits(random, 9)
    kind, provider = random.choice(
        (("Electricity", "Brightway Energy Ltd"), ("Water", "Vale Water plc"), ("Gas", "Moorland Gas Ltd"))
    )
    html = f"""<div style="padding:36px"><div style="display:flex;justify-content:space-between"><h1 style="color:#0a7d4f">{provider}</h1><div style="text-align:right">Account number<br><b>{number}</b></div></div>
    <p>{shop.name}<br>{shop.address}</p><h2>Your {kind.lower()} bill</h2><p>Bill date {en(end + timedelta(days=3))}</p><p>For {en(begin)} - {en(end)}</p>
    <div style="background:#e5f5ee;padding:20px;font-size:22px;width:340px">Total amount due<br><b style="font-size:34px">£{total}</b><br><small>Please pay by {en(end + timedelta(days=17))}</small></div></div>"""
    fields = {
        "provider": provider, "account_number": number, "name": shop.name, "address": shop.address, "amount": str(total),
        "period_from": begin.isoformat(), "period_to": end.isoformat(),
    }  # fmt: skip
    return Paper("utility_bill", "GB", html, fields, 800, ("pdf", "photo", "scan"))


def food_registration(random: Random) -> Paper:
    """A council's food hygiene or premises licence."""
    shop, begin = shop_gb(random), days_ago(random, 60, 700)
    number = f"{random.choice(('PREM', 'FB'))}/{random.randrange(1000, 9999)}"
    html = f"""<div style="padding:50px;font:18px/1.9 {SERIF}"><h2>{
        shop.place
    } City Council</h2><h1>Premises Licence</h1><p>Licensing Act 2003</p>
    {
        lines(
            [
                ("Licence number", number),
                ("Premises", shop.address),
                ("Holder of the licence", shop.name),
                ("Licensable activities", "Sale by retail of alcohol"),
                ("Date granted", en(begin)),
                ("Valid until", en(begin.replace(year=begin.year + 3, day=min(begin.day, 28)))),
            ],
            ": ",
        )
    }</div>"""
    fields = {
        "number": number, "name": shop.name, "address": shop.address,
        "valid_until": begin.replace(year=begin.year + 3, day=min(begin.day, 28)).isoformat(),
    }  # fmt: skip
    return Paper("industry_licence", "GB", html, fields, 800, ("photo", "scan", "pdf"))


PAPERS = (
    register_page, certificate, passport, invoice_side, till_receipt, statement, tax_letter, lease, bill, food_registration,
)  # fmt: skip
