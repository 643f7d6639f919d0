"""What a person does with a message: answers, agrees, asks, goes back, wants a person, complains.

Yes and no are taken from plain words and signs only; a hedge or a question is never a yes.
"""

import math
import re
from collections.abc import Collection

from flows.application.fields import FIELDS
from flows.application.shapes import Kind
from flows.understanding import agreement, learned
from flows.understanding import phrases_en as en
from flows.understanding import phrases_zh as zh
from flows.understanding.clauses import Clause, clauses
from flows.understanding.reading import Act


def _either(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(f"(?:{english})|(?:{chinese})")


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
_BY_WORDS = frozenset({Act.BACK, Act.REPEAT, Act.SKIP})
"""Commands that are told by the words of a whole message, whatever stands between them."""
_WHAT_ARE_YOU = re.compile(
    r"(?:so |and |but |wait )?(?:are|r) (?:you|u) (?:really |even |actually )?(?:a |an )?(?:real |live )?(?:human|"
    r"person|bot|robot|machine|computer|ai)(?: or (?:what|not|a [a-z]+))?|(?:那|所以)?(?:你|您|对面)(?:到底)?"
    r"(?:是不是|不是|是)(?:真人|人工|人|机器人|机器|电脑|ai|程序)(?:吗|吧|么|啊|呀|还是[\u4e00-\u9fff]+)?"
)
"""Asks what we are, and for nobody else."""
_URGENT = frozenset({Act.HUMAN, Act.COMPLAINT, Act.DISTRESS})
_ALONE = frozenset({Act.STATUS, Act.WHY, Act.DONT_KNOW, Act.SKIP, Act.BACK, Act.REPEAT, Act.CANCEL, Act.LANGUAGE})
"""Acts that are told by weights only of words in which the patterns see no act, or only a question."""
_FEW = 3
"""Clauses of a message in which weights may tell such an act: more of them tell a story."""
_BEYOND_A_QUESTION = 0.4
"""The score from which a clause that asks does more than ask: "could you send that again?"."""
_BEYOND_YES_OR_NO = 0.7
"""The score from which what looks like a plain yes or no is something else: 说不上, "I'll pass on that"."""
_BEYOND_AN_ANSWER = 1.0
"""The score from which an answer in prose, a name or an address, is taken for something else."""
_BESIDE_A_VALUE = 1.0
"""The score from which a message that gives a value does more than give it."""
_BEYOND_A_WHOLE = 1.0
"""The score from which a clause asks for a person although the message as a whole does not."""
_IN_GENERAL = re.compile(r"(?<![a-z])how (?:long|many|soon) (?:do|does|would|will it)(?![a-z])|多久|几天|多长时间")
_WHAT_I_GAVE = re.compile(
    r"(?<![a-z])(?:did|have) i (?:say|said|ask|put|give|given|gave|enter|tell|told)(?![a-z])|"
    r"我(?:填|写|报|申请|留|登记|选)"
)
"""Asks for an answer of one's own, not for the question."""
_A_LANGUAGE = re.compile(
    r"^(?!.*(?:translat|翻译)).*(?:english|chinese|mandarin|cantonese|language(?! model)|spanish|espa|french|"
    r"fran[cç]ais|german|deutsch|hindi|urdu|polish|polski|tagalog|tamil|bengali|vietnam|viet|中文|英文|英语|普通话|粤语|"
    r"国语|汉语|广东话|白话|中国话|语言(?!模型)|语种|繁体|简体|中國|en pls|en please|zh pls)"
)
_SHORT = 90
"""Characters of a message in which weights may tell such an act."""
_PROSE = frozenset({Kind.TEXT, Kind.ADDRESS, Kind.ACCOUNT, Kind.OWNERS})
_WHEN = re.compile(r"多久|什么时候|啥时候|几天|何时|(?<![a-z])(?:when|how (?:long|soon))(?![a-z])")
_HOW = re.compile(
    r"(?<![a-z])(?:how|can i|could i|may i|what|when|if|am i|is it|would)(?![a-z])|怎么|如何|能|可以|吗|如果|要是|"
    r"什么|多久"
)
_NEGATION = re.compile(
    r"(?<![a-z])(?:don'?t|do not|dont|never|not)(?: want to| wish to)? (?:cancel|stop|withdraw|skip|quit)|(?:不|别|"
    r"没)(?:要|想|是)?(?:取消|撤销|放弃|跳过|终止)"
)
_OPENERS = {"sorry", "what", "eh", "huh", "什么", "啥"}
"""Clauses that ask for a repetition only when nothing else is said."""
_GREETING, _GREETING_LEAD = _either(en.GREETING, zh.GREETING), _either(en.GREETING_LEAD, zh.GREETING_LEAD)
_COMPLAINT, _DISTRESS = _either(en.COMPLAINT, zh.COMPLAINT), _either(en.DISTRESS, zh.DISTRESS)
_CORRECT = _either(en.CORRECT, zh.CORRECT)
_WEAK_CORRECT = re.compile(
    r"actually|instead|make (?:it|that)|i mean|let'?s|rather|on second|^replace$|其实|还是|不要|不是|换成|改一?下|"
    r"而是|应该是|sorry"
)
_NOT_COMPLAINT = re.compile(
    r"(?<![a-z])(?:no complaints?|not (?:a complaint|complaining))(?![a-z])|没(?:有)?(?:什么)?(?:投诉|不满)|不(?:是|"
    r"想)(?:要)?投诉"
)
_NOT_DISTRESS = re.compile(
    r"(?<![a-z])(?:(?:is|isn'?t|are|if|sure|know|prove) (?:this|it|you|that|lendline)(?: is| a|"
    r"n'?t)*(?: not)?(?: a)? (?:scam|fraud|legit)\w*|never .{0,30}(?:fraud|bankrupt)|no fraud|(?:not|"
    r"never) been (?:bankrupt|evicted))|(?:你们?|这|您)(?:是不是|不会是|会不会是|是)(?:骗子|诈骗|骗人|骗钱)|(?:怕|"
    r"担心|防止|害怕)(?:是)?(?:被骗|骗子|诈骗|受骗|上当)|(?:没有?|从未|不会)(?:逾期|被骗|欠|破产)|如果(?:逾期|"
    r"还不上|还不起)|(?:逾期|还不上|还不起)(?:了)?(?:会|怎么办|要)"
)


def find(text: str, asked: str | None, *, values: bool, corrected: bool) -> set[Act]:
    """The acts of a folded message. `values`: something was read; `corrected`: an old value was replaced."""
    parts = clauses(text)
    prose = asked is not None and asked in FIELDS and FIELDS[asked].kind in _PROSE
    least = _BEYOND_AN_ANSWER if prose else _BESIDE_A_VALUE if values else -math.inf
    acts = _urgent(text, parts, least)
    doubted = _doubted(text, parts)
    for part in parts:
        if len(parts) == 1 or part.text not in _OPENERS:
            acts |= of_clause(part, doubted, beside=len(parts) > 1 and Act.HUMAN not in acts)
    whole = " ".join(part.text for part in parts)
    acts |= {act for act, pattern in _COMMANDS if act in _BY_WORDS and pattern.fullmatch(whole)}
    if not values and not prose and len(parts) <= _FEW and not acts & (_ALONE | _URGENT):
        sure = _BEYOND_YES_OR_NO if agreement.is_plain(whole) else _BEYOND_A_QUESTION if Act.QUESTION in acts else None
        alone = _alone(text, sure)
        if alone is not None:
            acts = acts - {Act.QUESTION} | {alone}
    if parts and (_GREETING_LEAD.match(parts[0].text)):
        acts.add(Act.GREETING)
    if not acts & {Act.DONT_KNOW, Act.SKIP, Act.WHY, Act.REPEAT, Act.BACK, Act.CANCEL}:
        acts |= agreement.find(parts, text, asked, values=values, asks=Act.QUESTION in acts)
    elif asked is None and agreement.declines(whole):
        acts.add(Act.NO)
    if corrected or _is_correction(text, acts, values=values):
        acts.add(Act.CORRECT)
    if values and Act.CORRECT not in acts:
        acts.add(Act.ANSWER)
    if values and Act.STATUS in acts and _WHEN.search(text):
        acts = acts - {Act.STATUS} | {Act.QUESTION}  # "20万，多久到账" asks about a loan that is not applied for yet
    if not acts and parts and prose:
        acts.add(Act.ANSWER)
    return acts or {Act.OTHER}


def _urgent(text: str, parts: list[Clause], least: float) -> set[Act]:
    """The acts that call for a person at once, as the weights and the patterns tell them of the whole message."""
    acts = learned.told(text, _seen(text), least) & _URGENT
    return acts - {Act.HUMAN} if len(parts) == 1 and _WHAT_ARE_YOU.fullmatch(parts[0].text) else acts


def _doubted(text: str, parts: list[Clause]) -> set[Act]:
    """The acts that a short message hardly does, whatever a part of it says; a command that is all it says stands."""
    if len(parts) > _FEW:
        return set()
    said = {act for act, pattern in _COMMANDS if len(parts) == 1 and pattern.fullmatch(parts[0].text)}
    return learned.doubted(text) - (said & (_BY_WORDS | {Act.CANCEL}))


def _seen(text: str) -> set[Act]:
    """The complaints and cries for help that the patterns see."""
    seen = set()
    if _COMPLAINT.search(text) and not _NOT_COMPLAINT.search(text):
        seen.add(Act.COMPLAINT)
    if _DISTRESS.search(_NOT_DISTRESS.sub(" ", text)):
        seen.add(Act.DISTRESS)
    return seen


def _alone(text: str, least: float | None) -> Act | None:
    """The act that the weights tell of a short message in which the patterns see none, or only a question."""
    if len(text) > _SHORT or _NEGATION.search(text):
        return None
    among = _ALONE - {Act.STATUS} if _IN_GENERAL.search(text) else _ALONE
    if _WHAT_I_GAVE.search(text):
        among = among - {Act.REPEAT}
    if _A_LANGUAGE.search(text) is None:
        among = among - {Act.LANGUAGE}
    return learned.likeliest(text, among, -math.inf if least is None else least)


def of_clause(part: Clause, doubted: Collection[Act] = (), *, beside: bool = False) -> set[Act]:
    """The acts of one clause that its words show, apart from yes and no.

    `doubted`: acts that the message as a whole hardly does. `beside`: the message as a whole asks for no person.
    """
    clause = part.text
    told = learned.told(f"{clause}?" if part.asks else clause, least=_BEYOND_A_WHOLE if beside else -math.inf)
    if Act.HUMAN in told and Act.HUMAN not in doubted and _WHAT_ARE_YOU.fullmatch(clause) is None:
        return {Act.HUMAN}
    if _GREETING.fullmatch(clause):
        return {Act.GREETING}
    for act, pattern in _COMMANDS:
        if act not in doubted and pattern.search(clause) and not _NEGATION.search(clause):
            if act is Act.CANCEL and _HOW.search(clause) and pattern.fullmatch(clause) is None:
                continue
            return {act}
    if Act.WHY not in doubted and _WHY.search(clause):
        return {Act.WHY}
    if Act.STATUS not in doubted and _STATUS.search(clause):
        return {Act.STATUS}
    if Act.DONT_KNOW not in doubted and _DONT_KNOW.search(clause):
        return {Act.DONT_KNOW, Act.QUESTION} if part.asks else {Act.DONT_KNOW}
    plain = agreement.is_plain(clause)
    asks = part.asks or (not plain and _QUESTION.search(clause) is not None and not _NO_QUESTION.search(clause))
    return {Act.QUESTION} if asks else set()


def _is_correction(text: str, acts: set[Act], *, values: bool) -> bool:
    match = _CORRECT.search(text)
    if match is None or acts & {Act.YES, Act.DISTRESS, Act.COMPLAINT, Act.CANCEL, Act.LANGUAGE, Act.HUMAN}:
        return False
    return values or not _WEAK_CORRECT.search(match[0])
