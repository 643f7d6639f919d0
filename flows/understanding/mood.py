"""In what mood a sentence speaks of a number: asked about, under a condition, or pointed back at as what is wanted."""

import re

_THAT_MUCH = re.compile(
    r"[\s,，.;。](?:so |and |就|我就?|那就?)*(?:(?:that|this)(?:'?s| is)(?: exactly| all| just)? (?:what|how much|"
    r"the (?:amount|sum|figure))"
    r" (?:i|we)(?:'?d| would|'?m|'?re)? (?:need|want|like|after|borrow)|"
    r"(?:that|this) (?:much|amount|figure)|so that(?: please| pls| then)?[\s.!]*$|(?:exactly )?that (?:please|pls|"
    r"then)|"
    r"就(?:这个数|这么多|这些)(?:了|吧)?[。!]?$|(?:借|贷|要|按|申请)(?:这个|这么|这些|那么)(?:多|数|金额|数目|钱)?(?!的))"
)
"""What points back at the one number of a message as the amount: 就借这个数."""
_HOW_MUCH = re.compile(
    r"(?:能|可以|可)(?:贷|借|批)(?:到|给我)?多少|(?<![a-z])how much (?:can|could|would|will) (?:i|we|you)(?! pay| be "
    r"paying| repay)"
)
"""A question after the size of the loan, beside which a number is no answer."""
_INVERTED = re.compile(
    r"\s*(?:(?:hi|hello|hey|ok|okay|so|and|but|well|then|hmm|um|please|now)[\s,]+)*"
    r"(?:would (?:you|u)(?: guys)? (?:do|go to|go as high as|consider|stretch to)|is|are|was|would|wud|can|could|"
    r"does|do|will|"
    r"might|isn'?t|wouldn'?t|won'?t|shall)(?: not)?"
    r"(?: (?:a|an|the|my|about|around|roughly|asking|borrowing|taking|having|getting|wanting|for|loan|loans|of|say|"
    r"something|like|over|in|within|across|and|just|only|even|lending|paying|back|it|spread|spreading))*\s*"
)
"""What stands before a number that is asked about, other numbers left out."""
_WOULD_YOU = re.compile(r"(?<![a-z])would (?:you|u)(?![a-z])")
_PROPOSES = re.compile(
    r"[\s,]*(?:(?:over|for|in|and|within|across|on|a|the|loan|term|of|period|to (?:ask|borrow|request)(?: for)?|then|"
    r"still|really|also|all|"
    r"sound|seem|look|be|feel|actually|quite|a bit|bit|totally|completely)[\s,]+)*"
    r"(?:ok\w*|fine|al+ ?right|possible|poss|doable|feasible|realistic|reasonable|sensible|acceptable|allowed|"
    r"available|enough|sufficient|too (?:much|long|big|high|many|little|short|small|dear|low|cheeky|ambitious|"
    r"expensive)|a lot|dear|pricey|expensive|steep|cheeky|work|do|suit|good|normal|approved|accepted|an option|"
    r"manageable|affordable|achievable|permitted|granted|qualif\w+|within (?:reach|limits?)|silly|mad|excessive|"
    r"unreasonable|unrealistic|greedy|something (?:you|u|that)|within)(?![a-z])"
)
"""What is asked of a number that is proposed by the question."""
_POLITE = (
    r"(?:(?:that|it|this)(?:'?s| is| was| were| works?| suits?| helps?| makes?| can be| could be)(?! (?:cheap|dear|"
    r"under|"
    r"below|less|more|too|early|over|expensive|free|low|interest|fixed|[0-9]))|poss\w*|able|you (?:can|could|would|"
    r"don'?t mind|need|must|want|wanted|ask)|u can|(?:that|it)'?s (?:ok\w*|fine|"
    r"poss\w*|al+ ?right|allowed|doable|available|easier|helpful)|(?:i|we) (?:may|can|could|might|remember|recall|"
    r"had to|"
    r"have to|must|am|'m|understand)|i'?m (?:honest|right|allowed|not mistaken)|allowed|permitted|memory|"
    r"that (?:is|works|helps|makes)|this (?:is|works)|anything|not)(?![a-z])"
)
_CONDITION = re.compile(
    rf"(?:^|[,.;!] ?|(?<![a-z])(?:only|but|ok|okay|yes|yeah|so|well|and) )"
    rf"(?:if|as long as|so long as|provided(?: that)?|unless|assuming|on condition(?: that)?|depending on|subject to) "
    rf"(?!{_POLITE})[^,.;!?]*[a-z][^,.;!?]*,|"
    r"(?:^|[.;!] ?)(?:when|once) (?!i |we (?:started|opened|began))[^,.;!?]*(?:,| (?:i|we)(?:'ll| will|'d| would) )|"
    r"(?:如果|(?<!主)要是|只要|假如|若(?!干)是?|除非|倘若|(?<![0-9一二两三四五六七八九十百千几])万一|前提是)(?!可以|"
    r"能|行|方便|允许|批|没问题|您|说实话)[^。!?]*[,， ]|"
    r"(?:利[息率]|费用?|月供|手续费)[^,，。]{1,12}(?:的话)?[,，]?(?:我|咱)?(?:们)?就|的话[,，][^,，]{0,3}$"
)
"""A condition at the beginning of a sentence."""
_SENTENCE = re.compile(r"[。；;!?！？\n]|\.(?![0-9])")


def is_pointed_at(text: str, end: int) -> bool:
    """Whether words after a number point back at it as what is wanted: "the quote was 8,430, so that please"."""
    return _THAT_MUCH.search(text, end) is not None


def asks_how_much(text: str) -> bool:
    """Whether a text asks how large the loan could be."""
    return _HOW_MUCH.search(text) is not None


def is_inverted(left: str) -> bool:
    """Whether the words before a number, others left out, make a question of it: is 30k dear, would 24 months do."""
    return _INVERTED.fullmatch(left) is not None


def is_proposed(left: str, right: str) -> bool:
    """Whether a question that is asked of a number proposes it: "would you do 30k", "is 30k too much"."""
    return _WOULD_YOU.search(left) is not None or _PROPOSES.match(right) is not None


def hangs_on(text: str, start: int) -> bool:
    """Whether the sentence begins with a condition that this number is only said under: "if it is cheap, 4 years"."""
    return _CONDITION.search(_SENTENCE.split(text[:start])[-1]) is not None
