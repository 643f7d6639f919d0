"""Checks what a language model wrote from passages: every claim quotes one word for word and adds nothing to it.

A negation turned round beside a true quote is not found this way; articles about money, conditions and data are
therefore shown in full instead (`is_shown_in_full`).
"""

import re
import unicodedata
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from flows.knowledge.articles import Article
from flows.knowledge.checking import PROMISES
from flows.knowledge.passages import plain
from flows.knowledge.words import is_chinese, terms

LONGEST_CLAIM = 400
SHORTEST_QUOTE = 6
GROUNDED = 0.5
"""The least share of a claim's terms that must stand in its passage: what is not from there is made up."""
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[一二三四五六七八九十百千万亿两]{2,}|(?:百分之)[一二三四五六七八九十]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n+")
_LINK = re.compile(
    r"https?|www\.|://|t\.me|@[a-z]|[a-z0-9-]+\.(?:com|net|org|io|cn|me|co|uk|app|xyz|info)(?![a-z])|[<>\[\]`*#|]",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"(?<![a-z])(?:you|your|it|has|is|been|loan|application)(?: \w+){0,4} (?:approved|accepted|granted)(?![a-z])|"
    r"已(?:经)?(?:批准|通过|获批)|批下来了|"
    r"(?<![a-z])(?:will|shall|sure to|certain to|going to) (?:definitely |certainly )?(?:be (?:approved|accepted|"
    r"granted)|"
    r"get (?:the|your|a) (?:loan|money|approval)|approve|succeed)|guarante|promis|definitely|no risk|"
    r"肯定|一定能|保证|包过|必过|百分百|绝对能|没问题能批",
    re.IGNORECASE,
)
_IN_FULL = re.compile(
    r"(?<![a-z])(?:fees?|cost|rate|interest|apr|charge|price|eligib\w*|qualif\w*|condition|criteria|data|consent|"
    r"permission|privacy|delet\w*|erase|password|share)(?![a-z])|费|利率|利息|年化|条件|资格|数据|信息|授权|隐私|删除|密码|保存",
    re.IGNORECASE,
)


class Claim(BaseModel):
    """One sentence of a model, the id of the passage it is from, and words copied from there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(max_length=1_000)
    source: str = Field(max_length=120)
    quote: str = Field(max_length=1_000)


class Written(BaseModel):
    """What a model wrote to a question."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    answerable: bool
    claims: tuple[Claim, ...] = Field(default=(), max_length=6)


def verified(written: Written, articles: Mapping[str, Article], question: str) -> tuple[Claim, ...]:
    """The claims that hold, in order; none when the model says that the passages do not answer."""
    if not written.answerable:
        return ()
    return tuple(claim for claim in written.claims if _holds(claim, articles, question))


def sound_sentences(text: str, source: str) -> str:
    """The sentences of a model's text that hold no link, no promise and no number that its source does not have."""
    known = set(_NUMBER.findall(_bare(source)))
    kept = [
        sentence
        for sentence in map(str.strip, _SENTENCE.split(text))
        if sentence
        and not _LINK.search(sentence)
        and not _PROMISE.search(sentence)
        and set(_NUMBER.findall(_bare(sentence))) <= known
    ]
    return ("" if is_chinese(text) else " ").join(kept)


def is_shown_in_full(article: Article) -> bool:
    """Whether an article is about what must never be put into other words."""
    return _IN_FULL.search(article.title) is not None or _IN_FULL.search(article.body) is not None


def _holds(claim: Claim, articles: Mapping[str, Article], question: str) -> bool:
    article = articles.get(claim.source)
    if article is None or not 0 < len(claim.text) <= LONGEST_CLAIM:
        return False
    passage = _bare(f"{article.title} {plain(article.body)}")
    quote = _bare(claim.quote)
    if len(quote) < SHORTEST_QUOTE or quote not in passage:
        return False
    if _LINK.search(claim.text) or _PROMISE.search(claim.text):
        return False
    if any(promise.search(claim.text) for promise in PROMISES.values()):
        return False
    known = {*terms(passage), *terms(question)}
    said = set(terms(claim.text))
    if not said or len(said & known) < GROUNDED * len(said):
        return False
    allowed = set(_NUMBER.findall(passage)) | set(_NUMBER.findall(_bare(question)))
    return set(_NUMBER.findall(_bare(claim.text))) <= allowed


def _bare(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
