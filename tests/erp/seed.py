# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201
"""Run by the Python of the Tryton environment: makes a company with invoices, allows or cancels a key.

`seed.py CONFIG DATABASE seed | allow KEY | cancel KEY`. Prints what is open as JSON.
"""

import datetime as dt
import json
import sys
from decimal import Decimal

from proteus import Model, config
from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, get_accounts
from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.modules.currency.tests.tools import get_currency

TODAY = dt.date.today()  # noqa: DTZ011 - the server's own day


def invoice(kind, party, account, day, price):
    made = Model.get("account.invoice")(type=kind, party=party, invoice_date=day)
    if kind == "in":
        made.accounting_date = day
    line = made.lines.new()
    line.account, line.quantity, line.unit_price = account, 1, price
    line.description = "goods"
    made.save()
    made.click("post")
    made.reload()
    return made.amount_to_pay


def seed():
    create_company(currency=get_currency("GBP"))
    company = get_company()
    party = company.party
    mail = party.contact_mechanisms.new()
    mail.type, mail.value = "email", "hello@harbour-lamps.example"
    party.save()
    year = set_fiscalyear_invoice_sequences(create_fiscalyear(company, today=(TODAY.replace(day=1, month=1), TODAY)))
    year.click("create_period")
    create_chart(company)
    accounts = get_accounts(company)
    customer, supplier = (
        Model.get("party.party")(name="Orla Vance Ltd"),
        Model.get("party.party")(name="Lamp Glass Ltd"),
    )
    customer.save()
    supplier.save()
    day = max(TODAY - dt.timedelta(days=20), year.start_date)
    owed = [invoice("out", customer, accounts["revenue"], day, Decimal(100 + each)) for each in range(12)]
    owed.append(invoice("out", customer, accounts["revenue"], day, Decimal("-30.50")))
    due = [invoice("in", supplier, accounts["expense"], day, Decimal("41.25")) for _ in range(3)]
    return {"receivable": str(sum(owed)), "payable": str(sum(due)), "invoices": len(owed) + len(due)}


def key(action, given):
    (application,) = Model.get("res.user.application").find([("key", "=", given)])
    application.click("validate_" if action == "allow" else "cancel")
    return {"state": application.state}


def main():
    file, database, action, *rest = sys.argv[1:]
    config.set_trytond(database=database, config_file=file, user="admin")
    if action != "seed":
        config.get_config()._context = Model.get("res.user").get_preferences(True, {})
    print(json.dumps(seed() if action == "seed" else key(action, *rest)))  # noqa: T201 - read by the test


main()
