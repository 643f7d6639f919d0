"""What stands above the sheets: records that contradict each other, and links to listed parties.

They turn an approval into a look by a person; only a proven, direct link declines. Nothing here improves a decision.
"""

from decimal import Decimal

from flows.application.facts import FACTS, Facts, known
from integrations.scoring.reference.relations import Action, Relation

# Yearly takings on the account against yearly sales declared: outside this, one of the two is wrong or incomplete.
# Our own bounds, wide because cash sales and a second account are ordinary.
LOWEST, HIGHEST = Decimal("0.4"), Decimal("2.5")
DISAGREE = ("9", "records_disagree")
UNCHECKED = ("9", "relations_unchecked")
SHARED = ("9", "shared_details")
LISTED = ("2", "listed_relation")


def checked(outcome: str, facts: Facts, relation: Relation | None) -> tuple[str, tuple[str, str] | None]:
    """The outcome after the checks, and the reason (CFPB code, detail) when they changed it.

    A missing graph (`relation` UNCHECKED) refers: it could not be checked, which is not the same as linked.
    """
    action = None if relation is None else relation.action
    if action is Action.DECLINE:
        return "decline", LISTED
    if outcome != "approve":
        return outcome, None
    if action is Action.REFER:
        return "refer", SHARED
    if action is Action.UNCHECKED:
        return "refer", UNCHECKED
    return ("refer", DISAGREE) if disagree(facts) else (outcome, None)


def disagree(facts: Facts) -> bool:
    """Whether what was banked and what was declared in a year cannot both be right."""
    banked = known(FACTS["inflow_12m"], facts.get("inflow_12m"))
    declared = known(FACTS["declared_sales_12m"], facts.get("declared_sales_12m"))
    if not isinstance(banked, Decimal) or not isinstance(declared, Decimal) or declared <= 0:
        return False
    return not LOWEST <= banked / declared <= HIGHEST
