"""What an invented merchant exports from its wallets: a person's export of Alipay and a merchant's bill of WeChat Pay.

Every other payment is of the one, the rest of the other. Rows that an export repeats and closed trades are in both.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import timedelta, timezone

from starlette.applications import Starlette

from integrations.documents.sandbox import create_box_of
from integrations.merchants import Merchant
from integrations.merchants.commerce import OrderState, WalletRow
from integrations.toolkit.sandbox import Desk

CHINA = timezone(timedelta(hours=8))
ALIPAY = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注"
WECHAT = (
    "交易时间,微信订单号,商户订单号,用户标识,交易状态,货币种类,应结订单金额,微信退款单号,退款金额,退款状态,商品名称"
)


def create_app(desk: Desk) -> Starlette:
    """The box of exports."""
    return create_box_of(desk, lambda merchant: list(exports(merchant, desk)))


def serves(merchant: Merchant) -> bool:
    """Whether customers pay this business by a Chinese wallet."""
    profile = merchant.profile
    return merchant.country == "CN" and profile.selling.wallet > 0 and profile.trade.card_share > 0


def exports(merchant: Merchant, desk: Desk) -> Iterator[bytes]:
    """One file of each wallet."""
    rows = merchant.commerce(desk.clock().date()).wallet
    yield _alipay(merchant, (each for each in rows if not _of_wechat(each))).encode("gb18030")
    yield _wechat(each for each in rows if _of_wechat(each)).encode("utf-8-sig")


def _of_wechat(row: WalletRow) -> bool:
    return int(row.order_id[-4:]) % 2 == 1


def _alipay(merchant: Merchant, rows: Iterable[WalletRow]) -> str:
    out = io.StringIO()
    out.write(f"支付宝交易记录明细查询\n姓名：{merchant.names.legal}\n\n{ALIPAY}\n")
    writer = csv.writer(out)
    for each in rows:
        back = each.state is OrderState.REFUNDED
        state = "退款成功" if back else "交易关闭" if each.state is OrderState.CANCELLED else "交易成功"
        kind, way = ("退款", "支出") if back else ("商业服务", "收入")
        text, moment = ("退款-收款" if back else "收款"), f"{each.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
        amount = f"{abs(each.amount):.2f}\t"
        writer.writerow((moment, kind, each.payer, "/", text, way, amount, "余额", state, each.id, each.order_id, ""))
    return out.getvalue()


def _wechat(rows: Iterable[WalletRow]) -> str:
    out = io.StringIO()
    out.write(f"{WECHAT}\n")
    writer = csv.writer(out)
    for each in rows:
        back = each.state is OrderState.REFUNDED
        state = "REFUND" if back else "REVOKED" if each.state is OrderState.CANCELLED else "SUCCESS"
        paid, given = ("0.00", f"{-each.amount:.2f}") if back else (f"{each.amount:.2f}", "0.00")
        refund = (each.id if back else "0", given, "SUCCESS" if back else "")
        cells = (f"W{each.order_id}", each.order_id, each.payer, state, "CNY", paid, *refund, "收款")
        writer.writerow([f"`{cell}" for cell in (f"{each.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}", *cells)])
    return out.getvalue()
