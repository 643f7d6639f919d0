"""Corrections of what is written in words, by the field's name: "the address should be …", 店名改成….

Only where a field is named and a word of change stands before the new value.
"""

import re

from flows.understanding.folding import WORD_ENDS, WORD_STARTS, folded
from flows.understanding.reading import ReadValue

_FIELDS = {
    "business_legal_name": (
        r"(?:legal|registered|company|business|firm) name|公司(?:名称?|名字|全称)|企业(?:名称?|名字|全称)|"
        r"执照上的名字"
    ),
    "trading_name": (
        r"(?:trading|shop|store) name|name of (?:the|my|our) (?:shop|store)|店名|店铺(?:名称?|名字)|招牌(?:名称?|"
        r"名字)?"
    ),
    "representative_name": (
        r"my (?:own |full )?name|(?:director|owner|representative)(?:'s)? name|name of the (?:director|owner)|"
        r"我的(?:姓名|名字)|姓名|名字|法人(?:姓名|名字|代表)?|负责人(?:姓名|名字)"
    ),
    "registered_address": r"registered address|注册地址|登记地址|执照(?:上的)?地址",
    "operating_address": (
        r"(?:shop|trading|operating|business|store|my|our|the) address|经营地址|店铺?(?:的)?地址|门店地址|地址"
    ),
    "business_description": r"(?:business )?description|经营范围|业务描述|主营业务",
}
_LABEL = "|".join(f"(?P<{field}>{pattern})" for field, pattern in _FIELDS.items())
_VALUE = (
    r"[\"“「]?(?P<value>[^\n。;；!！?？\"”」]{2,160}?)[\"”」]?"
    r"\s*(?:please|pls|thanks|吧|谢谢|哦|呀|啊)?\s*[.。!！]?\s*$"
)
_CHANGES = re.compile(
    rf"{WORD_STARTS}(?:{_LABEL}){WORD_ENDS}\s*"
    r"(?:(?:should (?:be|read|say)|must be|needs to be|(?:is|was) (?:wrong|incorrect|misspelled|spelled wrong|"
    r"a typo|not right)"
    r"[,，.;:]?\s*(?:it'?s|it is|it should be|should be|make it|to)?|has changed(?: to)?[,，]?(?: it'?s)?|"
    r"to|改成|改为|换成|更正为|应该是|应为|应是|"
    r"(?:写|填|打|弄|搞|登记)?错了?[,，\s]*(?:应该)?(?:是|叫)|(?:搬|换|变|改)了[,，\s]*|"
    r"不对[,，]?\s*(?:应该)?是)[:：]?)\s*" + _VALUE,
    re.IGNORECASE,
)
_WE_ARE = re.compile(
    r"(?:(?:we'?re|we are|i'?m|it'?s|it is|we'?ve moved|we moved|moved)?(?: now)? ?(?:at|in|on|to) |"
    r"现在?(?:搬到?了?|在)+|搬[到去]了?|在)"
)
_TO_BE_CHANGED = re.compile(r"(?<![a-z])(?:change|correct|update|amend|fix|replace|set)(?: the| my| our)?\s*$")


def find(text: str) -> list[ReadValue]:
    """The new value of the one field that is renamed in a text; at most one."""
    plain = folded(text)
    match = _CHANGES.search(plain)
    if match is None:
        return []
    field = next(name for name in _FIELDS if match[name] is not None)
    bare_to = re.match(r"\s*to(?![a-z])", plain[match.end(field) :]) is not None
    if bare_to and _TO_BE_CHANGED.search(plain[: match.start(field)]) is None:
        return []
    start, end = match.span("value")
    if "address" in field and (led := _WE_ARE.match(plain, start, end)):
        start = led.end()
    value = text[start:end].strip(" ,，:：")
    if not any(char.isalpha() for char in value):
        return []
    return [ReadValue(field=field, value=value, span=(start, end))]
