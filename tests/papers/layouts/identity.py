"""Identity cards and passports: cards on a sheet, with a grey place where a face would be."""

from datetime import date
from random import Random

from tests.papers import invented
from tests.papers.layouts.drawn import Drawn
from tests.papers.sheet import Sheet


def card_front(random: Random) -> Drawn:
    """The side of a Chinese identity card with the person."""
    shop = invented.shop_cn(random)
    sheet = Sheet(90, 57, "#eef3f6")
    _front(sheet, 0, 0, shop)
    return Drawn("id_front", "CN", (sheet,), _said(shop))


def card_back(random: Random) -> Drawn:
    """The side with the issuing office and the term."""
    shop = invented.shop_cn(random)
    sheet = Sheet(90, 57, "#f3efe6")
    fields = _back(sheet, 0, 0, shop, random)
    return Drawn("id_back", "CN", (sheet,), fields)


def card_copy(random: Random) -> Drawn:
    """Both sides copied on one page."""
    shop = invented.shop_cn(random)
    sheet = Sheet(150, 180, "#ffffff")
    sheet.box(28, 22, 90, 57, "#f1f3f4")
    _front(sheet, 28, 22, shop)
    sheet.box(28, 98, 90, 57, "#f4f2ee")
    back = _back(sheet, 28, 98, shop, random)
    fields = _said(shop)
    if "valid_until" in back:
        fields["valid_until"] = back["valid_until"]
    return Drawn("id_front", "CN", (sheet,), fields)


def passport(random: Random) -> Drawn:
    """The page of a passport with the person and two machine-readable lines."""
    shop = invented.shop_gb(random)
    first, last = shop.owner.upper().split(" ")
    number = invented.digits(random, 9)
    until = date(2028 + random.randrange(6), random.randint(1, 12), random.randint(1, 28))
    sheet = Sheet(125, 88, "#eef2f3")
    sheet.box(6, 20, 30, 40, "#c9c9c9")
    sheet.text(8, 4, "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND", 6.5, "bold")
    sheet.text(8, 10, "PASSPORT  PASSEPORT", 6)
    pairs = [
        (42, 12, "Type/Type", "P"), (62, 12, "Code/Code", "GBR"), (86, 12, "Passport No./Passeport No.", number),
        (42, 21, "Surname/Nom (1)", last), (42, 30, "Given names/Prénoms (2)", first),
        (42, 39, "Nationality/Nationalité (3)", "BRITISH CITIZEN"),
        (42, 48, "Date of birth/Date de naissance (4)", shop.born.strftime("%d %b /%b %y").upper()),
        (88, 48, "Sex/Sexe (5)", shop.sex),
        (42, 57, "Date of expiry/Date d'expiration (9)", until.strftime("%d %b /%b %y").upper()),
    ]  # fmt: skip
    for x, y, label, value in pairs:
        sheet.text(x, y, label, 4)
        sheet.text(x, y + 2.6, value, 7.5, "bold")
    line_one = f"P<GBR{last}<<{first}".ljust(44, "<")
    line_two = (
        _checked(number)
        + "GBR"
        + _checked(shop.born.strftime("%y%m%d"))
        + shop.sex
        + _checked(until.strftime("%y%m%d"))
    )
    line_two = line_two.ljust(42, "<") + "<"
    line_two += check(line_two[0:10] + line_two[13:20] + line_two[21:43])
    sheet.text(6, 70, line_one, 7.6, "mono")
    sheet.text(6, 77, line_two, 7.6, "mono")
    fields = {
        "id_type": "passport",
        "name": f"{first} {last}",
        "id_number": number,
        "birth_date": shop.born.isoformat(),
        "nationality": "GBR",
        "valid_until": until.isoformat(),
    }
    return Drawn("id_front", "GB", (sheet,), fields)


def eu_card_back(random: Random) -> Drawn:
    """The back of a European identity card with three machine-readable lines."""
    shop = invented.shop_gb(random)
    first, last = shop.owner.upper().split(" ")
    nation = random.choice(("D<<", "FRA", "NLD", "IRL"))
    number = shop.person_number.replace("O", "0")
    until = date(2028 + random.randrange(6), random.randint(1, 12), random.randint(1, 28))
    sheet = Sheet(90, 57, "#eef3ee")
    sheet.text(6, 6, "Address / Adresse", 5)
    sheet.text(6, 9, "12 RUE DU LAC", 7)
    one = f"ID{nation}" + _checked(number)
    one = one.ljust(30, "<")
    two = _checked(shop.born.strftime("%y%m%d")) + shop.sex + _checked(until.strftime("%y%m%d")) + nation
    two = two.ljust(29, "<")
    two += check(one[5:30] + two[0:7] + two[8:15] + two[18:29])
    three = f"{last}<<{first}".ljust(30, "<")
    for place, line in enumerate((one, two, three)):
        sheet.text(5, 33 + place * 6.6, line, 8, "mono")
    fields = {
        "id_number": number,
        "birth_date": shop.born.isoformat(),
        "name": f"{first} {last}",
        "valid_until": until.isoformat(),
    }
    return Drawn("id_back", {"D<<": "DE", "FRA": "FR", "NLD": "NL", "IRL": "IE"}[nation], (sheet,), fields)


def check(text: str) -> str:
    """The check digit of a machine-readable zone (ICAO 9303, part 3)."""
    weights = (7, 3, 1)
    total = 0
    for place, char in enumerate(text):
        worth = 0 if char == "<" else int(char) if char.isdigit() else ord(char) - 55
        total += worth * weights[place % 3]
    return str(total % 10)


def _checked(text: str) -> str:
    return text + check(text)


def _front(sheet: Sheet, x: float, y: float, shop: invented.Shop) -> None:
    ink = "#20407a"
    sheet.text(x + 6, y + 6, "姓 名", 7, colour=ink)
    sheet.text(x + 17, y + 5.6, shop.owner, 9)
    sheet.text(x + 6, y + 13, "性 别", 7, colour=ink)
    sheet.text(x + 17, y + 12.8, "女" if int(shop.person_number[16]) % 2 == 0 else "男", 8)
    sheet.text(x + 28, y + 13, "民 族", 7, colour=ink)
    sheet.text(x + 38, y + 12.8, "汉", 8)
    sheet.text(x + 6, y + 20, "出 生", 7, colour=ink)
    sheet.text(x + 17, y + 19.8, str(shop.born.year), 8)
    sheet.text(x + 26, y + 20, "年", 7, colour=ink)
    sheet.text(x + 31, y + 19.8, str(shop.born.month), 8)
    sheet.text(x + 36, y + 20, "月", 7, colour=ink)
    sheet.text(x + 41, y + 19.8, str(shop.born.day), 8)
    sheet.text(x + 46, y + 20, "日", 7, colour=ink)
    sheet.text(x + 6, y + 27, "住 址", 7, colour=ink)
    sheet.lines(x + 17, y + 26.8, shop.home, 8, 13, 1.5)
    sheet.text(x + 6, y + 47, "公民身份号码", 7, colour=ink)
    sheet.text(x + 29, y + 46.4, shop.person_number, 9.5, "bold")
    sheet.box(x + 62, y + 8, 22, 30, "#cfcfcf", None)


def _back(sheet: Sheet, x: float, y: float, shop: invented.Shop, random: Random) -> dict[str, str]:
    since = invented.days_ago(random, 200, 3000)
    until = since.replace(year=since.year + 20, day=min(since.day, 28))
    office = f"{shop.place[3:6]}公安局"
    sheet.text(x + 50, y + 8, "中华人民共和国", 12, "bold", "m")
    sheet.text(x + 50, y + 17, "居 民 身 份 证", 16, "bold", "m")
    sheet.text(x + 14, y + 39, "签发机关", 7)
    sheet.text(x + 30, y + 38.6, office, 8)
    sheet.text(x + 14, y + 46, "有效期限", 7)
    life = random.random() < 0.2
    sheet.text(x + 30, y + 45.6, f"{since:%Y.%m.%d}-{'长期' if life else until.strftime('%Y.%m.%d')}", 8)
    fields = {"authority": office, "valid_from": since.isoformat()}
    return fields | ({"for_life": "yes"} if life else {"valid_until": until.isoformat()})


def _said(shop: invented.Shop) -> dict[str, str]:
    return {
        "id_type": "national_id",
        "name": shop.owner,
        "id_number": shop.person_number,
        "birth_date": shop.born.isoformat(),
        "address": shop.home,
    }
