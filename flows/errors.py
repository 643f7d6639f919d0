"""Errors are facts: small classes that carry what happened; each maps to ask again, retry or stop."""

from dataclasses import dataclass


class LendlineError(Exception):
    """Base of all facts that Lendline raises on purpose."""


@dataclass
class ConsentMissing(LendlineError):
    """A pull was tried without an active consent. Stop; ask the owner."""

    source: str
    consent_id: str
    state: str

    def __str__(self) -> str:
        return f"no active consent for {self.source} ({self.consent_id} is {self.state})"


@dataclass
class SourceRefused(LendlineError):
    """The source says no: access expired, revoked or forbidden there. Ask the owner to allow again."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source} refused: {self.reason}"


@dataclass
class SourceUnavailable(LendlineError):
    """The source did not answer in time or failed. Retry later."""

    source: str
    reason: str
    retry_after: float | None = None

    def __str__(self) -> str:
        return f"{self.source} is unavailable: {self.reason}"


@dataclass
class SourceUnreadable(LendlineError):
    """The source answered with something that is not its format. Stop; tell staff."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source} sent an answer that cannot be read: {self.reason}"


@dataclass
class ModelUnavailable(LendlineError):
    """The language model gave no answer that can be used. The offline way goes on."""

    reason: str

    def __str__(self) -> str:
        return f"the language model gave no usable answer: {self.reason}"


@dataclass
class SubjectUnknown(LendlineError):
    """The source has no such business. Ask the owner to check the number."""

    source: str
    subject: str

    def __str__(self) -> str:
        return f"{self.source} does not know this business"


@dataclass
class ScoringRejected(LendlineError):
    """The scoring service refused the request (4xx). Never retried; staff look at it."""

    status: int
    detail: str

    def __str__(self) -> str:
        return f"the scoring service refused the request ({self.status}): {self.detail}"


@dataclass
class ScoringUnavailable(LendlineError):
    """The scoring service failed or timed out. Retried with the same key."""

    reason: str

    def __str__(self) -> str:
        return f"the scoring service is unavailable: {self.reason}"


@dataclass
class WrongDeclaration(LendlineError):
    """A flow, field, manifest, product sheet or locale is declared wrongly. The program does not start."""

    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.fix}"
