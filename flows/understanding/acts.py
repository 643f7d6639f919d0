"""What a person does with a message: answers, agrees, asks, goes back, wants a person, complains.

Yes and no are taken from plain words only; a hedge, a question or an emoji is never a yes.
"""

import re
from dataclasses import dataclass

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import phrases_en as en
from flows.understanding import phrases_zh as zh
from flows.understanding.reading import Act, Route

_CLAUSE = re.compile(r"[，。;!?\n、]+|\.+(?=\s|$)|,(?![0-9]{3})|\.(?=[a-z]{2,}\s)")
_NOISE = re.compile(r"[^\w\s'%£$€¥₹+\-.&@/:]|[.…:](?=\s|$)")
_SPACES = re.compile(r"\s+")


def _either(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(f"(?:{english})|(?:{chinese})")


_YES = re.compile(rf"(?:{en.WHOLE_YES}(?: {en.POLITE})*)|(?:{zh.WHOLE_YES}{zh.PARTICLES})")
_NO = re.compile(rf"(?:{en.WHOLE_NO}(?: {en.POLITE})*)|(?:{zh.WHOLE_NO}{zh.PARTICLES})")
_LEAD_YES = re.compile(rf"{en.LEAD_YES}|{zh.LEAD_YES}")
_LEAD_NO = re.compile(rf"{en.LEAD_NO}|{zh.LEAD_NO}")
_HEDGE = _either(en.HEDGE, zh.HEDGE)
_DOUBT = re.compile(r"(?<![a-z])(?:maybe|perhaps|possibly|i think|i guess|probably|not sure|don'?t know|yes and no|not yet)(?![a-z])|可能|也许|大概|应该|好像|似乎|不确定")
_FILLER_YES = re.compile(
    r"(?:ok|okay|okey|okie|k|kk|alright|all right|right|fine|great|perfect|sure|good|好|好的|好吧|好啊|嗯|嗯嗯|恩|行|行吧|可以|可以的|有|要|成|中|可|妥|得|n|y)(?: (?:thanks|thank you|please|then))?"
)
_ONLY_DECLARED = re.compile(r"(?:有|有的|没有|没|没有的|没有过|从来没有|从没|从未|无|never|none|i haven'?t|we haven'?t|都没有|完全没有|也没有|没问题|no problem)")
_YES_AND_NO = re.compile(r"(?<![a-z])yes and no(?![a-z])|yeah no|yeah,? right")
_HUMAN, _NOT_HUMAN = _either(en.HUMAN, zh.HUMAN), _either(en.NOT_HUMAN, zh.NOT_HUMAN)
_QUESTION, _NO_QUESTION = _either(en.QUESTION, zh.QUESTION), re.compile(zh.NOT_QUESTION)
_WHY, _STATUS = _either(en.WHY, zh.WHY), _either(en.STATUS, zh.STATUS)
_DONT_KNOW = _either(en.DONT_KNOW, zh.DONT_KNOW)
_COMMANDS = (
    (Act.LANGUAGE, _either(en.LANGUAGE, zh.LANGUAGE)),
    (Act.BACK, _either(en.BACK, zh.BACK)),
    (Act.REPEAT, _either(en.REPEAT, zh.REPEAT)),
    (Act.SKIP, _either(en.SKIP, zh.SKIP)),
    (Act.CANCEL, _either(en.CANCEL, zh.CANCEL)),
)
_HOW = re.compile(r"(?<![a-z])(?:how|can i|could i|may i|what|when|if|am i|is it|would)(?![a-z])|怎么|如何|能|可以|吗|如果|要是|什么|多久")
_NEGATION = re.compile(r"(?<![a-z])(?:don'?t|do not|dont|never|not)(?: want to| wish to)? (?:cancel|stop|withdraw|skip|quit)|(?:不|别|没)(?:要|想|是)?(?:取消|撤销|放弃|跳过|终止)")
_GREETING, _GREETING_LEAD = _either(en.GREETING, zh.GREETING), _either(en.GREETING_LEAD, zh.GREETING_LEAD)
_COMPLAINT, _DISTRESS = _either(en.COMPLAINT, zh.COMPLAINT), _either(en.DISTRESS, zh.DISTRESS)
_CORRECT = _either(en.CORRECT, zh.CORRECT)
_WEAK_CORRECT = re.compile(r"actually|instead|make (?:it|that)|i mean|let'?s|rather|on second|^replace$|其实|还是|不要|不是|换成|改一?下|而是|应该是|sorry")
_NOT_COMPLAINT = re.compile(r"(?<![a-z])(?:no complaints?|not (?:a complaint|complaining))(?![a-z])|没(?:有)?(?:什么)?(?:投诉|不满)|不(?:是|想)(?:要)?投诉")
_NOT_DISTRESS = re.compile(
    r"(?<![a-z])(?:(?:is|isn'?t|are|if|sure|know|prove) (?:this|it|you|that|lendline)(?: is| a|n'?t)*(?: not)?(?: a)? (?:scam|fraud|legit)\w*|never .{0,30}(?:fraud|bankrupt)|no fraud|(?:not|never) been (?:bankrupt|evicted))|(?:你们?|这|您)(?:是不是|不会是|会不会是|是)(?:骗子|诈骗|骗人|骗钱)|(?:怕|担心|防止|害怕)(?:是)?(?:被骗|骗子|诈骗|受骗|上当)|(?:没有?|从未|不会)(?:逾期|被骗|欠|破产)|如果(?:逾期|还不上|还不起)|(?:逾期|还不上|还不起)(?:了)?(?:会|怎么办|要)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message between punctuation; `asks` when a question mark ends it."""

    text: str
    asks: bool


def clauses(text: str) -> list[Clause]:
    """The clauses of a folded text without signs and emoji."""
    found: list[Clause] = []
    position = 0
    for match in _CLAUSE.finditer(text):
        _add(found, text[position : match.start()], "?" in match[0])
        position = match.end()
    _add(found, text[position:], asks=False)
    return found


def _add(found: list[Clause], text: str, asks: bool) -> None:
    clean = _SPACES.sub(" ", _NOISE.sub(" ", text)).strip(" -_'")
    if clean:
        found.append(Clause(clean, asks))
    elif asks and found:
        found[-1] = Clause(found[-1].text, asks=True)


def find(text: str, asked: str | None, *, values: bool, corrected: bool) -> set[Act]:
    """The acts of a folded message. `values`: something was read; `corrected`: an old value was replaced."""
    parts = clauses(text)
    acts: set[Act] = set()
    if _COMPLAINT.search(text) and not _NOT_COMPLAINT.search(text):
        acts.add(Act.COMPLAINT)
    if _DISTRESS.search(_NOT_DISTRESS.sub(" ", text)):
        acts.add(Act.DISTRESS)
    for part in parts:
        acts |= _clause_acts(part, acts)
    whole = " ".join(part.text for part in parts)
    acts |= {act for act, pattern in _COMMANDS[:4] if pattern.fullmatch(whole) or (len(parts) == 1 and _is_command(pattern, whole))}
    if parts and (_GREETING_LEAD.match(parts[0].text)):
        acts.add(Act.GREETING)
    if not acts & {Act.DONT_KNOW, Act.SKIP, Act.WHY, Act.REPEAT, Act.BACK, Act.CANCEL}:
        acts |= _agreement(parts, text, asked, values=values, asks=Act.QUESTION in acts)
    if corrected or _is_correction(text, acts, values=values):
        acts.add(Act.CORRECT)
    if values and Act.CORRECT not in acts:
        acts.add(Act.ANSWER)
    if not acts and parts and asked is not None and asked in FIELDS and FIELDS[asked].kind in {Kind.TEXT, Kind.ADDRESS, Kind.ACCOUNT, Kind.OWNERS}:
        acts.add(Act.ANSWER)
    return acts or {Act.OTHER}


def _is_command(pattern: re.Pattern[str], clause: str) -> bool:
    match = pattern.search(clause)
    return match is not None and match.start() == 0 and match.end() == len(clause)


def _clause_acts(part: Clause, before: set[Act]) -> set[Act]:
    """The acts of one clause apart from yes and no."""
    clause = part.text
    acts: set[Act] = set()
    if _HUMAN.search(_NOT_HUMAN.sub(" ", clause)):
        return {Act.HUMAN}
    if _GREETING.fullmatch(clause):
        return {Act.GREETING}
    for act, pattern in _COMMANDS:
        if pattern.search(clause) and not _NEGATION.search(clause):
            if act is Act.CANCEL and _HOW.search(clause) and not _is_command(pattern, clause):
                continue
            acts.add(act)
            break
    if acts:
        return acts
    if _WHY.search(clause):
        return {Act.WHY}
    if _STATUS.search(clause):
        return {Act.STATUS}
    if _DONT_KNOW.search(clause):
        acts.add(Act.DONT_KNOW)
    asks = part.asks or (_QUESTION.search(clause) is not None and not _NO_QUESTION.search(clause))
    if asks and not (Act.DONT_KNOW in acts and not part.asks):
        acts.add(Act.QUESTION)
    return acts


def _agreement(parts: list[Clause], text: str, asked: str | None, *, values: bool, asks: bool) -> set[Act]:
    """Yes or no, from the first clause that is no greeting; both, hedged or asked back is neither."""
    if _YES_AND_NO.search(text):
        return set()
    rest = [part for part in parts if not _GREETING.fullmatch(part.text)]
    if not rest:
        return set()
    first = rest[0]
    if first.asks:
        return set()
    declared = asked is not None and asked in FIELDS and FIELDS[asked].kind is Kind.DECLARATION
    yes = _YES.fullmatch(first.text) is not None or (_LEAD_YES.match(first.text) is not None)
    no = _NO.fullmatch(first.text) is not None or _LEAD_NO.match(first.text + " ") is not None
    if _ONLY_DECLARED.fullmatch(first.text):
        if "没问题" in first.text or "no problem" in first.text:
            yes, no = not declared, False
        elif not declared and first.text in {"有", "有的"}:
            return set()
    elif first.text == "no problem":
        yes, no = not declared, False
    others = rest[1:]
    plain = all(_YES.fullmatch(part.text) or _NO.fullmatch(part.text) or re.fullmatch(f"{en.POLITE}|{zh.PARTICLES}", part.text) for part in others)
    if yes and _FILLER_YES.fullmatch(first.text) and (values or asks or not plain):
        return set()
    if yes and plain and any(_NO.fullmatch(part.text) and not _YES.fullmatch(part.text) for part in others):
        return set()
    if no and plain and any(_YES.fullmatch(part.text) and not _NO.fullmatch(part.text) for part in others):
        return set()
    if yes and no:
        return set()
    if yes:
        return set() if _HEDGE.search(text) and not declared else {Act.YES}
    if no:
        return set() if _DOUBT.search(text) and not values else {Act.NO}
    return set()


def _is_correction(text: str, acts: set[Act], *, values: bool) -> bool:
    match = _CORRECT.search(text)
    if match is None or acts & {Act.YES, Act.DISTRESS, Act.COMPLAINT, Act.CANCEL, Act.LANGUAGE, Act.HUMAN}:
        return False
    return values or not _WEAK_CORRECT.search(match[0])


_EXISTING, _APPLY = _either(en.EXISTING, zh.EXISTING), _either(en.APPLY, zh.APPLY)
_NEW_LOAN = re.compile(r"(?<![a-z])(?:refinanc\w+|consolidat\w+|another loan|new loan|second loan)(?![a-z])|再(?:借|贷)|置换|借新还旧|转贷|还(?:其他|别的|旧)")


def route(text: str, acts: set[Act], *, wants: bool) -> Route:
    """What a first message asks for. `wants`: an amount, term or purpose was read."""
    if acts & {Act.DISTRESS, Act.HUMAN}:
        return Route.HUMAN
    if Act.COMPLAINT in acts:
        return Route.COMPLAINT
    applies = _APPLY.search(text) is not None
    existing = _EXISTING.search(text) is not None
    if existing and not (applies and _NEW_LOAN.search(text)):
        return Route.EXISTING_LOAN
    if Act.STATUS in acts:
        return Route.STATUS
    asks = bool(acts & {Act.QUESTION, Act.WHY})
    if applies or (wants and not asks):
        return Route.APPLY
    if asks:
        return Route.QUESTION
    return Route.GREETING if Act.GREETING in acts else Route.OTHER
