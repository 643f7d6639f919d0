"""Invented shops, people and numbers, every check digit right. One random generator decides all, so a seed repeats."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from stdnum.cn import ric, uscc
from stdnum.gb import vat

TODAY = date(2026, 11, 23)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华建国文志海玉梅红云鹏辉玲飞晨雨欣怡宁思远嘉"
_PLACES = (
    ("江苏省苏州市姑苏区", "320508"),
    ("浙江省杭州市余杭区", "330110"),
    ("广东省佛山市南海区", "440605"),
    ("四川省成都市锦江区", "510104"),
    ("湖北省武汉市洪山区", "420111"),
    ("山东省青岛市市北区", "370203"),
    ("福建省厦门市思明区", "350203"),
    ("陕西省西安市碑林区", "610103"),
)
_STREETS = "人民路 中山路 解放街 建设大道 花园路 新华街 青年路 东风巷 幸福里 桃园路 临江大道 望海路".split()
_WORDS = "晨光 星河 福满 鼎盛 禾田 云锦 百味 清源 瑞丰 海棠 金穗 同心 悦来 康宁 锦绣 春和".split()
_TRADES = "便利店 烟酒店 食品店 餐饮店 百货商行 服装店 文具店 水果店 五金店 超市".split()
_FIRST = "Amelia Oliver Priya Thomas Grace Samuel Hannah Daniel Chloe Marcus Elena Joseph Nadia Victor Ruth".split()
_LAST = "Harper Bennett Osborne Whitfield Marsh Kendall Fletcher Holloway Prescott Lambert Ashworth Dunn".split()
_TOWNS = (
    *(("Leeds", "LS1 4DY"), ("Bristol", "BS1 5TR"), ("Norwich", "NR2 1TF"), ("York", "YO1 7HH")),
    *(("Exeter", "EX4 3SB"), ("Durham", "DH1 3RH"), ("Derby", "DE1 2GP")),
)
_ROADS = "Mill Lane|Station Road|Church Street|Victoria Road|Park Avenue|Bridge Street|Queen Street".split("|")
_SHOPS = "Harbour Bakery|Northgate Books|Willow Florists|Copper Kettle Cafe|Elm Street Grocers|Fenland Cycles".split(
    "|"
)
_ORG = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Shop:
    """A shop and its owner. `number` is its registration number, `vat` a British VAT number."""

    country: str
    name: str
    legal: str
    number: str
    owner: str
    address: str
    home: str
    person_number: str
    sex: str
    born: date
    founded: date
    scope: str
    capital: str
    place: str
    vat: str = ""


def shop_cn(random: Random) -> Shop:
    """A Chinese shop: a self-employed trader or a small company."""
    place, region = random.choice(_PLACES)
    single = random.random() < 0.5
    word, trade = random.choice(_WORDS), random.choice(_TRADES)
    city = place[3:5] + "市"
    name = (
        f"{city}{place[6:8]}区{word}{trade}"
        if single
        else f"{city}{word}{random.choice(('商贸', '食品', '餐饮管理', '贸易'))}有限公司"
    )
    stem = ("92" if single else "91") + region + "".join(random.choice(_ORG) for _ in range(9))
    stem = stem[:8] + "MA" + stem[10:]
    born = date(1965, 1, 1) + timedelta(days=random.randrange(13_000))
    return Shop(
        "CN",
        name,
        "个体工商户" if single else random.choice(("有限责任公司(自然人独资)", "有限责任公司(自然人投资或控股)")),
        uscc_for(stem[:17], random),
        person(random),
        f"{place}{random.choice(_STREETS)}{random.randint(1, 399)}号{random.randint(1, 28)}室",
        f"{place}{random.choice(_STREETS)}{random.randint(1, 99)}号{random.randint(1, 12)}幢{random.randint(11, 99)}室",
        person_number(region, born, random),
        "",
        born,
        date(2008, 1, 1) + timedelta(days=random.randrange(5800)),
        random.choice(
            (
                "食品销售;烟草制品零售;日用百货销售。(依法须经批准的项目,经相关部门批准后方可开展经营活动)",
                "餐饮服务;食品互联网销售。(依法须经批准的项目,经相关部门批准后方可开展经营活动)",
                "服装服饰零售;文具用品零售;五金产品零售。",
            )
        ),
        random.choice(("壹拾万元整", "伍拾万元整", "壹佰万元人民币", "叁拾万元整")),
        place,
    )


def shop_gb(random: Random) -> Shop:
    """A British company."""
    town, code = random.choice(_TOWNS)
    owner = f"{random.choice(_FIRST)} {random.choice(_LAST)}"
    name = f"{random.choice(_SHOPS)} {random.choice(('Ltd', 'Limited'))}"
    stem = f"{random.randrange(1_000_000, 9_999_999)}"
    number = next(each for tail in range(97) if vat.is_valid(each := f"{stem}{tail:02d}"))
    return Shop(
        "GB",
        name,
        "private limited company",
        f"{random.randrange(4_000_000, 15_999_999):08d}",
        owner,
        f"{random.randint(1, 180)} {random.choice(_ROADS)}, {town}, {code}",
        f"{random.randint(1, 180)} {random.choice(_ROADS)}, {town}, {code}",
        "".join(random.choice("ABCDEFGHJKLMNPRTUVWXYZ0123456789") for _ in range(9)),
        random.choice("FM"),
        date(1965, 1, 1) + timedelta(days=random.randrange(13_000)),
        date(2006, 1, 1) + timedelta(days=random.randrange(6500)),
        "Retail sale of food and drink",
        "",
        town,
        number,
    )


def person(random: Random) -> str:
    """A Chinese name of two or three characters."""
    return random.choice(_SURNAMES) + "".join(random.choice(_GIVEN) for _ in range(random.choice((1, 2, 2))))


def uscc_for(stem: str, random: Random) -> str:
    """A credit code with its check character."""
    while True:
        try:
            return stem + uscc.calc_check_digit(stem)
        except ValueError:
            stem = stem[:10] + "".join(random.choice(_ORG) for _ in range(7))


def person_number(region: str, born: date, random: Random) -> str:
    """A Chinese identity number; its check character is that of ISO 7064 MOD 11-2."""
    stem = f"{region}{born:%Y%m%d}{random.randrange(1, 999):03d}"
    return stem + ric.calc_check_digit(f"{stem}0")


def amount(random: Random, least: int, most: int) -> Decimal:
    """An amount with cents."""
    return (Decimal(random.randrange(least * 100, most * 100)) / 100).quantize(Decimal("0.01"))


def days_ago(random: Random, least: int, most: int) -> date:
    """A day some days before the day on which all is told."""
    return TODAY - timedelta(days=random.randrange(least, most))


def zh(day: date) -> str:
    """A day as Chinese papers write it."""
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def en(day: date) -> str:
    """A day as British papers write it."""
    return f"{day.day} {day:%B %Y}"


def digits(random: Random, count: int) -> str:
    """That many digits, the first not zero."""
    return str(random.randrange(1, 10)) + "".join(str(random.randrange(10)) for _ in range(count - 1))


_CAPITAL = "零壹贰叁肆伍陆柒捌玖"


def capital(value: Decimal) -> str:
    """An amount in the characters of Chinese invoices."""
    whole, cents = divmod(int(value * 100), 100)
    out, zero = "", False
    units = ("", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿")
    text = str(whole)
    for place, char in enumerate(text):
        unit = units[len(text) - 1 - place]
        if char == "0":
            zero = True
            if unit in {"万", "亿"}:
                out, zero = out + unit, False
            continue
        out += ("零" if zero and out and not out.endswith("万") else "") + _CAPITAL[int(char)] + unit
        zero = False
    out += "圆"
    if not cents:
        return out + "整"
    tens, ones = divmod(cents, 10)
    return out + (f"{_CAPITAL[tens]}角" if tens else "零") + (f"{_CAPITAL[ones]}分" if ones else "整")
