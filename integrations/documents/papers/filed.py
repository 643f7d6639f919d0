"""Layouts of papers that are filed and passed on, of which at most a name and a day are read."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from integrations.documents.papers import readers
from integrations.documents.papers.form import Form, Labelled, Phrase

FILE = Path(__file__).with_name("filed.toml")
_NAMES_CN = ("单位名称", "企业名称", "纳税人名称", "(?:户|姓)名")
_NAME_CN = Labelled("name", _NAMES_CN, readers.name, below=False)
_NAME_GB = Labelled("name", ("companyname", "name"), readers.name, below=False)
_ISSUED_CN = Labelled("issued", ("开具日期", "填表日期", "编制日期", "日期"), readers.day, below=False)
_ISSUED_GB = Labelled("issued", ("dateofissue", "date"), readers.day, below=False)


def _declared() -> tuple[Form, ...]:
    """The forms of filed.toml."""
    forms: list[Mapping[str, list[str] | str | int]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["form"]
    return tuple(_form(**each) for each in forms)  # type: ignore[arg-type]


def _form(kind: str, country: str, titles: list[str], words: list[str], needs: int = 0) -> Form:
    return Form(kind, country, tuple(titles), tuple(words), needs=needs)


STATEMENT_CN = Form(
    "bank_statement",
    "CN",
    titles=(
        "客户交易流水明细",
        "交易流水明细",
        "活期账户明细",
        "账户交易明细",
        "账户明细",
        "交易流水",
        "银行对账单",
        "交易明细清单",
        "历史交易明细",
    ),
    words=("账号|卡号", "余额", "户名|客户姓名|客户名称", "摘要", "借方|贷方|支出|收入"),
    items=(
        Labelled(
            "holder",
            ("户名", "账户名称", "客户名称", "客户姓名", "账户户名", "存款人名称", "持卡人"),
            readers.name,
            below=False,
        ),
        Labelled(
            "account_number",
            ("账号", "卡号", "账户", "客户账号", "银行账号"),
            readers.number(r"(?<!\d)\d{8,30}(?!\d)"),
            below=False,
        ),
        Labelled("currency", ("币种",), readers.currency, below=False),
        Labelled("first", ("起止日期", "查询期间", "查询区间", "查询时间", "交易期间"), readers.span(0), below=False),
        Labelled("last", ("起止日期", "查询期间", "查询区间", "查询时间", "交易期间"), readers.span(1), below=False),
        Labelled("opening", ("期初余额",), readers.money, below=False),
        Labelled("closing", ("期末余额",), readers.money, below=False),
    ),
    stops=("摘要", "对方户名", "对方账号", "余额", "交易日期", "开户行", "打印日期"),
    given={"currency": "CNY"},
)
STATEMENT_GB = Form(
    "bank_statement",
    "GB",
    titles=("(?:business|current)?accountstatement", "statementofaccount", "bankstatement", "yourstatement"),
    words=("sortcode", "accountnumber", "paidout|moneyout|withdrawals", "paidin|moneyin|deposits", "balance"),
    items=(
        Labelled(
            "holder", ("accountname", "accountholder", "nameonaccount", "customername"), readers.name, below=False
        ),
        Phrase("holder", (rf"(?m)^([^\n:]{{2,80}}?{readers.LEGAL})\s*$",), readers.company, squeezed=False, guess=True),
        Labelled("account_number", ("accountnumber", "accountno"), readers.number(r"(?<!\d)\d{8}(?!\d)"), below=False),
        Labelled("first", ("statementperiod", "period"), readers.span(0), below=False),
        Labelled("last", ("statementperiod", "period"), readers.span(1), below=False),
        Labelled("opening", ("openingbalance",), readers.money, below=False),
        Labelled("closing", ("closingbalance",), readers.money, below=False),
    ),
    stops=("sortcode", "description", "paidout", "paidin", "balance"),
    given={"currency": "GBP"},
)
ADDRESS_CN = Form(
    "proof_of_address",
    "CN",
    titles=("居住证明", "居住证", "住所证明"),
    words=("派出所|居委会|居民委员会", "居住地址|现住址"),
    items=(_NAME_CN, _ISSUED_CN, Labelled("address", ("居住地址", "现住址", "地址"), readers.address, lines=2)),
)
ADDRESS_GB = Form(
    "proof_of_address",
    "GB",
    titles=("counciltaxbill", "proofofaddress", "counciltax"),
    words=("council", "address", "band"),
    items=(_NAME_GB, _ISSUED_GB, Labelled("address", ("propertyaddress", "address"), readers.address, lines=3)),
)

FORMS = (STATEMENT_CN, STATEMENT_GB, ADDRESS_CN, ADDRESS_GB, *_declared())
