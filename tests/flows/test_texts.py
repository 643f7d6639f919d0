"""Every sentence exists in every language, with the same places; none is missing and none is left over."""

import re
from pathlib import Path

import pytest

from bot.web.console import erasing, inbox, replies, simple
from bot.web.console.roles import Role
from bot.workers.summary import Stage
from flows import catalog, texts
from flows.application import codes, features, fields, lifecycle
from flows.application.attributes import differences
from flows.application.papers import table as papers
from flows.conversation import PullState
from flows.engine import clocks
from flows.errors import WrongDeclaration
from flows.events import PaperRead, PullFailed
from flows.texts import LANGUAGES, places
from integrations.sources.declared import manifests

ROOT = Path(texts.__file__).parent.parent
OURS = ("slow", "declined", "no_page")  # what a flow itself says of a fetch that failed
# Families of keys whose last part comes from data.
FAMILIES = {
    "field.{}.label": tuple(fields.FIELDS),
    "field.{}.question": tuple(fields.FIELDS),
    "field.{}.why": tuple(fields.FIELDS),
    "field.{}.example": tuple(fields.FIELDS),
    "group.{}": tuple(group.value for group in fields.Group),
    "reason.{}": (*codes.CFPB_DENIAL_REASONS, "unknown"),
    "feature.{}": tuple(features.FEATURES),
    "status.{}.title": (*lifecycle.Status, "on_its_way"),
    "status.{}.text": (*lifecycle.Status, "on_its_way"),
    "status.side.{}": ("owner", "lender", "shared", "ours"),
    "kind.{}": tuple(kind for manifest in manifests() for kind in manifest.kinds),
    "source.{}.why": tuple(manifest.name for manifest in manifests()),
    "fetch.fact.{}": (*PullFailed.model_fields["fact"].annotation.__args__, *OURS),  # type: ignore[union-attr]
    "fetch.failed.{}": (*PullFailed.model_fields["fact"].annotation.__args__, *OURS),  # type: ignore[union-attr]
    "fetch.progress.{}": ("waiting", "sign_in", "running", "skipped"),
    "privacy.state.{}": ("pending", "active", "used", "paused", "rejected", "revoked", "expired"),
    "command.{}": ("start", "status", "help", "human", "report", "privacy", "cancel"),
    "money.{}": ("CNY", "GBP", "USD", "EUR", "INR", "XXX", "other"),
    "engine.{}": ("location", "unsupported"),
    "purpose.{}": ("loan_application",),
    "page.promise.{}": ("end", "free", "never"),
    "explain.how.{}": ("invoiced", "declared", "banked"),
    "explain.reason.{}": differences.REASONS,
    "myreport.share_state.{}": ("lasts", "over", "ended"),
    "myreport.{}": ("report_show", "report_hide"),
    "need.unclear.{}": ("range", "vague"),
    "console.ago.{}": ("now", "minutes", "hours", "days"),
    "console.list.{}": tuple(inbox.LISTS),
    "console.empty.{}": tuple(inbox.LISTS),
    "console.place.{}": ("needs", "assistant", "snoozed", "closed"),
    "console.by.{}": ("assistant", "staff"),
    "console.side.{}": ("owner", "assistant", "system"),
    "console.delivery.{}": ("waiting", "sending", "failed", "dropped", "perhaps"),
    "console.reason.{}": inbox.REASONS,
    "console.stuck.{}": inbox.STUCK,
    "console.filter_by.{}": ("reason", "step", "product", "lang", "label", "stuck"),
    "console.lang.{}": LANGUAGES,
    "console.status.{}": tuple(lifecycle.Status),
    "console.consent.{}": ("pending", "active", "used", "paused", "rejected", "revoked", "expired"),
    "console.pull.{}": tuple(PullState),
    "console.snooze_for.{}": tuple(simple.SNOOZES),
    "console.next.{}": simple.NEXT,
    "console.role.{}": tuple(Role),
    "console.refused.{}": (*Role, "foreign"),
    "console.key.{}": ("j", "k", "slash", "r", "n", "h", "l", "s", "t", "b", "e"),
    "console.account.{}": ("kept", "added", "removed", "last"),
    "console.replies.variable.{}": replies.VARIABLES,
    "console.here.{}": ("typing", "typing_many", "looking", "looking_many", "and", "between"),
    "console.meaning.{}": simple.MEANINGS,
    "console.people.make.{}": tuple(Role),
    "console.erased.counted.{}": erasing.COUNTED,
    "console.problem.title.{}": ("gone", "unreadable", "busy", "failed"),
    "console.problem.text.{}": ("gone", "unreadable", "busy", "failed"),
    "overview.{}.title": ("funnel", "stops", "submit", "decide", "answers", "sources", "people", "reply", "lenders"),
    "overview.stage.{}": tuple(stage.name.lower() for stage in Stage),
    "overview.step.{}": tuple(flow.name for flow in catalog.JOURNEY if flow.steps),
    "overview.answers.{}": ("prefilled", "asked"),
    "overview.column.{}": ("count", "share", "fetched", "worked", "mean", "applications", "decided", "late"),
    "overview.time.{}": ("seconds", "minutes", "hours", "days"),
    "console.clock.{}": (clocks.EXPECTED, clocks.OFFER, clocks.DUE, clocks.REMIND, clocks.NOTICE),
    "milestone.{}": tuple(lifecycle.Milestone),
    "party.outcome.{}.title": ("agreed", "refused"),
    "party.outcome.{}.text": ("agreed", "refused"),
    "overview.csv.{}": ("table", "line", "number", "value"),
    "reply.{}.title": replies.BUILT_IN,
    "reply.{}.text": replies.BUILT_IN,
    "chat.trouble.{}.title": ("busy", "large", "lost", "foreign", "unreadable"),
    "chat.trouble.{}.text": ("busy", "large", "lost", "foreign", "unreadable"),
    "paper.kind.{}": (*papers.KINDS, papers.UNKNOWN, "identity"),
    "paper.value.{}": tuple({each.name for kind in papers.KINDS.values() for each in kind.fields}),
    "paper.problem.{}": papers.PROBLEMS,
    "console.paper_state.{}": ("read", "used", "kept"),
    "paper.card.{}": ("text", "doubt", "bad"),
    "paper.read_by.{}": PaperRead.model_fields["read_by"].annotation.__args__,  # type: ignore[union-attr]
}
# `tests/flows/application/report` looks at the keys of the report.
OPEN_FAMILIES = (
    "report.",
    *("detail.", "document.", "code.", "source.note.", "paper.code."),
    *("console.line.", "console.done.", "console.source.", "console.step.", "console.channel.", "console.by_way."),
)
_KEY = re.compile(r"[\"']([a-z_]+(?:\.[a-z0-9_{}]+)+)[\"']")


def _in_code() -> set[str]:
    files = [*ROOT.glob("flows/**/*.py"), *ROOT.glob("bot/**/*.py"), *ROOT.glob("bot/**/*.html")]
    return {key for file in files for key in _KEY.findall(file.read_text(encoding="utf-8"))}


def _expected() -> set[str]:
    return {family.format(name) for family, names in FAMILIES.items() for name in names}


def test_all_languages_have_the_same_keys_and_places() -> None:
    loaded = texts.load()
    first, *others = LANGUAGES
    for other in others:
        assert set(loaded.by_lang[first]) == set(loaded.by_lang[other])
        for key, text in loaded.by_lang[first].items():
            assert places(text) == places(loaded.by_lang[other][key]), key


def test_no_key_is_missing() -> None:
    known = set(texts.load().by_lang["en"])
    heads = {key.partition(".")[0] for key in known}
    literal = {key for key in _in_code() if key.partition(".")[0] in heads and "{" not in key}
    steps = {step.name for flow in catalog.JOURNEY for step in flow.steps}
    assert sorted(key for key in (literal - steps - _modules()) | _expected() if key not in known) == []


def test_no_key_is_unused() -> None:
    used = _in_code() | _expected()
    patterns = [re.compile(re.sub(r"\{[^}]*\}", "[a-z0-9_]+", key)) for key in used if "{" in key]
    left = [
        key
        for key in texts.load().by_lang["en"]
        if key not in used
        and not key.startswith(OPEN_FAMILIES)
        and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert left == []


def test_every_code_has_a_name() -> None:
    known = set(texts.load().by_lang["en"])
    for spec in fields.FIELDS.values():
        for option in spec.options:
            assert f"code.{spec.name}.{option}" in known


def test_no_customer_text_stands_in_the_code_of_the_flows() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for file in [*ROOT.glob("flows/*.py"), *ROOT.glob("flows/engine/*.py"), *ROOT.glob("bot/**/*.py")]:
        assert not chinese.search(file.read_text(encoding="utf-8")), file.name


def test_buttons_fit_a_messenger() -> None:
    loaded = texts.load()
    for lang in LANGUAGES:
        for key, text in loaded.by_lang[lang].items():
            if key.startswith("button.") or key.endswith((".allow", ".refuse", ".skip", ".go_on")):
                assert len(text) <= 24, (lang, key)


@pytest.mark.parametrize("broken", ['title = "unclosed', 'title = "a {place"'])
def test_a_broken_locale_file_stops_the_program_with_its_name(tmp_path: Path, broken: str) -> None:
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "welcome.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"welcome\.toml"):
        texts.load(tmp_path)


def _modules() -> set[str]:
    """Dotted words in code that are modules or files and no keys."""
    return {
        key
        for key in _in_code()
        if key.endswith((".py", ".toml", ".yaml", ".md", ".key", ".sqlite", ".css", ".html", ".js", ".svg"))
    }
