"""A question or a passage as terms: English word stems, Chinese character pairs, shared ideas.

A term that starts with `=` is an idea of the synonym data, so that words which mean the same meet.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from operator import add

from flows.knowledge import ideas_en, ideas_zh

MAX_CHARACTERS = 4_000

_PIECE = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_APOSTROPHE = re.compile(r"(?<=[a-z])['\u2018\u2019\u02bc`](?=[a-z])")
_VOWEL = re.compile(r"[aeiouy]")

# Words that carry no subject. Question words and "not" stay: they tell "why" from "how".
_STOP = frozenset(
    """
    a able about actually all already also am an and any are as at be been being bit both but by can come could
    dear did do does doing done each etc even ever every for from get getting give go going gonna got guys had
    has have having he hello her here heres hey hi his hmm i id if ill im ima in into is it its ive just kind
    kindly know let like lot madam mate may me might mine must my need now of oh ok okay on one ones only onto
    or our ours per please pls plz possible possibly question quick really say shall she should sir so some
    someones sort still stuff tell than thank thanks that thats the their them then there theres these they
    theyre thing things this those thx to too u um ur us very via wanna want was we well weve whats which will
    with wonder wondering would yeah yes yet you youll your youre yours youve
    """.split()  # noqa: SIM905 - as prose
)

_TRADITIONAL = (
    "貸還錢請為甚麼嗎麼這個們來會說問題時間銀行帳戶賬號碼證件資料傳圖選擇項開關閉應該認證讓給與從對於現實際種類額總費"
    "稅務發業營執照企業員數據庫護隱權撤銷刪除審批絕過後車輛買賣進貨設備租裝修擴張債務訴訟產擔質負責聯繫電話郵簽電腦點兩"
    "萬億幾塊檢查詢詳細結構語言換變更寫錯誤誰處裡裏無條約據記錄轉勞動報價準備將體獲齊兒歲學習專門難邊遠遲連斷線網頁機器"
)
_SIMPLIFIED = (
    "贷还钱请为什么吗么这个们来会说问题时间银行账户账号码证件资料传图选择项开关闭应该认证让给与从对于现实际种类额总费"
    "税务发业营执照企业员数据库护隐权撤销删除审批绝过后车辆买卖进货设备租装修扩张债务诉讼产担质负责联系电话邮签电脑点两"
    "万亿几块检查询详细结构语言换变更写错误谁处里里无条约据记录转劳动报价准备将体获齐儿岁学习专门难边远迟连断线网页机器"
)
# The last two fold what phone keyboards and dialect put for the same word.
_FOLD = {ord(old): new for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)} | {ord("帐"): "账", ord("啥"): "什"}

# "id like" is "I'd like", not an identity document; as stems.
_AFTER_I_WOULD = frozenset({"lik", "rather", "prefer", "lov", "need", "want", "hat", "also"})

# How people ask says little about what they ask for.
ASKING = frozenset({"why", "how", "what", "when", "who", "where", "which", "not", "no", "long", "many", "much"})
_ASKING_IDEAS = frozenset(
    {"=when", "=who", "=howlong", "=where", "=reason"}
    | {"=为什么", "=什么时候", "=多久", "=谁", "=哪里", "=怎么", "=什么意思"}
)
_PARTICLES = frozenset("的了吗呢啊吧我你您他们有没能要想是不个一可以在就会也都还这那么什怎")


def commonness(term: str) -> float:
    """Roughly the share of ordinary questions that have a term; 0 for one that is about something."""
    if term in ASKING or term in _ASKING_IDEAS:
        return 0.1
    return (0.0, 0.05, 0.2)[sum(letter in _PARTICLES for letter in term)] if len(term) == 2 else 0.0


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters."""
    return _HAN.search(text) is not None


def latin_words(text: str) -> int:
    """How many words in Latin letters a text has."""
    return len(_LATIN.findall(text[:MAX_CHARACTERS]))


def idea(word: str) -> str | None:
    """The idea an English stem stands for by itself."""
    return _phrases().get(word)


def terms(text: str) -> list[str]:
    """The terms of a text in order, with repetitions; at most MAX_CHARACTERS are read."""
    folded = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower())
    found: list[str] = []
    words: list[str] = []
    for piece in _PIECE.findall(folded):
        if piece[0] <= "z":
            words.append(stem(piece))
            continue
        if words:
            found += _english(words)
            words = []
        found += _chinese(piece.translate(_FOLD))
    return [*found, *_english(words)]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of an English word: plural, -ing, -ed, -ly and a final e or y are levelled."""
    if len(word) < 4 or word.isdigit():
        return word
    if word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith("sses"):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending, least in (("ing", 3), ("ed", 3), ("ly", 4)):
        base = word.removesuffix(ending)
        if len(word) > len(base) >= least and _VOWEL.search(base):
            word = base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word


def _english(stems: list[str]) -> Iterator[str]:
    """The idea of every phrase, longest first, and the words themselves, without stop words."""
    phrases, longest, stop = _phrases(), _longest(), _stop_stems()
    at, end = 0, len(stems)
    while at < end:
        word = stems[at]
        if word == "id" and at + 1 < end and stems[at + 1] in _AFTER_I_WOULD:
            at += 1
            continue
        length = min(longest.get(word, 1), end - at)
        while length > 1 and " ".join(stems[at : at + length]) not in phrases:
            length -= 1
        found = phrases.get(" ".join(stems[at : at + length]) if length > 1 else word)
        if found is not None:
            yield found
        for each in stems[at : at + length]:
            if each not in stop:
                yield each
        at += length


def _chinese(run: str) -> Iterator[str]:
    """Character pairs, and the ideas found in a run of Chinese, longest first."""
    yield from map(add, run, run[1:]) if len(run) > 1 else run
    strings, lengths = _strings(), _lengths()
    at = 0
    while at < len(run):
        for length in lengths.get(run[at], ()):
            found = strings.get(run[at : at + length])
            if found is not None:
                yield found
                at += length
                break
        else:
            at += 1


def _ideas(text: str) -> Iterator[list[str]]:
    """The names of every idea of a data text."""
    for line in text.replace("\n  ", " ").splitlines():
        if line and line[0] != "#":
            yield [name.strip() for name in line.split(",")]


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(_STOP | {stem(word) for word in _STOP})


@cache
def _phrases() -> Mapping[str, str]:
    """Ideas by the stems of their words."""
    phrases: dict[str, str] = {}
    for names in _ideas(ideas_en.IDEAS):
        for name in names:
            phrases.setdefault(" ".join(map(stem, name.split())), "=" + names[0])
    return phrases


@cache
def _longest() -> Mapping[str, int]:
    """Number of words of the longest phrase that begins with a stem."""
    longest: dict[str, int] = {}
    for phrase in _phrases():
        first, *rest = phrase.split()
        longest[first] = max(longest.get(first, 1), 1 + len(rest))
    return longest


@cache
def _strings() -> Mapping[str, str]:
    """Ideas by their Chinese strings."""
    strings: dict[str, str] = {}
    for names in _ideas(ideas_zh.IDEAS):
        for name in names:
            strings.setdefault(name.translate(_FOLD), "=" + names[0])
    return strings


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Lengths of the Chinese strings that begin with a character, longest first."""
    lengths: dict[str, set[int]] = {}
    for string in _strings():
        lengths.setdefault(string[0], set()).add(len(string))
    return {first: tuple(sorted(each, reverse=True)) for first, each in lengths.items()}
