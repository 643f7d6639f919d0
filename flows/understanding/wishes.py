"""What people say to move about without answering: go on, pause, where were we, why do you ask that."""

import re
from enum import StrEnum

from flows.understanding.folding import folded


class Wish(StrEnum):
    """A wish about the conversation itself."""

    GO_ON = "go_on"
    ONWARD = "onward"
    PAUSE = "pause"
    WHERE = "where"
    REPORT = "report"


_LONGEST = 60
_NUMBER = re.compile(r"\W*\d{1,3}\W*[个号项]?\W*")
_GO_ON = re.compile(
    r"(?:ok(?:ay)?,? |please |let'?s )?(?:continue|carry on|go on|move on|go ahead|keep going|next(?: (?:one|page|step|"
    r"question))?|proceed|resume|pick up where we left off)(?: please| then)?"
    r"|(?:好的?|那|我们|请)?[,，]?(?:继续|接着(?:来|填|办)?|往下(?:走|来)?|下一?(?:步|页|个|题))(?:吧|填|办|来)?"
)
_AGREED = re.compile(
    r"(?:(?:ok(?:ay)?|yes|yeah|yep|fine|good|great|right|correct|perfect|no problem|sure|thanks|thank you|"
    r"(?:it |this |that |all |everything )*(?:looks?|is|'s|are)? ?(?:all )?(?:good|fine|right|correct|ok))[,.! ]+)+"
    r"|(?:(?:(?:都|全|信息|内容)*(?:好的?|行|可以|没问题|没错|对的?|是的|正确|无误)|嗯|ok|看完了|看过了|谢谢|了|吧)"
    r"[,，。 ]*)+"
)
"""What is said of a page before going on to the next: "looks good, next", 没问题，下一步."""
_PAUSE = re.compile(
    r"(?:please |can we |let'?s )?(?:pause|take a break|stop (?:here )?for (?:now|today))(?: please| here| for now)?"
    r"|i'?ll (?:come back|continue|finish)(?: (?:this|it))? (?:later|tomorrow|tonight|another day|this evening)"
    r"|(?:先)?暂停(?:一下|吧)?|(?:今天)?先(?:到这(?:里|儿)?|停一?下|不弄了)(?:吧|了)?"
    r"|(?:我)?(?:明天|晚上|晚点|改天|回头)再(?:来|填|弄|说|继续)(?:吧)?"
)
_WHERE = re.compile(
    r"(?<![a-z])where (?:were|are) we(?![a-z])|where did we (?:stop|leave off|get to)|what(?:'s| is) next(?![a-z])"
    r"|what was the (?:last )?question|(?:我们|刚才|上次)?(?:说|填|办|弄|进行)到哪(?:里|儿|一?步|了|一?项)"
    r"|刚才问(?:的)?(?:是)?什么|到哪一?步了"
)
_REPORT = re.compile(
    r"(?:(?:can i|could i|may i|i'?d like to|i want to|let me|please|show me|give me|see|get|have|send me) )*"
    r"(?:see |have |get )?(?:my|the|our) (?:business )?(?:credit )?report(?: please)?"
    r"|(?:请|我想|我要|想|要|帮我|给我)*(?:看看|看一下|看|查看|查一下|查|要)?(?:一下)?(?:我的|我们的|企业)?(?:信用|征信)?报告(?:呢|吧|一下)?"
)
_WHY_THIS = re.compile(
    r"(?:but |and )?why(?: (?:do|are|would|should|must) (?:you|i))?"
    r"(?: (?:need(?:ing)?|ask(?:ing)?|want(?:ing)?|require|give|tell|allow|do|share))?"
    r"(?: (?:to know|you|me|for|about))*"
    r"(?: (?:it|that|this|these|those|all (?:this|that)|so (?:much|many)(?: \w+)?|permission|my (?:data|records|"
    r"details)))*"
    r"|(?:你们?|您|请问)?(?:为什么|为啥|干嘛|凭什么)(?:要|得|需要|非要)?(?:问|查|填|知道|授权|同意|这样)?(?:我)?"
    r"(?:这个|这些|这项|那个|这么多)?(?:信息|资料|数据)?(?:呢|啊|呀)?"
)


def is_number(text: str) -> bool:
    """Whether a message is nothing but a small number, perhaps with a sign or a counting word."""
    return _NUMBER.fullmatch(folded(text)) is not None


def wish_of(text: str) -> Wish | None:
    """What a message wishes of the conversation, when it says nothing else."""
    plain = folded(text).strip(" .,!?。，！？")
    if _GO_ON.fullmatch(plain):
        return Wish.GO_ON
    agreed = _AGREED.match(plain) if len(plain) <= _LONGEST else None
    if agreed is not None and _GO_ON.fullmatch(plain[agreed.end() :]):
        return Wish.ONWARD
    if _PAUSE.fullmatch(plain):
        return Wish.PAUSE
    if _REPORT.fullmatch(plain):
        return Wish.REPORT
    return Wish.WHERE if len(plain) <= 48 and _WHERE.search(plain) else None


def asks_why_this(text: str) -> bool:
    """Whether a "why" is about what is on the screen, and names nothing else."""
    return _WHY_THIS.fullmatch(folded(text).strip(" .,!?。，！？")) is not None


_HAS_NONE = re.compile(
    r"(?:sorry,? )?(?:i|we) (?:do not|don'?t|haven'?t|have not|have|'ve)(?: (?:have|got|own|actually))* "
    r"(?:one|any|none|no (?:number|company number|registration(?: number)?)|a (?:company |registration )?number|it)"
    r"(?: (?:yet|to hand|with me|at hand|here))?|(?:not registered|unregistered|no (?:number|registration))(?: yet)?"
    r"|(?:i'?m|i am|we'?re|we are) (?:not registered|unregistered|(?:just )?a sole trader)(?: yet)?"
    r"|(?:我|我们)?(?:还)?(?:没有|没|无)(?:有)?(?:这个|这种|号码?|代码|执照|营业执照|注册|登记|统一社会信用代码)?(?:了|呢|啊|的)?"
    r"|(?:还)?没(?:办|注册|登记)(?:执照|营业执照)?(?:呢|过)?"
)


def has_none(text: str) -> bool:
    """Whether a message says that the owner has not got what was asked for."""
    return _HAS_NONE.fullmatch(folded(text).strip(" .,!?。，！？")) is not None
