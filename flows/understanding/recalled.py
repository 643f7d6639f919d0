"""Which of their own answers somebody asks back for: "what was my phone number?", 我填的金额是多少.

A sentence must say that it was given ("did I put", 我填的) or that it is theirs ("what was my"). What could be asked
("how much can I borrow?") and why something is asked for is never taken for it.
"""

import re

from flows.understanding.folding import folded

# The more particular names first: "how much did I say my turnover was" asks for the turnover.
_NAMES = {
    "contact_phone": (r"(?:tele|cell)?phone|mobile|contact number", r"手机号?码?|电话(?:号码?)?|联系方式"),
    "contact_email": (r"e-?mail", r"邮箱|电子邮[箱件]|邮件地址"),
    "tax_identification_number": (r"(?:tax|vat) (?:id|number|no)", r"税号|纳税人识别号"),
    "registration_number": (
        r"(?:registration|company|business|register) number",
        r"信用代码|注册号|登记号|执照号码?",
    ),
    "representative_id_number": (r"(?:id|identity|passport)(?: card)? number", r"身份证号?码?|证件号码?|护照号码?"),
    "representative_birth_date": (r"date of birth|birth ?da(?:te|y)", r"出生日期|生日"),
    "disbursement_account": (r"bank (?:account|details)|account number|iban", r"收款账户|账号|帐号|卡号|银行账户"),
    "business_legal_name": (
        r"(?:registered|legal|business|company|shop) name|name of (?:my|our|the) (?:business|company|shop)",
        r"(?:公司|企业|店铺?|执照)的?(?:名称?|名字|全称)",
    ),
    "registered_address": (r"(?:registered |business |company |shop )?address", r"地址"),
    "number_of_employees": (
        r"(?:number of |how many )(?:people|employees|staff|workers)|headcount",
        r"员工(?:人?数|数量)|(?:多少|几)个?(?:员工|人)",
    ),
    "gross_annual_revenue": (r"turnover|revenue|yearly sales|annual sales", r"营业额|销售额|年收入|年?流水|营收"),
    "loan_term_months": (
        r"term|how many (?:months|instalments)|number of months|how long",
        r"期限|期数|几期|多少期|几个月",
    ),
    "credit_purpose": (r"purpose|(?:money|loan) (?:is|was) for", r"用途|用来做什么|拿来做什么"),
    "amount_requested": (r"amount|how much|loan sum", r"金额|数额|多少钱|多少"),
}
_ASKS = re.compile(
    r"(?<![a-z])(?:what|which|how (?:much|many|long)|remind me|tell me|read (?:me )?back|show me)(?![a-z])"
)
_GAVE = (
    r"(?:gave|given|give|put|entered|enter|typed|type|filled|fill|said|say|told|tell|asked|ask|applied|apply|requested|"
    r"request|chose|chosen|choose|picked|pick|stated|state|provided|provide|left|leave|wrote|write)(?![a-z])"
)
_PAST = (
    r"(?:gave|put|entered|typed|filled|said|told|asked|applied|requested|chose|picked|stated|provided|left|wrote)"
    r"(?![a-z])"
)
_EARLIER = r"(?: just| already| originally| first| actually)*"
_EN_GAVE = (
    r"(?<![a-z])(?:did|have) (?:i|we){earlier} {gave}|(?<![a-z])(?:{name})s? (?:that |which )?(?:i|we){earlier} {past}"
)
_EN_HELD = r"(?<![a-z])(?:do|have) you (?:have|got|hold|noted?|saved?).*(?<![a-z])(?:my|our) (?:{name})"
_EN_MINE = (
    r"(?:(?:so|and|sorry|please|hey|again),? )*(?:what(?: again)?(?:'s| is| was| were)?|remind me (?:of|what))"
    r"(?: again)? (?:my|our) (?:{name})(?: number| address)?(?: (?:was|is))?"
    r"(?: again| please| on (?:file|the (?:form|application)))?"
)
_EN_NEVER = re.compile(r"(?<![a-z])(?:if|why|can|could|should|may|must|how do|where do|need)(?![a-z])")
_ZH_GAVE = (
    r"我们?(?:的)?(?:{name})?(?:之前|刚才|刚刚|当时|上次|前面|一开始|原来|在)*"
    r"(?:填|写|报|留|说|给|申请|选|输入?|提供|登记|要|贷|借)(?:的|了|过)(?:你们?|您)?的?.{{0,4}}?(?:{name}|是|什么|哪)"
)
_ZH_EARLIER = (
    r"我们?(?:之前|刚才|刚刚|当时|上次|前面|一开始|原来)+(?:填|写|报|留|说|给|申请|选|输|要|贷|借).{{0,6}}?(?:{name})"
)
_ZH_MINE = (
    r"(?:请问|那|所以)?我们?的(?:{name})(?:写的|填的|报的|留的|记的)?(?:是|为)?(?:多少|什么|哪(?:个|一个|里)|啥|几号?)"
    r"(?:来着|呢|啊|呀)?"
)
_ZH_ASKS = re.compile(r"多少|什么|哪|啥|几|来着|告诉我|再说|提醒")
_ZH_NEVER = re.compile(r"能|可以|应该|合适|怎么|为什么|如果|要是|为啥|干嘛")
_LONGEST = 90


def asks_own(text: str) -> str | None:
    """The field whose own answer a message asks back for; None when it asks for none."""
    plain = folded(text).strip(" .,!?。，！？")
    if len(plain) > _LONGEST:
        return None
    for field, (english, chinese) in _PATTERNS.items():
        if _in_english(plain, *english) or _in_chinese(plain, *chinese):
            return field
    return None


Patterns = tuple[re.Pattern[str], ...]


def _in_english(plain: str, name: re.Pattern[str], *forms: re.Pattern[str]) -> bool:
    if _EN_NEVER.search(plain) or not name.search(plain):
        return False
    gave, held, mine = forms
    return bool(mine.fullmatch(plain) or held.search(plain) or (_ASKS.search(plain) and gave.search(plain)))


def _in_chinese(plain: str, name: re.Pattern[str], *forms: re.Pattern[str]) -> bool:
    if _ZH_NEVER.search(plain) or not name.search(plain) or not _ZH_ASKS.search(plain):
        return False
    gave, earlier, mine = forms
    return bool(mine.fullmatch(plain) or gave.search(plain) or earlier.search(plain))


def _compiled(name: str, *forms: str) -> Patterns:
    filled = (each.format(name=name, gave=_GAVE, past=_PAST, earlier=_EARLIER) for each in forms)
    return tuple(map(re.compile, (name, *filled)))


_PATTERNS = {
    field: (
        _compiled(rf"(?<![a-z])(?:{english})(?![a-z])", _EN_GAVE, _EN_HELD, _EN_MINE),
        _compiled(chinese, _ZH_GAVE, _ZH_EARLIER, _ZH_MINE),
    )
    for field, (english, chinese) in _NAMES.items()
}
