"""Connect: recommends sources with what each saves, and asks for consent to all or one by one."""

from flows.application import prefill
from flows.consent import ConsentState
from flows.engine.flow import Flow, Step
from flows.engine.identity import identity_row
from flows.engine.pulling import allow, ask_consent, ask_otherwise, consent_facts, fills, refuse, source_title
from flows.engine.turn import Turn
from flows.events import ConsentAnswered, Event
from flows.messages import Choice, Fact, Tone

CONSENT_PAGE = "lendline:consent/"
RECOMMENDED = 4
BY_HAND = "by_hand"
FILES = "upload"  # the access of a source that reads what the owner sends: there is nothing to link
SKETCH = "sketch"  # the tier of a source that is still being written


def offered(turn: Turn) -> tuple[str, ...]:
    """The sources recommended: few that together fill the most answers, the most useful first."""
    left = {name: set(fills(turn, name)) for name in _linkable(turn)}
    found: list[str] = []
    while left and len(found) < RECOMMENDED:
        best = min(left, key=lambda name: (-len(left[name]), name))
        filled = left.pop(best)
        if not filled:
            break
        found.append(best)
        left = {name: fields - filled for name, fields in left.items()}
    return tuple(found)


def more(turn: Turn) -> tuple[str, ...]:
    """The other sources of the market that could add an answer, by name."""
    recommended, application = offered(turn), turn.state.application
    return tuple(
        name
        for name in _linkable(turn)
        if name not in recommended and any(not application.has(each) for each in turn.library.sources[name].fields)
    )


def _linkable(turn: Turn) -> tuple[str, ...]:
    """Sources of the market that are neither linked, refused nor given up."""
    subject = turn.state.subject
    if subject is None:
        return ()
    taken = {*turn.state.pulls, *turn.state.declined}
    sources = turn.library.sources.items()
    return tuple(
        name
        for name, each in sources
        if name not in taken and each.auth != FILES and each.tier != SKETCH and subject.country in each.markets
    )


# The offer


def _offer_pending(turn: Turn) -> str | None:
    return None if turn.state.connected or not offered(turn) else ""


def _reopen(turn: Turn) -> None:
    """Offer again the sources that were only refused for typing by hand."""
    by_hand = {each.source for each in turn.state.consents.values() if each.reason == BY_HAND}
    turn.state.declined = tuple(name for name in turn.state.declined if name not in by_hand)
    turn.state.connected = not offered(turn)


def _offer_show(turn: Turn, _arg: str) -> None:
    if turn.state.connected:
        _reopen(turn)
        turn.state.at, turn.state.went_back = None, False  # it is to be answered again, no step to come back from
    names = offered(turn)
    if not names:
        turn.again = True
        return
    saves = _saves(turn, names)
    consents = {name: consent_facts(turn, ask_consent(turn, name)) for name in names}
    kinds = tuple(Fact(label=source_title(turn, name), value=facts[0].value) for name, facts in consents.items())
    terms = consents[names[0]][1:]
    all_of_them = "connect.allow_all" if len(names) > 1 else "connect.allow"
    turn.card(
        "connect.offer",
        title=turn.t("connect.title"),
        text=turn.t("connect.text", count=len(prefill.missing(turn.state.application))),
        facts=(*saves, Fact(label=turn.t("connect.terms"), value=""), *kinds, *terms),
        note=_note(turn),
        rows=(
            (turn.button(all_of_them, "allow_all", tone=Tone.PRIMARY),),
            (turn.button("connect.choose", "choose"), turn.button("connect.by_hand", "by_hand")),
            (turn.button("connect.more", "more"),) if more(turn) else (),
            identity_row(turn),
            (turn.button("button.back", "back"), turn.button("button.person", "human")),
        ),
    )


def _saves(turn: Turn, names: tuple[str, ...]) -> tuple[Fact, ...]:
    """What each source can add to those above it, so that no answer is promised twice."""
    facts: list[Fact] = []
    promised: set[str] = set()
    for name in names:
        adds = set(fills(turn, name)) - promised
        promised |= adds
        saved = turn.t("connect.saves", count=len(adds))
        facts.append(Fact(label=source_title(turn, name), value=saved, note=turn.t(f"source.{name}.why")))
    return tuple(facts)


def _note(turn: Turn) -> str:
    """That nothing is for ever, and that a file will do as well."""
    return f"{turn.t('connect.revocable')}\n{turn.t('paper.hint')}"


def _allow_all(turn: Turn, _arg: str) -> None:
    for name in offered(turn):
        allow(turn, name)
    turn.state.connected = True
    turn.moves()


def _by_hand(turn: Turn, _arg: str) -> None:
    for name in offered(turn):
        _decline(turn, name, BY_HAND)
    turn.state.connected = True
    turn.state.trail = (*turn.state.trail, "connect.offer:")  # who goes back may choose anew
    turn.tell("connect.by_hand_said")
    turn.moves()


def _choose(turn: Turn, _arg: str) -> None:
    names = offered(turn)
    if names:
        turn.goes_to("connect.choose", names[0])


def _more(turn: Turn, _arg: str) -> None:
    turn.goes_to("connect.more")


# The sources that are not needed but may help


def _more_pending(_turn: Turn) -> str | None:
    return None


def _more_show(turn: Turn, _arg: str) -> None:
    names = more(turn)
    turn.card(
        "connect.more",
        title=turn.t("connect.more_title"),
        text=turn.t("connect.more_text"),
        facts=tuple(Fact(label=source_title(turn, name), value=turn.t(f"source.{name}.why")) for name in names),
        rows=(
            *((Choice(label=source_title(turn, name), action="look", arg=name),) for name in names),
            (turn.button("connect.enough", "enough"),),
        ),
    )


def _look(turn: Turn, name: str) -> None:
    if name in more(turn):
        turn.goes_to("connect.choose", name)


def _enough(turn: Turn, _arg: str) -> None:
    turn.moves()


# One source at a time


def _choose_pending(_turn: Turn) -> str | None:
    return None


def _choose_show(turn: Turn, name: str) -> None:
    consent = ask_consent(turn, name)
    page: tuple[Choice, ...] = ()
    if turn.library.has_consent_page(turn.state.channel):
        page = (Choice(label=turn.t("connect.page"), kind="url", url=f"{CONSENT_PAGE}{consent.id}"),)
    turn.card(
        "connect.choose",
        title=source_title(turn, name),
        text=turn.t(f"source.{name}.why"),
        facts=consent_facts(turn, consent),
        note=turn.t("connect.revocable"),
        rows=(
            (
                turn.button("connect.allow", "allow", name, tone=Tone.PRIMARY),
                turn.button("connect.refuse", "refuse", name),
            ),
            page,
            (turn.button("connect.only_once" if consent.periodic else "connect.keep_fresh", "other", name),)
            if turn.library.sources[name].months and consent.state is ConsentState.PENDING
            else (),
            (turn.button("button.back", "back"), turn.button("button.person", "human")),
        ),
    )


def _other_terms(turn: Turn, name: str) -> None:
    """Show the same source with the other way of fetching: once, or again and again."""
    if name in turn.library.sources:
        ask_otherwise(turn, name)
        turn.goes_to("connect.choose", name)


def _allow_one(turn: Turn, name: str) -> None:
    if name in turn.library.sources:
        allow(turn, name)
        _next_choice(turn)


def _refuse_one(turn: Turn, name: str) -> None:
    if name in turn.library.sources:
        _decline(turn, name, "")
        _next_choice(turn)


def _decline(turn: Turn, name: str, reason: str) -> None:
    refuse(turn, ask_consent(turn, name).id, ConsentState.REJECTED, reason)
    turn.state.declined = (*turn.state.declined, name)


def _next_choice(turn: Turn) -> None:
    left = offered(turn)
    if left:
        turn.goes_to("connect.choose", left[0])
    else:
        turn.state.connected = True
        turn.moves()


def _consent_answered(turn: Turn, event: Event) -> None:
    """Take the answer that the owner gave on the consent page."""
    if not isinstance(event, ConsentAnswered):
        return
    consent = turn.state.consents.get(event.consent_id)
    if consent is None or consent.state is not ConsentState.PENDING:
        return
    if event.allowed and turn.now < consent.valid_until:
        allow(turn, consent.source)
    else:
        _decline(turn, consent.source, event.reason)
        turn.echo.append(turn.t("connect.refused", source=source_title(turn, consent.source)))
    _next_choice(turn)
    turn.again = True


FLOW = Flow(
    name="connect",
    steps=(
        Step(
            "connect.offer",
            _offer_pending,
            _offer_show,
            {"allow_all": _allow_all, "choose": _choose, "by_hand": _by_hand, "more": _more},
            back=False,
        ),
        Step("connect.more", _more_pending, _more_show, {"look": _look, "enough": _enough}, back=False),
        Step(
            "connect.choose",
            _choose_pending,
            _choose_show,
            {"allow": _allow_one, "refuse": _refuse_one, "other": _other_terms},
            back=False,
        ),
    ),
    reacts={"consent_answered": _consent_answered},
)
