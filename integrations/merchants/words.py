"""The words a bank writes on the movements of an invented business, by language."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Words:
    """Parties and texts. Pairs are (party, text); `supplies` are the suppliers, each its own text."""

    acquirer: str
    card: str
    platform: str
    payout: str
    customer: str
    sale: str
    supplies: tuple[str, ...]
    rent: tuple[str, str]
    wages: tuple[str, str]
    tax: tuple[str, str]
    utility: tuple[str, str]
    drawings: str
    own: str
    refund: str
    returned: str
    proceeds: str
    loan: str
    anonymous: str
    regulars: tuple[str, ...]


WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "zh": Words(
            acquirer="云收单支付",
            card="收单结算",
            platform="澜市电商平台",
            payout="平台货款结算",
            customer="顾客",
            sale="货款",
            supplies=("安禾批发部", "瑞林商贸有限公司", "川泽供应链有限公司"),
            rent=("汇景物业", "房租"),
            wages=("员工", "工资"),
            tax=("国家金库", "税款"),
            utility=("城北燃气", "燃气费"),
            drawings="业主支取",
            own="本人转账",
            refund="退款",
            returned="退票 余额不足",
            proceeds="贷款发放",
            loan="贷款还款",
            anonymous="个人",
            regulars=("锦和物业服务有限公司", "乐禾幼儿园", "东岸会务有限公司"),
        ),
        "en": Words(
            acquirer="Tidepay Acquiring",
            card="Card settlement",
            platform="Merrymarket Payouts",
            payout="Marketplace payout",
            customer="Customer",
            sale="Invoice payment",
            supplies=("Fenwick Vale Wholesale", "Marlow Packaging Ltd", "Ashdown Supplies Ltd"),
            rent=("Copper Lane Estates", "Rent"),
            wages=("Staff", "Wages"),
            tax=("HMRC", "Tax payment"),
            utility=("Brightwater Gas", "Gas direct debit"),
            drawings="Drawings",
            own="Own transfer",
            refund="Refund",
            returned="Returned unpaid direct debit",
            proceeds="Loan advance",
            loan="Loan repayment",
            anonymous="Cash customer",
            regulars=("Hollins Court Hotel Ltd", "Fernbank Nursery", "Tarn Events Ltd"),
        ),
    }
)
