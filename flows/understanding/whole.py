"""Answers that are the message itself: a name, an address, a list, a word for one of a field's codes.

Only for the field that was asked, and only of a message that says nothing else.
"""

import re

from pydantic import JsonValue

from flows.application.fields import FIELDS, FieldSpec
from flows.application.shapes import Kind
from flows.understanding import choices, facts, prose, shares, units
from flows.understanding.reading import Act, ReadValue, Unclear

_SILENT = frozenset({Act.ANSWER, Act.OTHER, Act.YES, Act.NO})
_PROSE = frozenset({Kind.TEXT, Kind.ADDRESS, Kind.OWNERS, Kind.ACCOUNT, Kind.FACILITIES, Kind.MONEY_SERIES})
_LISTS = frozenset({Kind.FACILITIES, Kind.LICENCES, Kind.COLLATERAL})
_MAY_BE_ZERO = frozenset(
    {"tax_arrears", "total_liabilities", "accounts_receivable", "accounts_payable", "inventory_value", "card_sales_12m"}
)
"""Amounts of which "none" says that there are none."""
_COUNTRIES = {"zh": "CN", "en": "GB"}
_LEAD = re.compile(
    r"^(?:(?:ok(?:ay)?|sure|yes|yeah|well|um+|er+|so|好的?|嗯|那|就|是的)[,，\s]+)?"
    r"(?:姓[\u4e00-\u9fff][\s,，]+|(?:(?:my|our|the|his|her)\s)?(?:(?:full|legal|registered|business|company|shop|"
    r"store|trading|home|current|"
    r"director'?s?|owner'?s?)\s)*(?:name|address|company|business|shop|store|place)"
    r"(?:\s(?:is|would be)(?:\s(?:called|named|registered as|at))?|\s(?:called|named|registered as|at)|\s?[:：])\s+|"
    r"(?:it'?s|it is|that'?s|that would be|this is|i'?m|i am|we'?re|we are|we live|i live)"
    r"(?:\s(?:called|named|known as|registered as|at|on|in))?\s+|"
    r"(?:called|named|known as|(?:we )?trad(?:e|ing) (?:as|under)|registered as|based at|based in)\s+"
    r"|(?:(?:我们?|本人|本店|咱们?)的?)?(?:公司|企业|店铺?|小店|门店|执照|营业|注册|登记|经营|家庭|现在|全|户主|"
    r"法人|负责人|老板|"
    r"真实|实际|上|的)*(?:名字|名称|姓名|全称|地址|住址|店名|名)?(?:就?是叫?|叫做?|为|住在|位于|开在|在|[:：])\s*)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"(?:[\s,，]*(?<![a-z])(?:please|pls|thanks|thank you|cheers)|[\s。.!！~～,，]|(?:吧|哦|呀|哈|啊|谢谢))+$",
    re.IGNORECASE,
)
_NONE_OF = re.compile(
    r"^(?:(?:i|we) (?:have|'ve got|got) |there (?:is|are) )?(?:no|not any|none|nothing|zero)(?: (?:other|existing|"
    r"current|outstanding|"
    r"open|more|such))* ?(?:loans?|debts?|finance|borrowings?|credit|licen[cs]es?|collateral|assets?|security|"
    r"facilities|cards?)?"
    r"(?: (?:at all|at the moment|right now|currently|to offer|outstanding))?$|"
    r"^(?:我们?|目前|现在|暂时)*(?:没有?|无|冇)(?:其他的?|别的|任何|现有的?|什么|在用的?)*(?:贷款|借款|负债|债务?|"
    r"抵押物?|担保物?|资产|许可证?|牌照|证)?[了的呢]?$"
)
_SENTENCE = re.compile(
    r"(?<![a-z])(?:you|your|want|need|loan|borrow|money|please|thanks|hello|know|think|this|that|what|why|how|can|"
    r"could|would|should|have|has|does|don'?t|not|same|above|already|told|later|is|are|was|it)(?![a-z'-])"
    r"|[我你他她您吗呢么吧啥咋哪谁这那]|什么|怎么|贷款|借钱|没有|不知|不想|同上|一样|随便|上面|已经"
)
_SHARE_WORDS = re.compile(
    r"(?:[\s\d,.!%/&+，。！、-]|(?<![a-z])(?:i|we|me|my|our|the|own|owns?|owner|hold|have|got|had|is|it|it'?s|"
    r"that'?s|just|only|about|"
    r"business|company|shop|shares?|stake|equity|with|brother|sister|wife|husband|partner|son|daughter|dad|mum|"
    r"father|mother|"
    r"friend|each|split|between|us|and|other|mine|yes|yeah|yep|all|of|them|are|sole|director|percent|by|myself|so|to|"
    r"a|an|one|"
    r"has|gets|rest|owned|'ve|i'?ve|we'?ve|i'?m|in|please|thanks)(?![a-z])|"
    r"[我的占持有股份是都全就本人一个咱们公司店自己跟和哥弟姐妹老婆公爱"
    r"人合伙各他她另外吧啊呀呢了对嗯])*"
)
"""What is said around "half" or "all of it" where that is the owner's share."""
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12}|[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,5}"
)
_INDUSTRY = re.compile(r"(?<![0-9a-z])(?:[a-u] ?)?[0-9]{2}(?:\.?[0-9]{1,2}){0,2}(?![0-9a-z])")
_LICENCE = re.compile(
    r"(?P<type>[^\d:：]{2,60}?)[\s:：#]*(?:no\.?|number|号码?|"
    r"编号)?[\s:：#]*(?P<number>[A-Z]{0,6}[0-9][A-Z0-9-]{4,30})",
    re.IGNORECASE,
)


def find(
    original: str, plain: str, asked: str, said: set[Act], *, lang: str, read: list[ReadValue]
) -> tuple[list[ReadValue], list[Unclear]]:
    """The value of the asked field that the whole message gives; `read` is what was read of it so far."""
    spec = FIELDS.get(asked)
    if asked == "preferred_language":
        said = said - {Act.LANGUAGE}
    if spec is None or said - _SILENT or _is_more(read, original):
        return [], []
    if choices.is_closed(asked):
        return _chosen(spec, original, plain)
    if spec.kind is Kind.PERCENT:
        share = shares.find(plain)
        if share is not None and not _is_of_share(plain, share[1], share[2]):
            return [], []
        return ([] if share is None else [ReadValue(field=asked, value=share[0], span=share[1:])]), []
    if spec.kind is Kind.CURRENCY:
        code = units.currency_code(_TRAIL.sub("", plain).strip())
        return ([ReadValue(field=asked, value=code, span=(0, len(original)))] if code else []), []
    if asked in _MAY_BE_ZERO and (Act.NO in said or _NONE_OF.search(plain)):
        return [ReadValue(field=asked, value="0", span=(0, len(original)))], []
    if spec.kind in _LISTS and (Act.NO in said or _NONE_OF.search(plain)):
        return [ReadValue(field=asked, value=[], span=(0, len(original)))], []
    if said & {Act.YES, Act.NO}:
        return [], []
    start, end = _inner(original)
    value = _written(spec, original[start:end], plain[start:end], lang)
    return ([] if value is None else [ReadValue(field=asked, value=value, span=(start, end))]), []


def _is_of_share(plain: str, start: int, end: int) -> bool:
    """Whether "half" or "all of it" is the owner's share, in an answer that says nothing else."""
    return not facts.is_anothers(plain, start) and _SHARE_WORDS.fullmatch(plain[:start] + " " + plain[end:]) is not None


def _is_more(read: list[ReadValue], original: str) -> bool:
    """Whether other values make up so much of the message that it is no single answer."""
    return 2 * sum(end - start for start, end in {each.span for each in read}) >= max(1, len(original))


def _chosen(spec: FieldSpec, original: str, plain: str) -> tuple[list[ReadValue], list[Unclear]]:
    found = choices.find(plain, spec.name)
    if found is None:
        return [], []
    codes, start, end = found
    if spec.name.startswith("representative_") and facts.is_anothers(plain, start):
        return [], [Unclear(field=spec.name, text=original[start:end], span=(start, end), why="ambiguous")]
    if spec.kind is Kind.CODES and len(codes) > 1:
        codes = [code for code in codes if code != "none"]
    if len(codes) > (3 if spec.kind is Kind.CODES else 1):
        return [], [Unclear(field=spec.name, text=original[start:end], span=(start, end), why="ambiguous")]
    value: JsonValue = [*codes] if spec.kind is Kind.CODES else codes[0]
    return [ReadValue(field=spec.name, value=value, span=(start, end))], []


def _inner(original: str) -> tuple[int, int]:
    """The place of the answer without "my name is" before it and "please" behind it."""
    end = len(_TRAIL.sub("", original))
    lead = _LEAD.match(original, 0, end)
    start = lead.end() if lead is not None and lead.end() < end else 0
    while start < end and original[start].isspace():
        start += 1
    return start, end


def _written(spec: FieldSpec, original: str, plain: str, lang: str) -> JsonValue:
    if not original:
        return None
    match spec.kind:
        case Kind.TEXT if spec.name == "industry_code":
            match = _INDUSTRY.search(plain)
            return None if match is None else match[0].replace(" ", "").upper()
        case Kind.TEXT if spec.name == "representative_name":
            return original if _PERSON.fullmatch(original) and not _SENTENCE.search(plain) else None
        case Kind.TEXT if spec.name in {"business_legal_name", "trading_name"}:
            return original if _is_name(original, plain) else None
        case Kind.ADDRESS:
            return original if prose.free_text(spec, original, _COUNTRIES[lang]) and _is_address(original) else None
        case Kind.LICENCES:
            match = _LICENCE.fullmatch(original)
            return (
                None if match is None else [{"type": match["type"].strip(), "number": match["number"], "expiry": None}]
            )
        case Kind.COLLATERAL:
            return [{"type": original[:300], "value": None, "ref": None}] if any(map(str.isalpha, original)) else None
        case kind if kind in _PROSE:
            return prose.free_text(spec, original, _COUNTRIES[lang], named=False)
        case _:
            return None


def _is_name(original: str, plain: str) -> bool:
    short = (
        len(original) <= 40 if any("\u4e00" <= char <= "\u9fff" for char in original) else len(original.split()) <= 9
    )
    return short and len(original) > 1 and any(map(str.isalpha, original)) and not _SENTENCE.search(plain)


def _is_address(original: str) -> bool:
    """An address names a number, a postcode or a place; a sentence about it does not."""
    return (
        any(map(str.isdigit, original))
        or re.search(r"[省市区县镇乡村路街道巷弄号楼]", original) is not None
        or "," in original
    )
