"""Which accounts count, and the one that the loan is paid to."""

from collections.abc import Sequence

from flows.application import shapes
from flows.application.attributes.movements import plain
from integrations.sources.bank.records import Account
from integrations.toolkit.source import Gathering

CURRENT = frozenset({"CACC", "CurrentAccount"})
OPEN = frozenset({"Enabled", None})


def is_business(account: Account, currency: str) -> bool:
    """Whether an account counts for the business: not a private one, and in the market's currency."""
    return account.category != "Personal" and account.currency in {currency, None}


def read_payout(found: Gathering, accounts: Sequence[Account], business_name: str | None, currency: str) -> None:
    """The account to pay to: the only open current account in the business's own name."""
    if any(is_business(each, currency) and each.status not in OPEN for each in accounts):
        found.note("closed_account")
    mine = [
        (each, each.account[0])
        for each in accounts
        if is_business(each, currency)
        and each.status in OPEN
        and each.type_code in CURRENT
        and each.account
        and business_name is not None
        and plain(each.account[0].name or "") == plain(business_name)
    ]
    if len(mine) != 1:
        found.note("no_single_account")
        return
    account, number = mine[0]
    bank = account.servicer.name or account.servicer.identification if account.servicer is not None else None
    if number.identification is not None and number.name is not None and bank is not None:
        payout = shapes.Account(holder=number.name, bank=bank, number=number.identification)
        found.value("disbursement_account", payout, f"accounts/{account.account_id}")
