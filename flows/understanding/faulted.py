"""The answer that a message calls wrong without saying what is right: "the amount is wrong", 名字错了."""

import re

from flows.understanding.folding import WORD_ENDS, WORD_STARTS

_FIELDS = {
    "business_legal_name": r"(?:company|business|firm|legal|registered) name|(?:公司|企业)(?:名称?|名字|全称)",
    "trading_name": r"(?:shop|store|trading) name|店名|招牌",
    "representative_birth_date": r"(?:date of birth|birthday|birth ?date|dob)|(?:出生日期|生日)",
    "representative_id_number": r"(?:id|passport|identity|document) number|身份证号?码?|证件号码?",
    "registration_number": r"(?:company|registration|registered) number|信用代码|注册号码?",
    "registered_address": r"registered address|注册地址",
    "operating_address": r"(?:shop |trading |business |store )?address|(?:经营|店铺?)?地址",
    "contact_email": r"e-?mail(?: address)?|(?:电子)?邮箱|邮件地址",
    "contact_phone": r"(?:tele)?phone(?: number)?|mobile(?: number)?|手机号?码?|电话号?码?",
    "number_of_employees": r"(?:number of )?(?:employees|staff)|head ?count|员工(?:人数|数)?|人数",
    "gross_annual_revenue": r"(?:annual |yearly )?(?:turnover|sales|revenue)|年?营业额|年?销售额",
    "loan_term_months": r"(?:loan )?(?:term|period|duration|length)|(?:number of )?months|(?:贷款|还款|借款)?期限|"
    "期数|月数",
    "credit_purpose": r"(?:loan )?purpose|(?:借款|贷款|资金)?用途",
    "amount_requested": r"(?:loan |requested )?amount|sum|(?:贷款|借款|申请)?金额|额度",
    "representative_name": r"(?:my |owner'?s? |director'?s? )?name|(?:我的|法人)?(?:姓名|名字)",
}
_LABEL = "|".join(f"(?P<{field}>{pattern})" for field, pattern in _FIELDS.items())
_AGAIN = _LABEL.replace("(?P<", "(?P<b_")
_LEAD = (
    r"(?:(?:sorry|no|wait|hi|hello|hang on|oh|oops|but|also|and|i think|the|my|our|that|你好|等等|等下|不对|"
    r"不好意思)[\s,，]*)*"
)
_IS_WRONG = (
    r"(?: (?:you have|i gave|i put|i typed|there|above))?\s*"
    r"(?:(?:is|was|'s|are|looks?|seems?|has been|got) ?(?:all |still |a bit |spelt |spelled |typed |put in |entered )*"
    r"(?:wrong(?:ly)?|incorrect(?:ly)?|not (?:right|correct)|a (?:mistake|typo)|out of date|misspel\w*|changed)|"
    r"(?:isn'?t|(?:doesn'?t|does not) (?:look|seem)) (?:right|correct)|"
    r"(?:has |have )?changed|(?:我)?(?:给)?(?:填|写|弄|搞|打|输)?(?:的)?(?:是)?(?:错了?|不对|有误|有问题|变了|换了))"
)
_CHANGE = (
    r"(?:wrong|incorrect|change|correct|fix|update|edit|amend|redo|"
    r"i (?:want|need|would like|'d like) to (?:change|correct)|(?:can|could) (?:i|you) (?:change|correct|fix|edit)|"
    r"(?:我)?(?:要|想|需要)?(?:修改|改一?下|更正|更新|换一?下|改))(?: the| my| our)?\s?"
)
_WRONG = re.compile(
    rf"^[\s,，.。!！]*{_LEAD}(?:{WORD_STARTS}(?:{_LABEL}){WORD_ENDS}{_IS_WRONG}"
    rf"|{_CHANGE}{WORD_STARTS}(?:{_AGAIN}){WORD_ENDS})"
    r"(?:[\s,，.。!！?？]|please|pls|now|吧|了|一下|啊|呀|though|actually)*$"
)


def find(text: str) -> tuple[str, int, int] | None:
    """The field that a folded text calls wrong, and where it names it; None when it says more or nothing of it."""
    match = _WRONG.match(text)
    if match is None or match.lastgroup is None:
        return None
    group = next(name for name, said in match.groupdict().items() if said is not None)
    return group.removeprefix("b_"), *match.span(group)
