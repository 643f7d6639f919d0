"""Layouts of certificates that tax was paid."""

import re
from dataclasses import replace
from decimal import Decimal

from integrations.documents.papers import readers
from integrations.documents.papers.form import Anywhere, Form, Labelled, Phrase, Reading, Readings
from integrations.documents.papers.pieces import Page
from integrations.documents.papers.readers import Taken

_ROW = re.compile(r"(-?\d[\d,，]*\.\d{2})\s*$")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:至|-|—|~)\s*(\d{4}-\d{2}-\d{2})")


def _certificate(found: Readings, page: Page) -> None:
    """The sum is proved by the amounts above it; the period reaches from the first day of a row to the last."""
    parts, spans, score = [], list[tuple[str, str]](), 1.0
    for row in page.rows:
        line = " ".join(piece.text for piece in row)
        days = _SPAN.findall(line)
        spans += days
        last = _ROW.search(line)
        if days:
            score = min([score, *(each for piece in row for each in piece.scores)])
            value = readers.money(last[1]) if last else None
            parts.append(None if value is None else Decimal(value.value))
    if spans:
        first, last_day = min(each[0] for each in spans), max(each[1] for each in spans)
        for name, value_ in (("period_from", first), ("period_to", last_day)):
            taken = readers.day(value_)
            if taken is not None:
                found[name] = Reading(taken, score)
    amount = found.get("amount")
    if amount is not None and parts and None not in parts:
        holds = sum((each for each in parts if each is not None), Decimal(0)) == Decimal(amount.taken.value)
        found["amount"] = replace(
            amount, taken=Taken(amount.taken.value, proved=holds), score=amount.score if holds else 0.0
        )


PAID_CN = Form(
    "tax_payment_certificate",
    "CN",
    titles=("税收完税证明", "完税证明", "纳税证明"),
    words=("纳税人识别号", "纳税人名称", "填发日期", "税务机关", "税款所属时期", "金额合计", "填票人"),
    items=(
        Phrase(
            "number",
            (r"n[o0]\.?[:：]?(\d{17,20})(?!\d)", r"№(\d{17,20})(?!\d)", r"编号[:：]?(\d{10,20})(?!\d)"),
            readers.number(r"\d{10,20}"),
        ),
        Labelled("issued", ("填发日期", "开具日期"), readers.day, below=False),
        Labelled("authority", ("税务机关", "征收机关"), readers.name, below=False),
        Labelled("registration_number", ("纳税人识别号", "统一社会信用代码"), readers.credit_code),
        Anywhere("registration_number", readers.credit_code),
        Labelled("name", ("纳税人名称", r"纳税人名称\(姓名\)", "纳税人(?=[:：])"), readers.name, lines=2),
        Phrase(
            "amount",
            (r"金额合计[\s\S]{0,60}?[¥￥]([\d,，]{1,14}\.\d{2})(?!\d)", r"[¥￥]([\d,，]{1,14}\.\d{2})(?!\d)"),
            readers.money,
        ),
    ),
    stops=(
        "原凭证号",
        "税种",
        "品目名称",
        "税款所属时期",
        r"入\(退\)库日期",
        r"实缴\(退\)金额",
        "金额合计",
        "填票人",
        "备注",
        "妥善保管",
    ),
    given={"currency": "CNY"},
    finish=_certificate,
)

PAID_GB = Form(
    "tax_payment_certificate",
    "GB",
    titles=("corporationtaxpayment", "taxpaymentconfirmation", "confirmationoftaxpaid", "certificateoftaxpaid"),
    words=("hmrevenue", "hmrc", "taxreference|utr", "accountingperiod", "amountpaid", "dateofissue"),
    items=(
        Labelled(
            "name",
            ("companyname", "taxpayername", "nameoftaxpayer", "taxpayer(?=:)", "businessname"),
            readers.name,
            below=False,
        ),
        Labelled(
            "registration_number",
            ("companynumber", r"companyno\.?", "companyregistration(?:number|no)"),
            readers.company_number,
            below=False,
        ),
        Labelled(
            "number",
            ("taxreference", "uniquetaxpayerreference", "utr", "(?:our|your)?reference(?:number|no)?"),
            readers.number(r"(?<!\d)\d{10}(?!\d)"),
            below=False,
        ),
        Labelled(
            "period_from", ("accountingperiod", "taxyear", "periodcovered", "period"), readers.span(0), below=False
        ),
        Labelled("period_to", ("accountingperiod", "taxyear", "periodcovered", "period"), readers.span(1), below=False),
        Labelled(
            "amount",
            ("amountpaid", "taxpaid(?=:)", "totalpaid", "paymentamount", "amountofpayment"),
            readers.money,
            below=False,
        ),
        Labelled("issued", ("dateofissue", "issuedon"), readers.day, below=False),
        Phrase(
            "authority",
            (r"(HM\s*Revenue\s*(?:&|and)\s*Customs)",),
            lambda text: Taken("HM Revenue & Customs") if text else None,
            squeezed=False,
        ),
    ),
    given={"currency": "GBP"},
)

FORMS = (PAID_CN, PAID_GB)
