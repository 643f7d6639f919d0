"""Yes and no, from plain words and a few plain signs: a hedge or a question is never a yes, a sign declares nothing."""

import re

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import phrases_en as en
from flows.understanding import phrases_zh as zh
from flows.understanding import polarity
from flows.understanding.clauses import Clause
from flows.understanding.reading import Act

_LONGEST = 80
_YES = re.compile(rf"(?:{en.WHOLE_YES}(?: {en.POLITE})*)|(?:{zh.WHOLE_YES}{zh.PARTICLES}){{1,3}}")
_NO = re.compile(rf"(?:{en.WHOLE_NO}(?: {en.POLITE})*)|(?:{zh.WHOLE_NO}{zh.PARTICLES})")
_LEAD_YES = re.compile(rf"{en.LEAD_YES}|{zh.LEAD_YES}")
_LEAD_NO = re.compile(rf"{en.LEAD_NO}|{zh.LEAD_NO}")
_HEDGE = re.compile(f"{en.HEDGE}|{zh.HEDGE}")
_DOUBT = re.compile(
    r"(?<![a-z])(?:maybe|perhaps|possibly|i think|i guess|probably|not sure|don'?t know|yes and no|"
    r"not yet)(?![a-z])|可能|也许|大概|应该|好像|似乎|不确定"
)
_FILLER_YES = re.compile(
    r"(?:ok|okay|okey|okie|k|kk|alright|all right|right|fine|great|perfect|sure|good|好|好的|好吧|好啊|嗯|嗯嗯|恩|"
    r"行|行吧|可以|可以的|有|要|成|中|可|妥|得|n|y)(?: (?:thanks|thank you|please|then))?"
)
_YES_AND_NO = re.compile(r"(?<![a-z])yes and no(?![a-z])|yeah no|yeah,? right|不是(?:不|没)[行对好要想可能同愿]")
_COURTESY = re.compile(
    f"{en.POLITE}|{zh.PARTICLES}|(?:thank you|thanks|thx|many thanks)(?: [a-z]+){{0,3}}|much (?:appreciated|obliged)|"
    r"cheers(?: [a-z]+)?|(?:真是)?(?:麻烦|辛苦|有劳|多谢|谢谢|感谢|唔该|劳驾)(?:你们?|您|了|啦|晒|大家|帮忙)*"
)
_APOLOGY = re.compile(
    r"^(?:i'?m |so )*(?:sorry|afraid|i'?m afraid)[ ,]+(?:but )?|^(?:不好意思|对不起|抱歉|真抱歉)(?:啊|哈|了)?[ ,，]*"
)
_SORRY = re.compile(
    r"(?:i'?m |so |very )*sorry(?: [a-z]+)?|i'?m afraid|(?:真|很|实在)?(?:不好意思|对不起|抱歉)(?:啊|哈|了|呀)?"
)
_PROBABLY_NOT = re.compile(
    r"(?:i )?(?:probably|likely|guess|think|suppose) not|应该(?:没有?|不是|不会|不)(?:的|吧|过|啊)?"
)
"""A hedged no. It declares nothing, but it is no yes either."""
_YES_SIGNS, _NO_SIGNS = frozenset("👍👌✅✔🆗💯☑"), frozenset("👎❌🚫🙅✖")
_NEVER_BY_A_SIGN = frozenset({Kind.DECLARATION, Kind.IDS, Kind.SIGNATURE})
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\u200d\ufe0f♀♂\\s]")
_GREETING = re.compile(f"(?:{en.GREETING})|(?:{zh.GREETING})")
_NO_PROBLEM = re.compile(
    r"(?:都|完全|应该)?没(?:有|啥|什么)?问题|冇问题|no problem|no (?:issues?|complaints|objections?)"
)
_LEGAL = "legal_or_insolvency_declaration"
_CASE = (
    r"(?:(?:courts?|cases?|lawsuits?|legal|litigations?|insolven\w*|bankrupt\w*|ccjs?|county court|judge?ments?|"
    r"enforcements?|"
    r"sued|proceedings|convict\w*|disputes?|claims?|ivas?|tribunals?)(?![a-z])|官司|诉讼|起诉|被告|强制执行|执行|"
    r"破产|判决|裁定|失信|"
    r"仲裁|纠纷|"
    r"案子|案件|老赖|法院|限高|打官司|(?<=被)告(?=过|了|$)|人告(?=过|了|$))"
)
_CASES = rf"{_CASE}(?:(?:[ ,、或和者]|or|and|any|other|s)*{_CASE})*"
_NO_CASE = re.compile(
    r"(?:(?<![a-z])(?:no|not|never|none|nothing|without|haven'?t|hasn'?t|aren'?t|isn'?t|don'?t have|wasn'?t|weren'?t|"
    r"didn'?t have)(?: (?:any|ever|been|had|have|got|a|an|the|in|to|pending|ongoing|open|current|involved|such|kind|of|"
    r"party|subject|against|us|me|one|single|outstanding|taken|gone|going|through|under|declared|made|or|and|by|"
    r"with))* "
    r"|(?:从来|从|一直)?(?:没有?|无|未|不曾|未曾|不存在|不涉及)(?:过|被|任何|什么|啥|发生过?|涉及过?|遇到过?|在|"
    r"牵涉|经历过?|惹上|上过|"
    r"出现过?|参与|打过|打|人|有|跟人|跟别人|和人)*)" + _CASES
)
_CASE_SAID = re.compile(_CASE)
_HAS_CASE = re.compile(
    r"(?<![a-z])(?:there'?s|there (?:is|are|was|were)|i'?ve|we'?ve|i|we|yes|one|got|had|have|been|was|were|once|"
    r"last year)"
    r"(?![a-z])|有|被|打过|打着|正在|在打|曾|涉及|去年|以前|之前"
)
_DENIES = re.compile(
    r"(?<![a-z])(?:no|not|never|none|nothing|without|nobody|\w+n't|(?:do|does|did|is|was|ha[sd]|have|are|were|wo|ca)nt)"
    r"(?![a-z])|没|无(?!锡)|未|不|别|否"
)
_AS_FAR_AS_KNOWN = re.compile(
    r"(?<![a-z])(?:know|knowledge|aware|recall|remember|think|heard|doubt|can think|any ?more|no longer|"
    r"at the moment|currently|right now)(?![a-z])|没(?:有)?了|现在|目前|暂时|据我所知|我知道的|"
    r"印象中|应该|好像|可能|大概"
)
_RATHER_NOT = re.compile(r"(?:i'?d |i would |would )?rather not(?: really)?|i'?d prefer not to")


def is_plain(clause: str) -> bool:
    """Whether a clause says yes or no and nothing else."""
    clause = _APOLOGY.sub("", clause)
    return (
        _says(_YES, clause)
        or _says(_NO, clause)
        or _PROBABLY_NOT.fullmatch(clause) is not None
        or polarity.of(clause) is not None
    )


def _signed(text: str) -> set[Act]:
    """What a message of signs alone says: a thumb, a tick, a cross; nothing when any other sign is among them."""
    signs = set(_TONES.sub("", text))
    if not signs:
        return set()
    return {Act.YES} if signs <= _YES_SIGNS else {Act.NO} if signs <= _NO_SIGNS else set()


def find(parts: list[Clause], text: str, asked: str | None, *, values: bool, asks: bool) -> set[Act]:
    """YES or NO of a message in clauses, from the first that is no greeting; nothing when both or unsure.

    `values`: a value was read as well; `asks`: it also asks something. Then OK and 好的 are only fillers.
    """
    rest = [part for part in parts if not _says(_GREETING, part.text) and not _says(_SORRY, part.text)]
    declared = asked is not None and asked in FIELDS and FIELDS[asked].kind is Kind.DECLARATION
    if not parts:
        return (
            set() if asked is not None and asked in FIELDS and FIELDS[asked].kind in _NEVER_BY_A_SIGN else _signed(text)
        )
    if not rest or rest[0].asks or (asks and not is_plain(rest[0].text) and len(rest) == 1) or _YES_AND_NO.search(text):
        return set()
    first, others = _APOLOGY.sub("", rest[0].text), [part.text for part in rest[1:]]
    if _PROBABLY_NOT.fullmatch(first):
        return {Act.NO}
    said = _said(first, declared=declared) or (_declared(text) if asked == _LEGAL else None)
    if said is None or _takes_back(said, others):
        return set()
    if said is Act.YES:
        weak = not _says(_YES, first) and _LEAD_YES.match(first) is None
        filler = not declared and (weak or _FILLER_YES.fullmatch(first) is not None)
        busy = values or asks or not all(is_plain(other) or _says(_COURTESY, other) for other in others)
        doubted = " ".join(others) if first.isascii() and _says(_YES, first) else text
        unsure = _HEDGE.search(doubted) is not None and not declared
        return set() if unsure or (filler and busy) else {Act.YES}
    return set() if _DOUBT.search(text) and not values else {Act.NO}


def _said(clause: str, *, declared: bool) -> Act | None:
    """What the leading clause says. 有 answers only a declaration; 没问题 says yes, but not to one."""
    if _NO_PROBLEM.fullmatch(clause):
        return None if declared else Act.YES
    if clause in {"有", "有的"} and not declared:
        return None
    yes = _says(_YES, clause) or _LEAD_YES.match(clause) is not None
    no = _says(_NO, clause) or _LEAD_NO.match(clause) is not None
    if yes == no:
        told = None if yes else polarity.of(clause, declaring=declared)
        return None if told is None else Act.YES if told else Act.NO
    return Act.YES if yes else Act.NO


def is_hedged(text: str) -> bool:
    """Whether a no is only as far as the person knows, which declares nothing."""
    return _AS_FAR_AS_KNOWN.search(text) is not None


def declines(text: str) -> bool:
    """Whether a message that asks to be passed over also refuses what was proposed."""
    return _RATHER_NOT.fullmatch(text.strip(" .!。")) is not None


def _declared(text: str) -> Act | None:
    """Whether a message declares or denies a court case; None when it could be either."""
    if _CASE_SAID.search(text) is None:
        return None
    rest = _NO_CASE.sub(" ", text)
    if rest != text:
        return Act.NO if _CASE_SAID.search(rest) is None else None
    return Act.YES if _HAS_CASE.search(text) and not _DENIES.search(text) else None


def _takes_back(said: Act, others: list[str]) -> bool:
    """Whether a later clause plainly says the opposite."""
    opposite, same = (_NO, _YES) if said is Act.YES else (_YES, _NO)
    return any(_says(opposite, other) and not _says(same, other) for other in others)


def _says(pattern: re.Pattern[str], clause: str) -> bool:
    return len(clause) <= _LONGEST and pattern.fullmatch(clause) is not None
