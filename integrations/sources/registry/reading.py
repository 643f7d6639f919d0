"""What is the same in every register: the forms of numbers, and what a date and a standing say.

USCC are held against their check digit (GB 32100-2015); company numbers of Companies House have none, so their
form is all there is to check.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from stdnum.cn import uscc

from integrations.toolkit.source import Gathering

COMPANY_NUMBER = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}")


def is_number(number: str, country: str) -> bool:
    """Whether a business of the country can be registered under this number."""
    return uscc.is_valid(number) if country == "CN" else COMPANY_NUMBER.fullmatch(number) is not None


def read_standing(
    found: Gathering,
    born: date | None,
    status: str | None,
    record: str,
    as_of: date,
    *,
    seen: datetime | None = None,
) -> None:
    """The day of incorporation and the standing, as fields and as attributes; None is unknown.

    `seen` is when the register last looked, the moment of the pull by default.
    """
    found.value("registration_status", status, record, observed_at=seen)
    found.value("incorporation_date", born, record, observed_at=seen)
    today = f"{as_of:%Y-%m}"
    found.feature("licence_age_m", None if born is None else Decimal(_whole_months(born, as_of)), today, 1)
    found.feature("registration_status", status, today, 1)


def _whole_months(start: date, as_of: date) -> int:
    return max(0, (as_of.year - start.year) * 12 + as_of.month - start.month - (as_of.day < start.day))
