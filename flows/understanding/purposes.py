"""What the money is for, onto the published purpose codes (CFPB small-business lending data points)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.understanding.folding import WORD_ENDS, WORD_STARTS

_PATTERNS = {
    "property_to_let": r"buy[- ]to[- ]let|rental propert(?:y|ies)|property to let|出租房|投资房|买房出租",
    "property_own_use": (
        r"(?:buy(?:ing)?|purchas(?:e|ing)) (?:the |my |a |our |own )*(?:shop )?(?:premises|building|property|"
        r"freehold|warehouse)|commercial mortgage|买(?:个|间|下)?(?:店面|商铺|厂房|铺面|门面|写字楼|房)|"
        r"购(?:买)?(?:商铺|店面|厂房|门面|房)"
    ),
    "acquisition": (
        r"acquir\w+|acquisition|buy(?:ing)? (?:a|another|the|out)(?: my)? (?:business|company|partner|competitor|"
        r"franchise)(?:'s share)?|buy ?out|tak(?:e|ing) over (?:a|the|another) (?:business|shop|store|company)|收购|"
        r"盘店|盘下|盘个店|接手(?:一家|别人)"
    ),
    "refinance": (
        r"re-?financ\w*|consolidat\w+|(?:pay(?:ing)? off|repay(?:ing)?|clear(?:ing)?|settle) (?:my |our |the |some |"
        r"an? |all )*(?:existing |other |old |current |previous |expensive |another )*(?:bank )?(?:loans?|debts?|"
        r"credit cards?|borrowing)|还旧债|还(?:其他|别的|之前的|旧的|原来的|别家的?|银行)(?:贷款|债|借款|网贷)|"
        r"还信用卡|还网贷|债务(?:重组|置换|整合)|借新还旧|转贷|还债|置换贷款"
    ),
    "line_increase": r"(?:increase|raise|extend) (?:my |our |the )(?:credit )?(?:limit|line)|提额|提高额度|增加额度",
    "overdraft": r"overdrafts?|透支",
    "expansion": (
        r"renovat\w*|renavat\w*|refurb\w*|re-?fit(?:ting)?|redecorat\w*|expan(?:d|ding|sion)|expantion|"
        r"(?:(?:open(?:ing)?|start(?:ing)?) (?:up )?)?(?:a |an |our |my |the )?(?:second|third|2nd|3rd|new|another|"
        r"extra) (?:shop|store|location|branch|site|outlet|restaurant|cafe|salon|unit)|fit(?:ting)?[- ]?out|"
        r"extend(?:ing)? the (?:shop|store|kitchen|premises)|(?:new|bigger|larger|second) premises|扩张|扩大|扩店|"
        r"扩建|扩展|扩充|(?:开|弄|搞)?(?:个|"
        r"一家)?分店|第[二三四2]家(?:分)?店|开(?:家|个|一家)?新店|新店(?:面)?|(?:再|又)(?:开|弄|"
        r"搞)(?:一?[家间个])?[\u4e00-\u9fff]{0,6}店|(?:重新|店面|店铺|门店|铺面|"
        r"门面)?(?:装修|翻新|装潢|翻修)(?!公司|队|行业|工程队|材料店|生意|的$)"
    ),
    "start_up": (
        r"start[- ]?up(?: costs?)?|start(?:ing)? (?:a|my|our|my own|up a) (?:own |new |small )?(?:business|company)|"
        r"launch(?:ing)? (?:a|my|our)(?: new)? (?:business|company|shop)|创业|启动资金|开店(?:用|资金)|初创|起步资金"
    ),
    "vehicles": (
        r"vans?|trucks?|lorry|lorries|vehicles?|vehicals?|cars?|motorbikes?|motorcycles?|scooters?|pick-?up|"
        r"trailers?|delivery bikes?|货车|车辆|面包车|汽车|卡车|电动车|三轮车|冷藏车|送货车|(?:餐|吊|叉|铲|推|冷链|"
        r"洒水|物流|工程|快餐|早餐)车|皮卡|拖车|轿车|(?:买|购|"
        r"换)(?:一?辆|台|个)?(?:新|二手)?车"
    ),
    "equipment": (
        r"equipments?|equiptment|equipement|machin(?:e|es|ery)|mach?ines?|ovens?|fridges?|freezers?|refrigerators?|"
        r"dishwashers?|tills?|computers?|laptops?|tools|furniture|printers?|mixers?|boilers?|fryers?|cookers?|"
        r"stoves?|grills?|shelv(?:es|ing)|display cases?|(?:coffee|espresso|sewing|ice|washing) machines?|设备|机器|"
        r"烤箱|烤炉|冰箱|冰柜|冷柜|冷库|咖啡机|收银机|电脑|家具|桌椅|货架|炉子|灶台|空调|机床|仪器|工具|厨具|打印机|"
        r"缝纫机|洗衣机|和面机"
    ),
    "working_capital": (
        r"stocks?(?: up)?|re-?stock(?:ing)?|inventory|invetory|inventry|working capital|cash ?flow|supplies|"
        r"(?:raw )?materials?|suppliers?|payroll|wages|salaries|rent|bills|running costs|day[- ]to[- ]day|"
        r"operating (?:costs?|expenses)|overheads|ingredients|goods|merchandise|(?:进|囤|屯|备|补|拿|铺|压|订|"
        r"办)(?:一?[点些批])?货|"
        r"进(?:一?[点些批])?(?:面料|布料|水果|蔬菜|菜|海鲜|鱼|肉|粮食|大米|米|面粉|茶叶?|酒|烟|药|五金|建材|木材|"
        r"书|衣服|"
        r"服装|女装|男装|童装|鞋|食材|饮料|零食|日用品|百货|商品|新品|配件)|备货|补货|囤货|屯货|拿货|铺货|"
        r"采购(?!设备|机器)|资金周转|周转|流动资金|材料[款费]|尾款|原材料|原料|货款|备料|发工资|"
        r"付工资|(?:交|付)(?:房租|租金|水电费?)|日常(?:经营|运营|开支)|经营周转|库存|存货|年货|买(?:点|些|"
        r"一批)?(?:货(?!车|架|柜|梯|运)|材料|原料|食材)|垫资|现金流"
    ),
}
_ALL = re.compile(
    rf"{WORD_STARTS}(?:" + "|".join(f"(?P<{code}>{pattern})" for code, pattern in _PATTERNS.items()) + f"){WORD_ENDS}"
)
_CUE_BEFORE = re.compile(
    r"(?:(?<![a-z0-9])(?:4|for|buy(?:ing)?|purchas\w+|get(?:ting)?|replac\w+|fund\w*|financ\w+|towards|on|"
    r"invest(?:ing)? in|pay(?:ing)?|cover(?:ing)?|repair\w*|"
    r"fix|upgrad\w+|is|be|not|isn'?t|meant?|to|purpose:?|use:?|and|&|\+|or|,)(?: (?!my |our )?[a-z'-]+){0,3} ?|"
    r"(?:买|购|购买|购置|换|添|添置|进|修|更新|置办|采购|用于|用来|用在|用作|搞|上|投|和|跟|及|、|用途是?|"
    r"做|不是|不)[\u4e00-\u9fff]{0,5})$"
)
_ALONE_BEFORE = re.compile(
    r"(?:^|[,，。;:/])\s*(?:(?:a|an|the|my|our|new|some|more|used|second ?hand|big|bigger|small|better|another|"
    r"delivery|"
    r"commercial|shop|mainly|just|mostly|主要是?|就是|新|二手|一台|一辆)\s?)*$"
)
_ALONE_AFTER = re.compile(r"\s*(?:$|[,，。;:/!?]|(?:and|&|和)(?![a-z]))")
_TRADE = re.compile(
    r"(?:(?<![a-z])(?:sell(?:ing)?|repair|run|own|have|hire|rent out|make|makes|making)(?: [a-z'-]+){0,3} ?|(?:卖|"
    r"修|做|开|经营|出租|从事)[\u4e00-\u9fff]{0,3})$"
)
_NEEDS_NO_CUE = re.compile(
    r"(?:进|备|补|囤|屯|拿|铺).{0,2}货|^进|周转|流动资金|装修|翻新|分店|新店|第[二三四2]家|refinanc|consolidat|"
    r"还.*(?:贷|债|卡)|发工资|付工资|货款|[交付].{1,3}(?:租|金|费)|收购|^[再又]|材料[款费]|working capital|renovat|"
    r"refurb|"
    r"cash ?flow|创业"
)
_OTHER = re.compile(
    r"^\s*(?:other|others|something else|none of (?:these|those)|其他|其它|别的|别的用途|其他用途)[\s.。!]*$"
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose by its published name, and where it was said."""

    code: str
    start: int
    end: int


def find(text: str, *, asked: bool, borrowing: bool, wanted: Sequence[tuple[int, int]] = ()) -> list[Purpose]:
    """Every purpose said. Unless `asked`, only in a message about `borrowing`, and only where words say "for".

    `wanted` is where the amounts and terms stand: they end a clause as a comma does.
    """
    if asked and _OTHER.match(text):
        stripped = text.strip(" .。!")
        start = text.index(stripped)
        return [Purpose("other", start, start + len(stripped))]
    found = []
    for match in _ALL.finditer(text):
        if match.lastgroup is None:
            continue
        left = text[max(0, match.start() - 40) : match.start()]
        strong = _NEEDS_NO_CUE.search(match[0]) is not None
        trade = _TRADE.search(left) is not None and not re.search(r"(?:to|want to|想|要)[^,，。]{0,12}$", left)
        cued = strong or _CUE_BEFORE.search(left) is not None or _alone(text, match, wanted)
        if asked or (borrowing and not trade and cued):
            found.append(Purpose(match.lastgroup, match.start(), match.end()))
    return found


def without(text: str) -> str:
    """A folded text without the words that name a purpose."""
    return _ALL.sub(" ", text)


def _alone(text: str, match: re.Match[str], wanted: Sequence[tuple[int, int]]) -> bool:
    """Whether a purpose is a clause of its own: "new oven, thirty thousand, two years", 25k 12 months stock."""
    start = max((end for _, end in wanted if end <= match.start()), default=0)
    end = min((start for start, _ in wanted if start >= match.end()), default=len(text))
    return _ALONE_BEFORE.search(text[start : match.start()][-40:]) is not None and (
        _ALONE_AFTER.match(text, match.end(), end) is not None
    )
