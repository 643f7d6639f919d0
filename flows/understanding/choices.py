"""Answers to a question with a closed list of codes, in the words people use: "we're a limited company", 我是法人."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from flows.understanding.folding import WORD_ENDS, WORD_STARTS

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "legal_form": {
            "sole_proprietor": (
                r"sole (?:trader|proprietor(?:ship)?|owner)|self[- ]employed|proprietorship|proprietor|"
                r"个体(?:工商)?户?|个人独资|独资|个体经营|自己单干"
            ),
            "partnership": r"partnership|partners|llp|合伙(?:企业|制)?",
            "limited_company": (
                r"(?:private |public )?limited(?: liability)?(?: company)?|ltd|plc|llc|pvt ltd|incorporated|inc|"
                r"corporation|有限(?:责任)?公司|股份公司|公司制|有限责任|一人有限"
            ),
            "cooperative": r"co-?op(?:erative)?|合作社",
        },
        "registration_status": {
            "dormant": r"dormant|inactive|not trading|停业|歇业|休眠|没营业",
            "in_insolvency": r"insolven\w*|in administration|liquidation|receivership|破产|清算",
            "dissolved": r"dissolved|struck off|closed down|注销|吊销|解散",
            "active": r"active|trading|open|live|operating|正常|存续|在营|在业|开业|营业中?|在经营",
        },
        "representative_role": {
            "legal_representative": r"legal rep(?:resentative)?|法定?代表人?|法人(?:代表)?",
            "authorised_signatory": (
                r"authori[sz]ed (?:signatory|signer|person)|signatory|attorney|manager|授权(?:签字|代表|代理)?人?|"
                r"代理人|经办人|店长|经理|委托人"
            ),
            "director": r"(?:managing )?director|md|ceo|董事长?|总经理|执行董事",
            "owner": (
                r"(?:co-?)?owner|proprietor|boss|founder|own (?:it|the)|it'?s mine|老板娘?|店主|业主|股东|东家|"
                r"创始人|合伙人"
            ),
        },
        "representative_id_type": {
            "national_id": r"(?:national )?id(?:entity)?(?: card)?|aadhaar|身份证",
            "passport": r"passport|护照",
            "driving_licence": r"driv(?:ing|er'?s?) licen[cs]e|licen[cs]e|驾(?:驶)?证|驾照|行驶证",
            "residence_permit": r"residen(?:ce|t) (?:permit|card)|brp|visa|居住证|居留证|居留许可|永居",
        },
        "repayment_method": {
            "equal_instalments": (
                r"equal(?:ly)?(?: monthly)?(?: (?:instal?ments|payments|amounts))?|same (?:amount )?(?:each|"
                r"every) month|"
                r"fixed (?:monthly )?(?:instal?ments|payments)|monthly instal?ments|annuity|等额(?:本息|本金)?|"
                r"每月还一样"
            ),
            "interest_only_then_principal": r"interest[- ]only|interest first|先息后本|先还利息|按月付息",
            "bullet": (
                r"bullet|(?:all|everything|lump sum|one payment|in one go)(?: \w+){0,3}(?: at the end)?|at the end|"
                r"到期(?:一次)?(?:还|归还)?|一次性(?:还|还清|还本)|到期还本"
            ),
            "sales_share": (
                r"(?:share|percent(?:age)?|%|part|cut) of (?:my |our |the )?(?:sales|takings|revenue)|按销售|"
                r"销售额?(?:比例|分成)|流水比例"
            ),
        },
        "repayment_source": {
            "business_revenue": (
                r"(?:business |shop |daily )?(?:revenue|sales|takings|income|turnover|profit|trade)|营业(?:额|"
                r"收入)|经营收入|店里的?(?:收入|流水)|流水|销售收入|利润"
            ),
            "receivable": r"receivables?|invoices?|customers? (?:owe|pay)\w*|应收|货款回|回款|客户的?款",
        },
        "guarantee_types": {
            "non_owner_personal": (
                r"(?:family|friend|relative|brother|sister|father|mother|parents?|wife|husband|third part\w+|"
                r"someone else|guarantor)(?:'s)?(?: guarantee)?|(?:家人|朋友|亲戚|老婆|老公|父母|第三方|"
                r"别人)(?:来)?(?:做)?(?:担保|保证)"
            ),
            "owner_personal": (
                r"personal(?: guarantee)?|my own guarantee|i(?:'ll| will|'d| would)? guarantee(?: it)?|myself|"
                r"个人(?:担保|保证)|我(?:个人|自己|本人)?(?:来)?(?:做)?(?:担保|保证)|连带(?:担保|保证)?"
            ),
            "government": r"government(?:[- ]backed)?|state guarantee|sba|政府(?:担保|性融资担保)?|担保基金",
            "none": r"no(?:ne| guarantee| guarantor)?|nothing|without|没有|无|不(?:要|用|需要)担保|没担保",
        },
        "credit_product": {
            "credit_card": r"credit card|信用卡",
            "line_of_credit_secured": r"secured (?:credit )?line|抵押(?:授信|额度)",
            "line_of_credit_unsecured": (
                r"(?:credit line|line of credit|revolving|overdraft|授信|循环(?:额度|贷)?|额度)"
            ),
            "merchant_cash_advance": r"(?:merchant )?cash advance|mca",
            "term_loan_unsecured": r"unsecured(?: loan)?|no collateral|信用(?:贷款?|借款)|无抵押",
            "term_loan_secured": r"secured(?: loan)?|mortgage|against (?:my|the)|抵押(?:贷款?)?",
        },
        "tax_compliance_rating": {
            "compliant": r"compliant|good standing|up to date|守信|合规|正常",
            **{letter: rf"{letter.lower()}(?:[ -]?(?:grade|rating|级|类))?" for letter in "ABMCD"},
        },
        "application_channel": {
            "telegram": r"telegram|电报",
            "whatsapp": r"whats ?app",
            "web": r"web(?:site| chat)?|online|browser|网页|网站|网上",
            "agent": r"agent|broker|代理|中介|客户经理",
        },
        "preferred_language": {
            "zh": r"chinese|mandarin|中文|汉语|普通话|简体|华语",
            "en": r"english|英文|英语",
        },
    }
)
_PATTERNS = {
    field: tuple((code, re.compile(rf"{WORD_STARTS}(?:{words}){WORD_ENDS}")) for code, words in options.items())
    for field, options in _WORDS.items()
}
_DENIED = re.compile(
    r"(?:(?<![a-z])(?:not|isn'?t|aren'?t|never|no longer|neither|nor|rather than|instead of)(?: (?:a|an|the|yet|in))*"
    r"|不是?|没有?|并非|非|未)\s?$"
)


def find(text: str, field: str) -> tuple[list[str], int, int] | None:
    """The codes of `field` that a folded text names, in one stretch from start to end; None when it names none.

    A word inside a longer one of another code counts for the longer one alone: 有限公司 in 一人有限公司.
    """
    found: list[tuple[int, int, str]] = []
    for code, pattern in _PATTERNS.get(field, ()):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            if code != "none" and _DENIED.search(text[: match.start()][-16:]):
                continue
            found.append((*match.span(), code))
    if not found:
        return None
    codes = list(dict.fromkeys(code for _, _, code in sorted(found)))
    return codes, min(start for start, _, _ in found), max(end for _, end, _ in found)


def contrast(text: str, field: str) -> tuple[str, str, int, int] | None:
    """The new code, the old one and the place of the new, where a text sets two codes of `field` against each other."""
    said = find(text, field)
    if said is None or len(said[0]) != 1:
        return None
    for code, pattern in _PATTERNS.get(field, ()):
        denied = any(_DENIED.search(text[: match.start()][-16:]) for match in pattern.finditer(text))
        if denied and code not in said[0]:
            return said[0][0], code, said[1], said[2]
    return None


def is_closed(field: str) -> bool:
    """Whether the codes of a field have words here."""
    return field in _PATTERNS
