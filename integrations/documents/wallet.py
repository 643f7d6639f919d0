"""Exports of Alipay and WeChat Pay: settled rows only, what was given back taken off, own money set apart.

Columns as the two apps export them for a person (connector notes, section 4), and the merchant's trade bill of
WeChat Pay's API v3 (`/v3/bill/tradebill`), whose cells begin with a backtick.
"""

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from flows.application.records import Payment, Records
from integrations.documents import amounts, days
from integrations.documents.document import Document, Unreadable
from integrations.documents.table import Row, Table

CHINA = timezone(timedelta(hours=8))
GIFT = "微信红包"  # neither takings nor cost
_SETTLED = re.compile(
    r"^(支付成功|交易成功|退款成功|已收钱|已存入零钱|已转账|对方已收钱|朋友已收钱|充值完成|提现已到账|已到账|已收入|还款成功|"
    r"已退款|已部分退款|转账成功|收款成功)"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


def read_personal(table: Table) -> Document:
    """A person's export of either app."""
    channel = _channel(table)
    found: dict[tuple[str, datetime, Decimal], Payment] = {}
    left_out = unread = 0
    for row in table.rows:
        at = _moment(table.cell(row, "at"))
        amount = amounts.amount(table.cell(row, "amount"))
        if at is None or amount is None:
            if _TIME.search(table.cell(row, "at")):
                unread += 1
            else:
                left_out += 1
            continue
        payment = _payment(table, row, at, amount, channel)
        if payment is None or (payment.id, at, payment.amount) in found:
            left_out += 1
        else:
            found[payment.id, at, payment.amount] = payment
    return _document(channel, list(found.values()), left_out, unread)


def read_merchant(table: Table) -> Document:
    """A merchant's bill: a payment is a row SUCCESS, a refund a row REFUND of its own, REVOKED never was paid."""
    found: dict[str, Payment] = {}
    left_out = unread = 0
    for row in table.rows:
        at, state = _moment(table.cell(row, "at")), table.cell(row, "state").upper()
        refund = state in {"REFUND", "REVOKED"} and table.cell(row, "refund_state").upper() == "SUCCESS"
        amount = amounts.amount(table.cell(row, "refund" if refund else "amount"))
        if at is None:
            left_out += 1
        elif amount is None:
            unread += 1
        elif state == "SUCCESS" or refund:
            number = table.cell(row, "refund_id") if refund else table.cell(row, "id")
            found.setdefault(
                f"{state}:{number}",
                Payment(
                    id=number[:80],
                    at=at,
                    amount=-abs(amount) if refund else amount,
                    currency=table.cell(row, "currency")[:3].upper() or "CNY",
                    channel="wechat",
                    party=table.cell(row, "party")[:80],
                    order_id=table.cell(row, "order")[:80],
                    text=table.cell(row, "text")[:200],
                    refund=refund,
                ),
            )
        else:
            left_out += 1
    return _document("wechat", list(found.values()), left_out, unread)


def _payment(table: Table, row: Row, at: datetime, amount: Decimal, channel: str) -> Payment | None:
    """A settled row as a payment; None for one that moved nothing in the end."""
    state, kind = table.cell(row, "state"), table.cell(row, "kind")
    if not _SETTLED.match(state):
        return None
    back = amounts.given_back(state) or amounts.given_back(table.cell(row, "amount")) or Decimal(0)
    left = amount - min(back, amount)
    if left <= 0:
        return None
    direction = table.cell(row, "direction")
    refund = "退款" in kind or state.startswith("退款") or table.cell(row, "text").startswith("退款")
    return Payment(
        id=table.cell(row, "id")[:80],
        at=at,
        amount=-left if direction == "支出" else left,
        currency="CNY",
        channel=channel,
        party=table.cell(row, "party")[:120],
        order_id=table.cell(row, "order").strip("/")[:80],
        text=table.cell(row, "text")[:200],
        refund=refund,
        neutral=direction not in {"收入", "支出"} or kind.startswith(GIFT),
    )


def _document(channel: str, found: list[Payment], left_out: int, unread: int) -> Document:
    if not found and not left_out:
        raise Unreadable("no_data", "no row")
    ordered = sorted(found, key=lambda each: each.at)
    return Document(
        format=channel,
        source="wallet_cn",
        records=Records(payments=ordered),
        first=ordered[0].at.date() if ordered else None,
        last=ordered[-1].at.date() if ordered else None,
        left_out=left_out,
        unread=unread,
    )


def _channel(table: Table) -> str:
    head = "".join(table.head)
    if "支付宝" in head:
        return "alipay"
    if "微信" in head:
        return "wechat"
    if "京东" in head:
        return "jd"
    return "wechat" if any("零钱" in cell for cell in table.cells("state")) else "alipay"


def _moment(cell: str) -> datetime | None:
    day = days.iso(cell)
    found = _TIME.search(cell)
    if day is None or found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    return datetime(day.year, day.month, day.day, int(found[1]), int(found[2]), int(found[3] or 0), tzinfo=CHINA)
