"""How an answer of the knowledge base is shown: the passage with its source, or the nearest questions as buttons."""

from flows.engine.turn import Turn
from flows.knowledge.articles import Article
from flows.knowledge.passages import plain
from flows.messages import Choice, Say


def tell_article(turn: Turn, article: Article) -> None:
    """The passage, word for word, with its title as the source."""
    turn.say(plain(article.body), note=turn.t("questions.source", title=article.title))


LONGEST_QUESTION = 200


def offer(turn: Turn, question: str, candidates: tuple[str, ...]) -> None:
    """The nearest questions as buttons; no card follows until the owner has chosen."""
    found = [turn.library.knowledge.article(turn.state.lang, article) for article in candidates]
    rows: tuple[tuple[Choice, ...], ...] = tuple(
        (Choice(label=article.title[:64], action="article", arg=str(place)),)
        for place, article in enumerate(found)
        if article is not None
    )
    turn.state.suggested, turn.state.suggested_for = candidates, question[:LONGEST_QUESTION]
    rows = (*rows, (turn.button("questions.none_of_these", "article", "none"), turn.button("button.person", "human")))
    turn.notice(Say(text=turn.t("questions.did_you_mean"), rows=rows))
    turn.still = True


def unknown(turn: Turn, question: str) -> None:
    """Say that the answer is not known, note the question for the editors, offer a person."""
    turn.note("unanswered", question[:LONGEST_QUESTION])
    turn.notice(Say(text=turn.t("questions.unknown"), rows=((turn.button("button.person", "human"),),)))
    turn.again = True
