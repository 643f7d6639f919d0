"""Names of the business and of the person, only where the owner says that it is one."""

import re

from flows.understanding.reading import ReadValue

_END = (
    r"(?=$|[,，。;；!！?？\n]|\s?[(（](?:company|reg|no|crn|统一|注册|[0-9])|\.(?:\s|$)|\s(?:and|which|that|in|from|"
    r"based|"
    r"located|need|i|we|my|our|looking|want)\s|"
    r"，|\s(?=[\u4e00-\u9fff]))"
)
_BUSINESS = (
    re.compile(
        r"(?:(?:公司|店铺?|企业|小店|门店|商号|我们店|厂)的?(?:(?:名称?|名字|全称)(?:是|叫做?|为|[:：])|叫做?)|"
        r"(?:公司|企业)(?:是|[:：])(?=[^,，。\s]{2,30}(?:公司|店|行|馆|厂|部|社|坊|中心|铺|超市)(?:$|"
        r"[,，。;；!！\s])))\s*[“\"「]?(?P<name>[\u4e00-\u9fffA-Za-z0-9（）()·&]{3,40}?)[”\"」]?" + _END
    ),
    re.compile(
        r"(?<![\u4e00-\u9fff])(?:我(?:们)?(?:是|在|来自)|这里是)(?P<name>[\u4e00-\u9fff]{2,6}(?:市|省|区|"
        r"县)?[\u4e00-\u9fff（）()]{2,24}(?:有限公司|有限责任公司|经营部|商行|个体工商户))"
    ),
    re.compile(
        r"(?<![A-Za-z])(?i:(?:my|our|the) (?:company|business|shop|store|firm|restaurant|cafe|"
        r"salon)(?:'s name)? (?:is|is called|name is)|"
        r"(?:business|shop|company|store|firm|place|cafe|restaurant|salon) (?:called|named)|trading as|"
        r"company name[:\s]+(?:is )?)\s*[\"“]?(?P<name>[A-Z0-9][\w&'. -]{1,60}?)[\"”]?" + _END
    ),
    re.compile(
        r"(?:^|[,.;\n] ?)(?i:(?:my |our )?(?:business|company|shop|trading|store))(?i: name)?\s?[:：=]\s*"
        r"(?P<name>[A-Z][\w&'. -]{1,60}?)" + _END
    ),
    re.compile(
        r"(?<![A-Za-z])(?:from|of|for|at|run|own|director of)\s"
        r"(?P<name>[A-Z][\w'-]*\s(?:(?:[A-Z][\w&'-]*|&|and|of)\s){0,6}(?:Ltd|Limited|LTD|"
        r"PLC|LLP)\b)"
    ),
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_PERSON = (
    re.compile(
        r"(?<![A-Za-z])(?i:(?:my |full |contact )?name)\s?[:：=]\s*(?P<name>[A-Z][a-z'-]+(?:\s[A-Z][A-Za-z'-]+){0,3})"
        r"(?=$|[,，。;!.\n])"
    ),
    re.compile(
        rf"(?:^|"
        rf"[,，。！!\s好])我是(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?<![的人店员管客工主户长师板家商家总经理]))"
        r"(?=$|[,，。;；!！\s])"
    ),
    re.compile(
        r"(?:我叫|我的名字(?:是|叫)|姓名(?:是|[:：])|本人姓名)\s*(?P<name>[\u4e00-\u9fff]{2,4}|"
        r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})(?=$|[,，。;；!！\s])"
    ),
    re.compile(
        r"(?<![a-zA-Z])(?:[Mm]y name(?: is|'s)|I am called|[Tt]his is|[Ii]'?m|"
        r"I am)\s(?P<name>[A-Z][a-z'-]+(?:\s[A-Z][A-Za-z'-]+){1,3})(?=$|[,，。;!.\n]|\s(?:and|from|of)\s)"
    ),
    re.compile(
        r"^(?:(?:[Hh]i|[Hh]ello|[Hh]ey),? )?(?P<name>[A-Z][a-z'-]+ [A-Z][a-z'-]+)(?= here(?![a-z])| from [A-Z])"
    ),
    re.compile(r"(?<![a-zA-Z])[Mm]y name(?: is|'s)\s(?P<name>[A-Z][a-z'-]+)(?=$|[,，。;!.\n]|\s(?:and|from|of)\s)"),
)
_NOT_A_NAME = re.compile(
    r"^[0-9.,]+ |^[Tt]he (?![A-Z])|什么|怎么|哪|多少|吗|开|卖|做|新开|正常|合法|有限公司的|(?i:^(?:doing|in|based|"
    r"called|a|an|not|"
    r"open|"
    r"closed|small|very|going|limited|losing|growing)\b)"
)


def find(text: str) -> list[ReadValue]:
    """Names of business and person in an unfolded text."""
    found: list[ReadValue] = []
    for field, patterns in (("business_legal_name", _BUSINESS), ("representative_name", _PERSON)):
        for pattern in patterns:
            match = pattern.search(text)
            if match is not None and not _NOT_A_NAME.search(match["name"]):
                found.append(ReadValue(field=field, value=match["name"].strip(), span=match.span("name")))
                break
    return found
