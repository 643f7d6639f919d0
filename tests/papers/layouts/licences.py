"""Business, tobacco and food licences, and what British registers issue instead."""

from random import Random

from tests.papers import invented
from tests.papers.invented import en, zh
from tests.papers.layouts.drawn import Drawn
from tests.papers.sheet import Sheet


def _wide(value: str) -> str:
    """A label spread to the width of four characters, as licences print it."""
    return {2: "　　", 3: " "}.get(len(value), "").join(value)


def licence_wide(random: Random) -> Drawn:
    """The licence of today: landscape, two columns, a QR code at the right."""
    shop = invented.shop_cn(random)
    single = shop.legal == "个体工商户"
    issued = invented.days_ago(random, 30, 900)
    sheet = Sheet(297, 210, "#fffdf2")
    sheet.box(8, 8, 281, 194, outline="#b09050")
    sheet.text(148, 32, "营 业 执 照", 40, "serif", "m")
    sheet.text(148, 52, "（副 本）", 14, "serif", "m")
    sheet.text(28, 40, "统一社会信用代码", 11)
    sheet.text(28, 47, shop.number, 13, "bold")
    sheet.code(240, 28, 26, f"http://www.gsxt.example/{shop.number}/{invented.digits(random, 12)}")
    sheet.text(236, 56, "扫描二维码登录“国家企业信用信息公示系统”了解更多登记信息", 4)
    rows = [("名称", shop.name), ("类型", shop.legal), ("经营者" if single else "法定代表人", shop.owner)]
    y = 74.0
    for label, value in rows:
        sheet.text(28, y, _wide(label) if len(label) < 5 else label, 13)
        sheet.text(60, y, value, 13)
        y += 14
    sheet.text(28, y, "经营范围", 13)
    sheet.lines(60, y, shop.scope, 12, 20)
    right = [("注册资本", shop.capital)] if not single else [("组成形式", "个人经营")]
    right.append(("注册日期" if single else "成立日期", zh(shop.founded)))
    y = 74.0
    for label, value in right:
        sheet.text(168, y, label, 13)
        sheet.text(198, y, value, 13)
        y += 14
    sheet.text(168, y, "经营场所" if single else _wide("住所"), 13)
    sheet.lines(198, y, shop.address, 12, 17)
    sheet.text(196, 162, "登记机关", 13)
    sheet.text(222, 178, zh(issued), 12)
    sheet.seal(236, 168, 19, f"{shop.place[3:6]}市场监督管理局")
    sheet.text(20, 196, "国家企业信用信息公示系统网址： http://www.gsxt.example", 6)
    sheet.text(200, 196, "国家市场监督管理总局监制", 6)
    fields = {
        "registration_number": shop.number,
        "name": shop.name,
        "type": shop.legal,
        "representative": shop.owner,
        "established": shop.founded.isoformat(),
        "address": shop.address,
        "scope": shop.scope,
        "issued": issued.isoformat(),
    }
    if not single:
        fields["capital"] = shop.capital
    return Drawn("business_licence", "CN", (sheet,), fields)


def licence_tall(random: Random) -> Drawn:
    """The licence of the years before 2019: portrait, one column, a term of business."""
    shop = invented.shop_cn(random)
    single = shop.legal == "个体工商户"
    issued = invented.days_ago(random, 900, 2600)
    sheet = Sheet(210, 297, "#fffdf2")
    sheet.box(9, 9, 192, 279, outline="#a88a4a")
    sheet.text(105, 40, "营 业 执 照", 38, "serif", "m")
    sheet.text(60, 66, "统一社会信用代码", 12)
    sheet.text(103, 66, shop.number, 12)
    rows = [
        ("名称", shop.name),
        ("类型", shop.legal),
        ("经营场所" if single else "住所", shop.address),
        ("经营者" if single else "法定代表人", shop.owner),
    ]
    rows += (
        [("组成形式", "个人经营"), ("注册日期", zh(shop.founded))]
        if single
        else [("注册资本", shop.capital), ("成立日期", zh(shop.founded))]
    )
    if not single:
        rows.append(("营业期限", f"{zh(shop.founded)}至长期"))
    rows.append(("经营范围", shop.scope))
    y = 88.0
    for label, value in rows:
        sheet.text(32, y, _wide(label) if len(label) < 5 else label, 13)
        y = max(y + 12.5, sheet.lines(66, y, value, 13, 24) + 5)
    sheet.text(120, 238, "登 记 机 关", 13)
    sheet.text(142, 264, zh(issued).replace("年", " 年 ").replace("月", " 月 ").replace("日", " 日"), 12)
    sheet.seal(158, 250, 19, f"{shop.place[3:6]}市场监督管理局")
    fields = {
        "registration_number": shop.number,
        "name": shop.name,
        "type": shop.legal,
        "representative": shop.owner,
        "established": shop.founded.isoformat(),
        "address": shop.address,
        "scope": shop.scope,
        "issued": issued.isoformat(),
    }
    if not single:
        fields["capital"] = shop.capital
    return Drawn("business_licence", "CN", (sheet,), fields)


def licence_screen(random: Random) -> Drawn:
    """The electronic licence on a phone: each label stands above its value."""
    shop = invented.shop_cn(random)
    single = shop.legal == "个体工商户"
    sheet = Sheet(110, 220, "#ffffff")
    sheet.box(0, 0, 110, 16, "#c0392b", None)
    sheet.text(55, 4, "电子营业执照", 14, "bold", "m", "#ffffff")
    rows = [
        ("统一社会信用代码", shop.number),
        ("企业名称" if not single else "名称", shop.name),
        ("类型", shop.legal),
        ("经营者" if single else "法定代表人", shop.owner),
        ("成立日期" if not single else "注册日期", shop.founded.isoformat()),
        ("经营场所" if single else "住所", shop.address),
        ("经营范围", shop.scope),
    ]
    y = 24.0
    for label, value in rows:
        sheet.text(8, y, label, 9, colour="#8a8a8a")
        y = sheet.lines(8, y + 5.5, value, 11, 23) + 3.5
        sheet.rule(8, y - 1.5, 102, y - 1.5, 0.1, "#dddddd")
    fields = {
        "registration_number": shop.number,
        "name": shop.name,
        "type": shop.legal,
        "representative": shop.owner,
        "established": shop.founded.isoformat(),
        "address": shop.address,
        "scope": shop.scope,
    }
    return Drawn("business_licence", "CN", (sheet,), fields)


def incorporation(random: Random) -> Drawn:
    """A British certificate of incorporation: sentences, no table."""
    shop = invented.shop_gb(random)
    sheet = Sheet(210, 297, "#fbfbf6")
    sheet.box(12, 12, 186, 273, outline="#303030")
    sheet.text(105, 42, "CERTIFICATE OF INCORPORATION", 20, "serif", "m")
    sheet.text(105, 54, "OF A PRIVATE LIMITED COMPANY", 15, "serif", "m")
    sheet.text(105, 78, f"Company Number {shop.number}", 13, "serif", "m")
    sheet.text(28, 98, "The Registrar of Companies for England and Wales, hereby certifies that", 11.5, "serif")
    sheet.text(105, 114, shop.name.upper(), 16, "bold", "m")
    body = (
        "is this day incorporated under the Companies Act 2006 as a private company, that the company is "
        "limited by shares, and the situation of its registered office is in England and Wales."
    )
    sheet.lines(28, 132, body, 11.5, 36, face="serif")
    sheet.text(
        28,
        170,
        f"Given at Companies House, Cardiff, on {_ordinal(shop.founded.day)} {shop.founded:%B %Y}.",
        11.5,
        "serif",
    )
    sheet.code(30, 196, 24, f"https://register.example/company/{shop.number}")
    sheet.seal(160, 230, 17, "COMPANIES HOUSE")
    fields = {"registration_number": shop.number, "name": shop.name.upper(), "established": shop.founded.isoformat()}
    return Drawn("business_licence", "GB", (sheet,), fields)


def register_extract(random: Random) -> Drawn:
    """The page of a British company in its register: labels above or beside values."""
    shop = invented.shop_gb(random)
    sheet = Sheet(210, 240, "#ffffff")
    sheet.box(0, 0, 210, 18, "#0b3d62", None)
    sheet.text(14, 5, "Companies House register extract", 14, "bold", colour="#ffffff")
    rows = [
        ("Company name", shop.name),
        ("Company number", shop.number),
        ("Registered office address", shop.address),
        ("Company type", "Private limited company"),
        ("Company status", "Active"),
        ("Incorporated on", en(shop.founded)),
    ]
    above = random.random() < 0.5
    y = 32.0
    for label, value in rows:
        sheet.text(14, y, label, 10, "bold")
        sheet.text(14 if above else 78, y + (6 if above else 0), value, 11)
        y += 18 if above else 13
    fields = {
        "registration_number": shop.number,
        "name": shop.name,
        "address": shop.address,
        "type": "Private limited company",
        "established": shop.founded.isoformat(),
    }
    return Drawn("business_licence", "GB", (sheet,), fields)


def tobacco(random: Random) -> Drawn:
    """A tobacco retail licence, landscape or portrait."""
    shop = invented.shop_cn(random)
    since = invented.days_ago(random, 100, 1200)
    until = since.replace(year=since.year + 5, day=min(since.day, 28))
    number = invented.digits(random, 12)
    authority = f"{shop.place[3:6]}烟草专卖局"
    wide = random.random() < 0.5
    sheet = Sheet(260, 185, "#f4faf2") if wide else Sheet(185, 260, "#fdf9ee")
    centre = sheet.width / 2
    sheet.box(7, 7, sheet.width - 14, sheet.height - 14, outline="#4d7a4d")
    sheet.text(centre, 20, "烟草专卖零售许可证", 26, "serif", "m")
    if wide:
        sheet.text(centre, 36, "（副本）", 11, anchor="m")
    sheet.text(sheet.width - 20, 44, f"许可证号：{number}", 11, anchor="r")
    rows = [
        ("企业（字号）名称", shop.name),
        ("负责人姓名", shop.owner),
        ("经济类型", "个体工商户" if shop.legal == "个体工商户" else "有限责任公司"),
        ("经营场所", shop.address),
        ("许可范围", "本店经营卷烟零售、雪茄烟零售"),
        ("供货单位", f"{shop.place[3:6]}烟草公司"),
        ("有效期限", f"自{zh(since)}至{zh(until)}"),
    ]
    y = 60.0
    for label, value in rows:
        sheet.text(18, y, f"{label}：" if not wide else label, 11.5)
        y = max(y + (12 if wide else 15), sheet.lines(58 if wide else 62, y, value, 11.5, 34 if wide else 26) + 4)
    sheet.text(sheet.width - 90, sheet.height - 40, f"发证机关：{authority}", 11)
    sheet.text(sheet.width - 66, sheet.height - 26, zh(since), 11)
    sheet.seal(sheet.width - 45, sheet.height - 33, 16, authority)
    fields = {
        "licence_type": "tobacco",
        "number": number,
        "name": shop.name,
        "representative": shop.owner,
        "address": shop.address,
        "valid_from": since.isoformat(),
        "valid_until": until.isoformat(),
        "authority": authority,
        "issued": since.isoformat(),
    }
    return Drawn("industry_licence", "CN", (sheet,), fields)


def food(random: Random) -> Drawn:
    """A food business licence, with or without a code."""
    shop = invented.shop_cn(random)
    since = invented.days_ago(random, 100, 1200)
    until = since.replace(year=since.year + 5, day=min(since.day, 28))
    number = "JY" + random.choice("123") + invented.digits(random, 13)
    authority = f"{shop.place[3:6]}市场监督管理局"
    wide = random.random() < 0.5
    sheet = Sheet(297, 210, "#fffdf4") if wide else Sheet(210, 297, "#fffdf4")
    sheet.box(8, 8, sheet.width - 16, sheet.height - 16, outline="#a08c50")
    sheet.text(sheet.width / 2, 24, "食品经营许可证", 30, "serif", "m")
    if wide:
        sheet.code(250, 22, 22, f"http://spjy.example/{number}")
    left = [
        ("经营者名称", shop.name),
        ("统一社会信用代码", shop.number),
        ("法定代表人（负责人）", shop.owner),
        ("住　　所", shop.address),
        ("经营场所", shop.address),
        ("主体业态", random.choice(("食品销售经营者", "餐饮服务经营者"))),
        ("经营项目", "预包装食品(含冷藏冷冻食品)销售、散装食品销售"),
    ]
    right = [
        ("许可证编号", number),
        ("日常监督管理机构", f"{shop.place[3:6]}市场监督管理所"),
        ("投诉举报电话", "12315"),
        ("发证机关", authority),
        ("签 发 人", invented.person(random)),
    ]
    y = 56.0
    for label, value in left:
        sheet.text(20, y, label if wide else f"{label}：", 11)
        y = max(y + 13, sheet.lines(66, y, value, 11, 22 if wide else 30) + 5)
    x = 168.0 if wide else 20.0
    y = 56.0 if wide else y + 4
    for label, value in right:
        sheet.text(x, y, label if wide else f"{label}：", 11)
        sheet.text(x + 42, y, value, 11)
        y += 13
    sheet.text(x, y, f"有效期至 {zh(until)}" if wide else f"有效期至： {zh(until)}", 11)
    sheet.text(x + 42, y + 14, zh(since), 11)
    sheet.seal(x + 52, y + 8, 17, authority)
    fields = {
        "licence_type": "food",
        "number": number,
        "name": shop.name,
        "registration_number": shop.number,
        "representative": shop.owner,
        "address": shop.address,
        "valid_until": until.isoformat(),
        "authority": authority,
        "issued": since.isoformat(),
    }
    return Drawn("industry_licence", "CN", (sheet,), fields)


def food_gb(random: Random) -> Drawn:
    """A British council's registration of a food business."""
    shop = invented.shop_gb(random)
    since = invented.days_ago(random, 100, 1200)
    until = since.replace(year=since.year + 5, day=min(since.day, 28))
    number = f"FB/{invented.digits(random, 6)}"
    council = f"{shop.place} City Council"
    sheet = Sheet(210, 297, "#ffffff")
    sheet.text(20, 18, council, 16, "bold")
    sheet.text(20, 40, "FOOD BUSINESS REGISTRATION CERTIFICATE", 15, "bold")
    rows = [
        ("Registration number", number),
        ("Name of food business", shop.name),
        ("Food business operator", shop.owner),
        ("Address of premises", shop.address),
        ("Type of business", "Retailer"),
        ("Valid from", en(since)),
        ("Valid until", en(until)),
        ("Issued by", council),
        ("Date of issue", en(since)),
    ]
    y = 62.0
    for label, value in rows:
        sheet.text(20, y, f"{label}:", 11)
        sheet.text(80, y, value, 11)
        y += 12
    fields = {
        "licence_type": "food",
        "number": number,
        "name": shop.name,
        "representative": shop.owner,
        "address": shop.address,
        "valid_from": since.isoformat(),
        "valid_until": until.isoformat(),
        "authority": council,
        "issued": since.isoformat(),
    }
    return Drawn("industry_licence", "GB", (sheet,), fields)


def _ordinal(day: int) -> str:
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"
