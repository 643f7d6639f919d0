"""What an invented merchant's tax platform or books export: a list of invoices, issued and received."""

import csv
import io

from starlette.applications import Starlette

from integrations.documents.sandbox import create_box_of
from integrations.merchants import Merchant
from integrations.merchants.commerce import Standing
from integrations.toolkit.sandbox import Desk

HEADS = {
    "zh": "数电票号码,开票日期,购方名称,购方识别号,销方名称,销方识别号,金额,税额,价税合计,发票状态",
    "en": "Invoice number,Invoice date,Customer,Customer number,Supplier,Supplier number,Net,VAT,Total,Status",
}
STATES = {"zh": {True: "作废", False: "正常"}, "en": {True: "void", False: "issued"}}


def create_app(desk: Desk) -> Starlette:
    """The box of lists."""
    return create_box_of(desk, lambda merchant: [listed(merchant, desk)])


def listed(merchant: Merchant, desk: Desk) -> bytes:
    """All invoices of a merchant, rows that an export repeats included."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write(HEADS[merchant.lang] + "\n")
    own = (merchant.names.legal, merchant.registration_number)
    for each in merchant.commerce(desk.clock().date()).invoices:
        other = (each.party.name, each.party.number)
        parties = (*other, *own) if each.issued else (*own, *other)
        amounts = (f"{amount:.2f}" for amount in (each.net, each.tax, each.gross))
        state = STATES[merchant.lang][each.standing is Standing.VOID]
        writer.writerow((each.number, each.day.isoformat(), *parties, *amounts, state))
    return out.getvalue().encode("gb18030" if merchant.lang == "zh" else "utf-8")
