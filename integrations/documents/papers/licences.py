"""Layouts of business, tobacco, food and medical licences, and of what British registers issue."""

import re

from integrations.documents.papers import readers
from integrations.documents.papers.form import Anywhere, Form, Labelled, Phrase, Readings
from integrations.documents.papers.pieces import Page
from integrations.documents.papers.readers import Taken

_PERSON_LABELS = ("法定代表人(?!身份)", "经营者(?!名称|姓名)", "经营者姓名", "负责人", "投资人", "执行事务合伙人")
_PLACE_LABELS = (
    *("经营场所", "住所", "营业场所", "主要经营场所", "经营地址", "营业地址", "注册地址", "企业住所", "企业地址"),
    *("住所地", r"住所\(经营场所\)", r"经营场所\(住所\)"),
)
_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日)"
_ALONE = rf"(?m)^\D{{0,3}}{_DAY}\D{{0,2}}$(?![\s\S]*^\D{{0,3}}\d{{4}}年)"  # the last day that has a row for itself
_CN_STOPS = (
    *(
        "登记机关",
        "组成形式",
        "营业期限",
        "经营期限",
        "合伙期限",
        "核准日期",
        "副本编号",
        "国家企业信用信息公示系统",
        "扫描二维码",
    ),
    *("市场主体应当", "国家市场监督管理总局监制", r"\(副本\)", r"\(\d-\d\)", "营业执照", "电子营业执照"),
)


def _until(text: str) -> Taken | None:
    """The end of a term of which only the end is printed."""
    return None if re.search(r"长期|至|自", text) else readers.day(text)


def _licence(found: Readings, page: Page) -> None:
    """The day of issue stands last on the page; the scope ends where the licence says what depends on approval."""
    del page
    issued = found.get("issued")
    if issued is not None and "established" in found and issued.taken.value < found["established"].taken.value:
        del found["issued"]


BUSINESS_CN = Form(
    "business_licence",
    "CN",
    titles=("营业执照", "个体工商户营业执照"),
    words=(
        "统一社会信用代码",
        "法定代表人|经营者|投资人",
        "经营范围",
        "注册资本|组成形式",
        "登记机关",
        "成立日期|注册日期",
    ),
    never=("许可证", "完税", "合同"),
    items=(
        Labelled("registration_number", ("统一社会信用代码(?:/注册号)?", "社会信用代码"), readers.credit_code, lines=2),
        Anywhere("registration_number", readers.credit_code),
        Labelled("name", ("(?:企业|市场主体|主体|公司|字号)?名称", "字号名称", "^称$"), readers.name, lines=2),
        Labelled("type", ("(?:企业|市场主体|主体|公司)?类型",), readers.words, lines=2),
        Labelled("representative", _PERSON_LABELS, readers.name),
        Labelled("capital", ("注册资本(?:金)?", "出资额", "资金数额"), readers.words),
        Labelled("established", ("成立日期", "成立时间", "注册日期", "登记日期"), readers.day),
        Labelled("valid_until", ("营业期限至?", "经营期限至?"), readers.either(readers.span(1), _until)),
        Labelled("address", _PLACE_LABELS, readers.address, lines=3),
        Labelled("scope", ("经营范围",), readers.words, lines=8),
        Phrase(
            "issued",
            (rf"登记机关(?:(?!日期)[\s\S]){{0,60}}?{_DAY}", _ALONE),
            readers.day,
        ),
    ),
    stops=_CN_STOPS,
    finish=_licence,
)

BUSINESS_GB = Form(
    "business_licence",
    "GB",
    titles=(
        "certificateofincorporation",
        "companieshouseregisterextract",
        "certificateofgoodstanding",
        "findandupdatecompanyinformation",
        "companyprofile",
        "companyoverview",
        "companydetails",
    ),
    words=(
        "companiesact2006",
        "companieshouse",
        "registrarofcompanies",
        "companynumber",
        "incorporat",
        "privatelimited",
        "registeredoffice",
    ),
    items=(
        Labelled(
            "registration_number",
            (
                "companynumber",
                r"companyno\.?",
                r"registeredno\.?",
                "registerednumber",
                "companyregistration(?:number|no)",
            ),
            readers.company_number,
        ),
        Labelled("name", ("companyname", "nameofcompany", "registeredname"), readers.name),
        Labelled("address", ("registeredofficeaddress", "registeredoffice(?!is)"), readers.address, lines=3),
        Labelled("type", ("companytype",), readers.words),
        Labelled(
            "established",
            ("incorporatedon", "dateofincorporation", "incorporationdate", "dateincorporated"),
            readers.day,
        ),
        Phrase(
            "registration_number",
            (r"company\s*n(?:umber|o)\.?\s*:?\s*([0-9A-Z]{8})\b",),
            readers.company_number,
            squeezed=False,
        ),
        Phrase("name", (r"certifies\s*that\s+([\s\S]{3,90}?)\s+is\s*this\s*day",), readers.name, squeezed=False),
        Phrase("name", (rf"(?m)^([^\n:]{{2,80}}?{readers.LEGAL})\s*$",), readers.company, squeezed=False, guess=True),
        Phrase("established", (r"companieshouse,?[a-z]*,?on(?:the)?([0-9]{1,2}[\s\S]{3,24}?\d{4})",), readers.day),
        Phrase("established", (r"Companies House,[^,]*,\s*on\s+([\s\S]{6,30}?\d{4})",), readers.day, squeezed=False),
    ),
    stops=("companystatus", "previouscompanynames", "natureofbusiness", "accounts"),
)


def _industry(found: Readings, page: Page) -> None:
    """A food licence may hold an identity number where others have a credit code: that is not kept."""
    del page
    until, since = found.get("valid_until"), found.get("valid_from")
    if until and since and until.taken.value <= since.taken.value:
        del found["valid_until"]


TOBACCO = Form(
    "industry_licence",
    "CN",
    titles=("烟草专卖零售许可证",),
    words=("许可证号", "供货单位", "许可范围", "烟草专卖局", "负责人"),
    items=(
        Labelled("number", ("许可证号", "许可证编号", "许可证号码", "证号"), readers.number(r"(?<!\d)\d{12}(?!\d)")),
        Labelled("name", (r"企业\(字号\)名称", "企业名称", "字号名称", "(?<!\\))名称"), readers.name, lines=2),
        Labelled("registration_number", ("统一社会信用代码",), readers.credit_code),
        Labelled("representative", ("负责人姓名", "负责人", "法定代表人", "经营者姓名"), readers.name),
        Labelled("address", _PLACE_LABELS, readers.address, lines=3),
        Labelled("scope", ("许可范围", "经营范围"), readers.words, lines=3),
        Labelled("valid_from", ("有效期限?自?", "有效期间"), readers.span(0), lines=2),
        Labelled("valid_until", ("有效期限?自?", "有效期间"), readers.span(1), lines=2),
        Phrase("authority", (r"([\u4e00-\u9fff]{2,16}?烟草专卖局)",), readers.name),
        Phrase(
            "issued",
            (r"发证机关[\s\S]{0,60}?(\d{4}年\d{1,2}月\d{1,2}日)", r"(\d{4}年\d{1,2}月\d{1,2}日)(?![\s\S]*\d{4}年)"),
            readers.day,
        ),
    ),
    stops=(
        "经济类型",
        "企业类型",
        "供货单位",
        "区域范围",
        "发证机关",
        "国家烟草专卖局制",
        r"\(副本\)",
        "烟草专卖零售许可证",
    ),
    given={"licence_type": "tobacco"},
    finish=_industry,
)

FOOD = Form(
    "industry_licence",
    "CN",
    titles=("食品经营许可证", "食品生产许可证", "餐饮服务许可证"),
    words=("经营者名称", "许可证编号", "主体业态", "经营项目", "有效期至", "签发人", "日常监督管理机构"),
    items=(
        Labelled("number", ("许可证编号",), readers.number(r"(?:JY|SC)\d{14}(?!\d)")),
        Anywhere("number", readers.number(r"(?:JY|SC)\d{14}(?!\d)")),
        Labelled("name", ("经营者名称", "单位名称", "生产者名称", "企业名称", "商户名称"), readers.name, lines=2),
        Labelled(
            "registration_number",
            (r"统一社会信用代码(?:\(身份证号码\))?", r"社会信用代码(?:\(身份证号码\))?"),
            readers.credit_code,
        ),
        Labelled("representative", (r"法定代表人(?:\(负责人\))?", "负责人"), readers.name),
        Labelled("address", ("经营场所", "经营地址", "地址"), readers.address, lines=3),
        Labelled("scope", ("经营项目",), readers.words, lines=4),
        Labelled("valid_until", ("有效期至", "有效期限至", "有效日期至"), readers.day),
        Labelled("authority", ("发证机关",), readers.name),
        Phrase(
            "issued",
            (r"(?<!有效期至)(?<!有效期至:)(\d{4}年\d{1,2}月\d{1,2}日)(?![\s\S]*(?<!有效期至)(?<!有效期至:)\d{4}年)",),
            readers.day,
        ),
    ),
    stops=(
        "住所",
        "主体业态",
        "日常监督管理机构",
        "日常监督管理人员",
        "投诉举报电话",
        "签发人",
        "食品经营许可证",
        "二维码",
    ),
    given={"licence_type": "food"},
    finish=_industry,
)

MEDICAL = Form(
    "industry_licence",
    "CN",
    titles=("药品经营许可证", "医疗器械经营许可证", "医疗机构执业许可证"),
    words=("许可证编号|证号", "企业名称", "经营范围", "有效期", "发证机关"),
    items=(
        Labelled("number", ("许可证编号", "证号", "登记号", "编号"), readers.number(r"[^\W_]{6,24}")),
        Labelled("name", ("企业名称", "机构名称", "名称"), readers.name, lines=2),
        Labelled("representative", ("法定代表人", "企业负责人", "负责人"), readers.name),
        Labelled("address", ("经营场所", "注册地址", "地址", "住所"), readers.address, lines=3),
        Labelled("valid_until", ("有效期限?至", "有效期限?"), readers.either(readers.span(1), readers.day)),
        Labelled("authority", ("发证机关",), readers.name),
    ),
    stops=("经营方式", "仓库地址", "质量负责人", "经营范围"),
    given={"licence_type": "medical"},
)

FOOD_GB = Form(
    "industry_licence",
    "GB",
    titles=("foodbusinessregistration", "premiseslicence", "alcohollicence"),
    words=("council", "foodbusinessoperator", "premises", "validuntil", "registrationnumber", "issuedby"),
    items=(
        Labelled(
            "number",
            ("registrationnumber", "licencenumber", "premiseslicencenumber"),
            readers.number(r"[A-Z0-9][A-Z0-9/\-]{4,20}"),
        ),
        Labelled(
            "name",
            (
                *("nameoffoodbusiness", "nameofbusiness", "businessname", "tradingname"),
                *("(?:nameof)?holderof(?:the|this)?(?:premises)?licence", "premiseslicenceholder"),
            ),
            readers.name,
        ),
        Labelled("representative", ("foodbusinessoperator", "licenceholder"), readers.name),
        Labelled(
            "address",
            ("addressofpremises", "premisesaddress", "addressofbusiness", "premises(?!licen)"),
            readers.address,
            lines=3,
        ),
        Labelled("valid_from", ("validfrom", "dategranted", "commencementdate"), readers.day),
        Labelled("valid_until", ("validuntil", "validto", "expirydate", "expires(?:on)?", "dateofexpiry"), readers.day),
        Labelled("authority", ("issuedby", "licensingauthority"), readers.name),
        Labelled("issued", ("dateofissue", "issuedon"), readers.day),
    ),
    stops=("typeofbusiness",),
    given={"licence_type": "food"},
)

FORMS = (BUSINESS_CN, BUSINESS_GB, TOBACCO, FOOD, MEDICAL, FOOD_GB)
