"""How a bank codes what really happened: ISO 20022 family and sub-family."""

from collections.abc import Mapping

from integrations.merchants.ledger import Category

CODES: Mapping[Category, tuple[str, str]] = {
    Category.CARD_SALE: ("MCRD", "POSP"),
    Category.SALE: ("RCDT", "ESCT"),
    Category.REFUND: ("ICDT", "RRTN"),
    Category.RETURNED: ("RDDT", "UPDD"),
    Category.PROCEEDS: ("FTLN", "DDWN"),
    Category.REPAYMENT: ("FTLN", "PPAY"),
}
