"""Offers side by side as a picture: what is paid in each month, and what each costs in all."""

from collections.abc import Sequence

from flows.application.display import show_percent
from flows.conversation import Submission
from flows.engine.offered import paid_by_month
from flows.engine.offering import in_its_currency, product_name, sheet_of
from flows.engine.pulling import lender_name
from flows.engine.turn import Turn
from flows.messages import Chart, ChartRow, Say
from flows.ports import Offer

MOST_ROWS = 6
MOST_MONTHS = 120  # thinner columns are not told apart


def comparison(turn: Turn, offers: Sequence[tuple[Submission, Offer]]) -> Say | None:
    """The picture of the offers that cost least; None when there is nothing that could be put side by side."""
    shown = offers[:MOST_ROWS]
    if len(shown) < 2 or len({offer.currency for _, offer in shown}) > 1:
        return None
    if any(offer.term_months > MOST_MONTHS for _, offer in shown):
        return None
    rows = tuple(_row(turn, place, submission, offer) for place, (submission, offer) in enumerate(shown, start=1))
    longest = max(offer.term_months for _, offer in shown)
    words = turn.t("value.comma").join(f"{row.label}: {row.shown}, {row.total_shown}" for row in rows)
    chart = Chart(
        name="offers",
        lang=turn.state.lang,
        title=turn.t("offers.picture.title"),
        across=turn.t("offers.picture.across", months=longest),
        total=turn.t("offers.total_cost"),
        rows=rows,
        note=turn.t("offers.picture.note"),
        words=turn.t("offers.picture.words", rows=words),
    )
    return Say(text=turn.t("offers.picture.caption"), enclosed=chart)


def _row(turn: Turn, place: int, submission: Submission, offer: Offer) -> ChartRow:
    sheet = sheet_of(turn, offer)
    months = paid_by_month(offer, sheet.repayment[0] if sheet is not None else "")
    lender, product = lender_name(turn, submission.lender), product_name(turn, offer)
    return ChartRow(
        label=turn.t("offers.number", number=place, product=product or lender),
        note=lender if product else "",
        values=months,
        shown=turn.t("value.paid_monthly", paid=in_its_currency(turn, offer, months[0])),
        total=offer.total_cost,
        total_shown=turn.t(
            "offers.picture.total", cost=in_its_currency(turn, offer, offer.total_cost), apr=show_percent(offer.apr)
        ),
    )
