"""What staff do in a conversation. Each names the member of staff by id; a person is shown by first name."""

from typing import Literal

from pydantic import AwareDatetime, Field

from flows.messages import Frozen


class StaffTook(Frozen):
    """A member of staff took the conversation over."""

    kind: Literal["staff_took"] = "staff_took"
    staff: str
    first_name: str


class StaffSaid(Frozen):
    """A member of staff wrote to the owner."""

    kind: Literal["staff_said"] = "staff_said"
    staff: str
    first_name: str
    text: str = Field(min_length=1, max_length=4000)


class HandedBack(Frozen):
    """Staff gave the conversation back to the assistant."""

    kind: Literal["handed_back"] = "handed_back"
    staff: str


class Transferred(Frozen):
    """A conversation went from one member of staff to another. `staff` is who did it, `to` who has it now."""

    kind: Literal["transferred"] = "transferred"
    staff: str
    to: str
    first_name: str


class StaffNoted(Frozen):
    """A private note among staff. Nothing of it is ever said to the owner."""

    kind: Literal["staff_noted"] = "staff_noted"
    staff: str
    first_name: str
    text: str = Field(min_length=1, max_length=4000)


class StaffProposed(Frozen):
    """Staff propose values for fields, or a button of the open card, which the owner confirms or not.

    `values` are texts by field, read like an owner's own words; `press` is the data of a button
    (`revision:action:arg`).
    """

    kind: Literal["staff_proposed"] = "staff_proposed"
    staff: str
    first_name: str
    values: dict[str, str] = Field(default_factory=dict, max_length=5)
    press: str = Field(default="", max_length=80)


class PullWanted(Frozen):
    """Staff ask to fetch from a source once more, under the consent that the owner gave."""

    kind: Literal["pull_wanted"] = "pull_wanted"
    staff: str
    source: str


class Labelled(Frozen):
    """Staff put a label on a conversation, or with `off` take it away again. Owners never see it."""

    kind: Literal["labelled"] = "labelled"
    staff: str
    label: str = Field(min_length=1, max_length=30, pattern=r"^[^|\x00-\x1f]+$")
    off: bool = False


class Snoozed(Frozen):
    """Staff put a conversation aside until a time, or until its owner writes."""

    kind: Literal["snoozed"] = "snoozed"
    staff: str
    until: AwareDatetime


class Closed(Frozen):
    """Staff are done with a conversation. The assistant speaks again, and goes on when its owner writes."""

    kind: Literal["closed"] = "closed"
    staff: str


class Reopened(Frozen):
    """Staff take a closed conversation back to the open ones."""

    kind: Literal["reopened"] = "reopened"
    staff: str


class MarkedWrong(Frozen):
    """Staff say that the assistant was wrong at line `seq` of the log, for the evaluation kit.

    `meant` is what the owner's words before it do, in the names of `Act`; empty when staff do not say.
    """

    kind: Literal["marked_wrong"] = "marked_wrong"
    staff: str
    seq: int = Field(gt=0)
    comment: str = Field(default="", max_length=500)
    meant: str = Field(default="", max_length=20)


class ErasureWanted(Frozen):
    """The owner asked to have everything about them erased, and a supervisor carries it out."""

    kind: Literal["erasure_wanted"] = "erasure_wanted"
    staff: str
