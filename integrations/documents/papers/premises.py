"""Layouts of leases and utility bills."""

import re
from itertools import pairwise

from integrations.documents.papers import readers
from integrations.documents.papers.form import Form, Labelled, Phrase, Reading, Readings
from integrations.documents.papers.pieces import Page
from integrations.documents.papers.readers import Taken

_PERIODS = (
    ("month", r"每月|月租|/月|permonth|pcm|monthly"),
    ("quarter", r"每季|季租|perquarter|quarterly"),
    ("year", r"每年|年租|/年|annualrent|perannum|peryear|annually|p\.a\."),
)
_UTILITIES = (
    ("electricity", r"电费|用电|供电|electricity"),
    ("water", r"水费|用水|自来水|water"),
    ("gas", r"燃气|天然气|煤气|\bgas\b|yourgasbill"),
    ("heating", r"供热|采暖|热力|heating"),
    ("telephone", r"电信|移动通信|联通|broadband|telephone"),
)


def _lease(found: Readings, page: Page) -> None:
    """How often rent is paid stands beside the rent; an end before the beginning is a misreading."""
    text = re.sub(r"\s", "", page.text).casefold()
    rents = re.findall(r"(?:租金|月租|年租|annualrent|\brent|rent:)[\s\S]{0,60}", text)
    for period, pattern in _PERIODS:
        if any(re.search(pattern, each) for each in rents):
            found["rent_period"] = Reading(Taken(period), found["rent"].score if "rent" in found else 0.0)
            break
    start, end = found.get("start"), found.get("end")
    if start and end and end.taken.value <= start.taken.value:
        del found["start"], found["end"]


# A Chinese supplier is a company; a British one is whatever heads the bill.
_PROVIDER = re.compile(
    r"[\u4e00-\u9fff()（）]{2,28}(?:公司|供电局|供电所|水务局|热力站)"
    r"|^(?![^\n]*(?:\bbill\b|number|date))[A-Z][\w&' .-]{2,40}$"
)
_SUPPLIES = re.compile(rf"{readers.LEGAL}|(?i:energy|water|power|electric|gas|telecom|broadband)")
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b")


def _bill(found: Readings, page: Page) -> None:
    """What is supplied, and by whom: the name at the head of the bill."""
    text = re.sub(r"\s", "", page.text).casefold()
    seen = [utility for utility, pattern in _UTILITIES if re.search(pattern, text)]
    headed = re.search(r"(电|水|燃气|热)费", text)
    if headed is not None:
        seen = [{"电": "electricity", "水": "water", "燃气": "gas", "热": "heating"}[headed[1]]]
    headed = re.search(r"your(electricity|water|gas)bill", text)
    if headed is not None:
        seen = [headed[1]]
    if len(seen) == 1:
        found["utility"] = Reading(Taken(seen[0]), 1.0)
    if "provider" in found:
        return
    for row in page.rows[:3]:
        head = next((each for piece in row if (each := _PROVIDER.search(piece.text))), None)
        if head is not None and (len(row) == 1 or _SUPPLIES.search(head[0])):
            sure = row is page.rows[0] or _SUPPLIES.search(head[0]) is not None
            found["provider"] = Reading(
                Taken(readers.tidy(head[0])),
                min(score for piece in row for score in piece.scores or (1.0,)),
                doubtful=not sure,
            )
            break


def _bill_gb(found: Readings, page: Page) -> None:
    """Whom a British bill is sent to stands in a block above a postcode; nothing but its place says that it is they."""
    _bill(found, page)
    provider = found["provider"].taken.value if "provider" in found else ""
    for above, row in pairwise(page.rows):
        if not _POSTCODE.search(row[0].text):
            continue
        name, address = readers.name(above[0].text), readers.address(row[0].text)
        if name is not None and address is not None and name.value != provider:
            found.setdefault("name", Reading(name, min(above[0].scores, default=1.0), doubtful=True))
            found.setdefault("address", Reading(address, min(row[0].scores, default=1.0), doubtful=True))
            return


_RENT_CN = (
    r"租金[为是:：]?(?:每月|每季度|每季|每年|月)?(?:租金)?(?:为)?(?:人民币)?[¥￥]?([\d,]{3,12}(?:\.\d{1,2})?)元",
    r"月租金[^\d]{0,10}([\d,]{3,12}(?:\.\d{1,2})?)元",
)
LEASE_CN = Form(
    "lease",
    "CN",
    titles=("房屋租赁合同", "商铺租赁合同", "租赁合同", "租赁协议", "房屋租赁协议"),
    words=("出租方", "承租方", "甲方", "乙方", "租金", "租赁期限|租期", "押金|保证金", "坐落"),
    items=(
        Labelled(
            "landlord",
            (r"出租(?:方|人)(?:\([^)]{0,10}\))?", r"甲方\(出租(?:方|人)\)", r"甲方(?=[:：])", "房东(?=[:：])"),
            readers.name,
        ),
        Labelled(
            "tenant",
            (r"承租(?:方|人)(?:\([^)]{0,10}\))?", r"乙方\(承租(?:方|人)\)", r"乙方(?=[:：])", "租户(?=[:：])"),
            readers.name,
        ),
        Labelled(
            "address",
            ("房屋坐落(?:于|在)?", "房屋地址", "租赁物坐落", "租赁地址", "坐落(?:于|在)"),
            readers.address,
            lines=3,
        ),
        Labelled("start", ("租赁期限", "租期", "租赁期"), readers.span(0), lines=2, below=False),
        Labelled("end", ("租赁期限", "租期", "租赁期"), readers.span(1), lines=2, below=False),
        Phrase("start", (r"(?:自|从|由)(\d{4}年\d{1,2}月\d{1,2}日)起?(?:至|到)",), readers.day),
        Phrase("end", (r"(?:自|从|由)\d{4}年\d{1,2}月\d{1,2}日起?(?:至|到)(\d{4}年\d{1,2}月\d{1,2}日)",), readers.day),
        Phrase("address", (r"位于([^,，。;；:：]{6,60}?)的?(?:房屋|商铺|店铺|门面|房产)",), readers.address),
        Phrase("rent", _RENT_CN, readers.money),
        Phrase("deposit", (r"(?:押金|保证金)[^\d]{0,10}([\d,]{3,12}(?:\.\d{1,2})?)元",), readers.money),
        Phrase("signed", (r"(?:签订日期|签约日期|日期)[:：]?(\d{4}年\d{1,2}月\d{1,2}日)",), readers.day),
    ),
    stops=(
        "根据",
        r"第[一二三四五六七八九十]+条",
        "租金",
        "押金",
        r"甲方\(签字\)",
        r"乙方\(盖章\)",
        "签订日期",
    ),
    given={"currency": "CNY"},
    finish=_lease,
)

LEASE_GB = Form(
    "lease",
    "GB",
    titles=("leaseofbusinesspremises", "commerciallease", "leaseagreement", "^lease$", "tenancyagreement"),
    words=("landlord", "tenant", "premises|property", "rent", "term", "deposit"),
    items=(
        Labelled("landlord", ("landlord", "lessor"), readers.name, below=False),
        Phrase("landlord", (r"(?:\(1\)|between)\s*([^()\n]{3,80}?)\s*\(the Landlord\)",), readers.name, squeezed=False),
        Phrase("tenant", (r"(?:\(2\)|and)\s*([^()\n]{3,80}?)\s*\(the Tenant\)",), readers.name, squeezed=False),
        Phrase("signed", (r"made on\s+(?:the\s+)?([^\n]{6,30}?\d{4})",), readers.day, squeezed=False),
        Labelled("tenant", ("tenant", "lessee"), readers.name, below=False),
        Labelled(
            "address",
            ("premises(?:address)?", "property(?:address)?", "demisedpremises", "addressofthepremises"),
            readers.address,
            lines=3,
            below=False,
        ),
        Labelled("start", ("term", "period"), readers.span(0), lines=2, below=False),
        Labelled("end", ("term", "period"), readers.span(1), lines=2, below=False),
        Phrase("start", (r"(?:commencement|start)\s*date\s*:?\s*([^\n]{6,30}\d{4})",), readers.day, squeezed=False),
        Phrase("end", (r"(?:expiry|end)\s*date\s*:?\s*([^\n]{6,30}\d{4})",), readers.day, squeezed=False),
        Labelled("rent", ("rent", "annualrent", "monthlyrent"), readers.money, below=False),
        Labelled("deposit", ("deposit", "rentdeposit"), readers.money, below=False),
        Labelled("signed", ("dateoflease", "datedthis", "date"), readers.day, below=False),
    ),
    stops=("particulars", "thelandlordlets.*"),
    given={"currency": "GBP"},
    finish=_lease,
)

BILL_CN = Form(
    "utility_bill",
    "CN",
    titles=(
        "(?:电|水|燃气|煤气|天然气|供热|采暖|热)费(?:账单|通知单|缴费通知单|明细|缴费凭证)?",
        "缴费通知单",
        "缴费账单",
    ),
    words=(
        "户号|客户编号|用户编号",
        "户名|客户名称",
        "用.{1,2}地址",
        "应缴金额|应收金额|本期金额",
        "缴费截止",
        "计费周期|账期",
    ),
    never=("合同",),
    items=(
        Labelled(
            "account_number", ("户号", "客户编号", "用户编号", "缴费户号"), readers.number(r"(?<!\d)\d{6,16}(?!\d)")
        ),
        Labelled("name", ("户名", "客户名称", "用户名称", "客户姓名", "缴费户名"), readers.name, lines=2),
        Labelled("provider", ("缴费单位", "收费单位", "供电单位", "供应单位", "收款单位"), readers.name, lines=2),
        Labelled(
            "address",
            ("用[电水气热]地址", "供[电水气热]地址", "用燃气地址", "用户地址", "装表地址", "安装地址", "户址", "地址"),
            readers.address,
            lines=3,
        ),
        Labelled(
            "period_from", ("计费周期", "账期", "账单周期", "抄表周期", "计费期间", "用[电水气]周期"), readers.span(0)
        ),
        Labelled(
            "period_to", ("计费周期", "账期", "账单周期", "抄表周期", "计费期间", "用[电水气]周期"), readers.span(1)
        ),
        Labelled(
            "amount",
            (
                "应缴金额",
                "应收金额",
                "应缴合计",
                "本期应缴",
                "应交金额",
                "应缴费用",
                "合计金额",
                "应付金额",
                "缴费金额",
                "本期电费",
                "本期费用",
                "实缴金额",
            ),
            readers.money,
        ),
        Labelled("due", ("缴费截止日期?", "截止日期", "最后缴费日期?", "缴费期限"), readers.day),
        Labelled("issued", ("出账日期", "账单日期", "开单日期", "通知日期"), readers.day),
    ),
    given={"currency": "CNY"},
    finish=_bill,
)

_SPAN_GB = (
    r"(?:for|from|period|covers?)\s*:?\s*(\d{1,2}\s+[A-Z][a-z]+\s+\d{4}\s*(?:-|to|–)\s*\d{1,2}\s+[A-Z][a-z]+\s+\d{4})"
)
BILL_GB = Form(
    "utility_bill",
    "GB",
    titles=(
        "your(?:electricity|water|gas|energy|dualfuel|telephone|broadband)bill",
        "energybill",
        "waterbill",
        "energystatement",
    ),
    words=(
        "accountnumber",
        "billdate",
        "billingperiod",
        "supplyaddress",
        "amountdue|totaltopay|totaldue",
        "paybymeans|payby",
    ),
    items=(
        Labelled("name", ("customername", "accountholder", "billto"), readers.name, below=False),
        Labelled(
            "account_number",
            (
                "(?:your|customer)?accountnumber",
                r"accountno\.?",
                "customernumber",
                r"customerno\.?",
                "customerreference",
            ),
            readers.number(r"(?<!\d)\d{6,16}(?!\d)"),
        ),
        Labelled(
            "issued", ("billdate", "dateofbill", "issued", "statementdate", "dateofissue"), readers.day, below=False
        ),
        Labelled("period_from", ("billingperiod", "billperiod", "chargesfor"), readers.span(0)),
        Labelled("period_to", ("billingperiod", "billperiod", "chargesfor"), readers.span(1)),
        Phrase("period_from", (_SPAN_GB,), readers.span(0), squeezed=False),
        Phrase("period_to", (_SPAN_GB,), readers.span(1), squeezed=False),
        Labelled("address", ("supplyaddress", "addressofsupply", "propertyaddress"), readers.address, lines=3),
        Labelled(
            "amount", ("(?:total)?amountdue", "totaltopay", "amounttopay", "totaldue", "balancedue"), readers.money
        ),
        Labelled("due", ("(?:please)?payby", "paymentdueby", "paymentdue", "duedate"), readers.day),
    ),
    given={"currency": "GBP"},
    finish=_bill_gb,
)

FORMS = (LEASE_CN, LEASE_GB, BILL_CN, BILL_GB)
