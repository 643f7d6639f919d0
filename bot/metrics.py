"""The numbers of one process for Prometheus. Labels are from fixed sets and name no owner."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.observing import Observer

TURNS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5)
DELAYS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 600)
CALLS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 45)
RELAYED = "lender_pushed"


class Metrics(Observer):
    """Counts and times what it hears of."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._turns = Histogram(
            "lendline_turn_seconds",
            "An event at the door until its commit",
            ["kind", "outcome"],
            buckets=TURNS,
            registry=registry,
        )
        self._overtaken = Counter(
            "lendline_updates_overtaken", "Messages that took effect after a later one of their chat", registry=registry
        )
        self._delays = Histogram(
            "lendline_outbox_delay_seconds",
            "A message's commit until it left or ended",
            ["channel", "outcome"],
            buckets=DELAYS,
            registry=registry,
        )
        self._relay = Histogram(
            "lendline_status_relay_seconds",
            "A lender's status, from its commit until the owner's messenger had it",
            buckets=DELAYS,
            registry=registry,
        )
        self._pulls = Histogram(
            "lendline_pull_seconds",
            "Fetching from a source, by result",
            ["source", "outcome"],
            buckets=CALLS,
            registry=registry,
        )
        self._decisions = Histogram(
            "lendline_decision_seconds",
            "The scoring service's answer, by result",
            ["outcome"],
            buckets=CALLS,
            registry=registry,
        )
        self._model = Histogram(
            "lendline_model_seconds",
            "The language model's answer, by task and result",
            ["task", "outcome"],
            buckets=CALLS,
            registry=registry,
        )

    def turn(self, kind: str, outcome: str, seconds: float) -> None:
        """See Observer."""
        self._turns.labels(kind, outcome).observe(seconds)

    def overtaken(self) -> None:
        """See Observer."""
        self._overtaken.inc()

    def delivery(self, channel: str, outcome: str, seconds: float, *, cause: str) -> None:
        """See Observer."""
        self._delays.labels(channel, outcome).observe(seconds)
        if cause == RELAYED and outcome == "sent":
            self._relay.observe(seconds)

    def pull(self, source: str, outcome: str, seconds: float) -> None:
        """See Observer."""
        self._pulls.labels(source, outcome).observe(seconds)

    def decision(self, outcome: str, seconds: float) -> None:
        """See Observer."""
        self._decisions.labels(outcome).observe(seconds)

    def model(self, task: str, outcome: str, seconds: float) -> None:
        """See Observer."""
        self._model.labels(task, outcome).observe(seconds)
