"""What one journey measured, and all together; the JSON form is the outside contract of `lendline demo`."""

from collections.abc import Mapping
from datetime import date
from statistics import median

from pydantic import BaseModel, ConfigDict, JsonValue

from flows.application import prefill
from flows.application.fields import APPLICANT_FACING, FIELDS
from flows.application.values import DOCUMENT, OWNER, origin
from flows.conversation import Conversation, PullState
from integrations.merchants import Merchant

COUNTS = (0, 1, 2, 3)


class Submitted(BaseModel):
    """A submitted field, as the lender reads it from the packet."""

    model_config = ConfigDict(extra="ignore")

    value: JsonValue
    source: str


class Journey(BaseModel):
    """One merchant's way from /start to a relayed decision. Times are seconds.

    `prefilled_by_sources` is how many required fields the first 0, 1, 2 and 3 linked sources fill by themselves.
    """

    merchant: str
    lang: str
    outcome: str
    expected: str
    sources_linked: int
    fields: int
    required: int
    prefilled: int
    prefilled_by_sources: tuple[int, ...] = ()
    from_documents: int
    asked: int
    typed_answers: int
    papers_sent: int = 0
    identified: bool = False
    taps: int
    conflicts: int
    wrong_values: int
    wrong_fields: tuple[str, ...] = ()
    seconds_to_submit: float
    seconds_to_decision: float
    status_relay_seconds: tuple[float, ...]
    turns: int
    error: str = ""

    @property
    def completed(self) -> bool:
        """Whether it came to the decision that this merchant's records call for, with nothing wrong in it."""
        return not self.error and self.outcome == self.expected and not self.wrong_values


class Summary(BaseModel):
    """All journeys together.

    `identified_share` is the prefilled share where an identity source, Telegram Passport or an identity paper is given.
    """

    journeys: int
    completed: int
    median_typed_answers: float
    median_answers: float
    prefilled_share: float
    identified_share: float
    prefilled_share_by_sources: tuple[float, ...] = ()
    wrong_values: int
    seconds: float


class Report(BaseModel):
    """What `lendline demo --json` prints."""

    journeys: tuple[Journey, ...]
    summary: Summary


def summarise(journeys: tuple[Journey, ...], seconds: float) -> Report:
    """The report over all journeys."""
    required = sum(each.required for each in journeys)
    summary = Summary(
        journeys=len(journeys),
        completed=sum(each.completed for each in journeys),
        median_typed_answers=median(each.typed_answers for each in journeys),
        median_answers=median(each.asked for each in journeys),
        prefilled_share=_prefilled(journeys),
        prefilled_share_by_sources=tuple(
            _share(sum(each.prefilled_by_sources[count] for each in journeys if each.prefilled_by_sources), required)
            for count in COUNTS
        ),
        identified_share=_prefilled(tuple(each for each in journeys if each.identified)),
        wrong_values=sum(each.wrong_values for each in journeys),
        seconds=round(seconds, 1),
    )
    return Report(journeys=journeys, summary=summary)


def by_sources(conversation: Conversation) -> tuple[int, ...]:
    """Required fields that the first 0, 1, 2 and 3 of the linked sources fill, in the order they were linked.

    Read from the candidates that each source has brought: a field counts when one of those sources knows it, and the
    owner did not have to say it.
    """
    linked = [each.source for each in conversation.pulls.values() if each.state is PullState.DONE]
    values = conversation.application.values
    known = {name: {each.source for each in values[name].candidates} for name in APPLICANT_FACING if name in values}
    known = {name: sources for name, sources in known.items() if OWNER not in sources}
    return tuple(sum(bool(sources & set(linked[:count])) for sources in known.values()) for count in COUNTS)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0


def _prefilled(journeys: tuple[Journey, ...]) -> float:
    """The share of the applicant-facing required fields that sources and papers filled, as a fraction."""
    required = sum(each.required for each in journeys)
    return _share(sum(each.prefilled + each.from_documents for each in journeys), required)


def origins(fields: Mapping[str, Submitted]) -> tuple[int, int, int]:
    """Applicant-facing required fields by origin: from sources, from documents, from the owner."""
    of = [fields[name].source for name in APPLICANT_FACING if name in fields]
    return (
        sum(origin(source) not in {OWNER, DOCUMENT} for source in of),
        sum(origin(source) == DOCUMENT for source in of),
        sum(source == OWNER for source in of),
    )


def wrong(
    merchant: Merchant, fields: Mapping[str, Submitted], as_of: date, tapped: Mapping[str, bool]
) -> tuple[str, ...]:
    """Submitted fields that differ from the merchant's ground truth; of what was `tapped`, from the button."""
    truth = merchant.truth(as_of)
    return tuple(
        name
        for name, submitted in fields.items()
        if not tapped.get(name, name not in truth or prefill.same(FIELDS[name], submitted.value, truth[name]))
    )
