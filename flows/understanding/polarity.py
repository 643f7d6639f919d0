"""Whether a short clause agrees or refuses, when every word of it is a word of agreeing, refusing or none of both.

One word that is not known here decides nothing: then the person said something else as well.
"""

import re
from collections.abc import Iterator

_LONGEST = 60
_MOST_WORDS = 11


def _words(text: str) -> list[str]:
    return text.split()


# Set phrases first: what they say is not what their words say.
_PHRASES = (
    (
        "+",
        r"no (?:problems?|worries|objections?|issues?|complaints?|question about it|doubt)(?: at all)?|not a problem|"
        r"not an issue|why (?:ever )?not|(?:don't|dont|do not|can't|cannot) see (?:any reason )?why not|nothing wrong|"
        r"nothing to (?:change|add|correct)|no (?:changes?|corrections?)(?: needed)?|i (?:don't|do not) mind|"
        r"(?:don't|do not) mind if i do|can't wait|you bet|by all means|be my guest|with pleasure|go (?:ahead|on|"
        r"for it)|"
        r"do it|will do|bang on|(?:be|be just) (?:grand|lovely|great|good|fine|ideal|perfect|brilliant)|carry on|"
        r"let's (?:go|do it|do that|get on with it)|for sure|of course|count (?:me|us) in|"
        r"spot on|"
        r"no brainer|too right|damn right|happy days|thumbs up|crack on|(?:that|it) (?:checks out|adds up|will do|"
        r"'ll do)|"
        r"you(?:'ve| have)? nailed it|(?:hit|you hit) the nail on the head|couldn't (?:have (?:put|said) it|agree|be|"
        r"have been) (?:better|more|any better|righter)(?: myself)?|(?:that|this|it)(?:'s| is) the (?:one|ticket)|"
        r"(?:that|this|it)'ll do(?: (?:nicely|me|fine|us))?|that does it|dead right|right you are|fair enough|"
        r"sounds like a plan|"
        r"(?:i'm|im|we're) (?:up for (?:it|that)|all for it|game)|let's (?:roll|have it|crack on)|can (?:can|la|lah)|"
        r"ok can|what (?:are we|you) waiting for|ha+n ji|ji ha+n|"
        r"as you (?:say|wish|like)|you're (?:right|the boss)|(?:looks|sounds|seems|reads) like (?:us|me|my \w+)",
    ),
    (
        "N",
        r"not (?:in a million years|on your life|likely|by a long way|a bit of it|in the slightest|even close)|"
        r"i'd (?:sooner|prefer|rather) not|out of the question|no (?:deal|siree|la|lah|thx|fear)|not on|"
        r"(?:no|not a) chance|no way|no need|no thank(?:s| you)|no ta|i'd rather not|rather not|hard pass|i'll pass|"
        r"not (?:really|quite|exactly|at all|for me|today|my cup of tea)|over my dead body|forget (?:it|that)|"
        r"count (?:me|us) out|leave me alone|when hell freezes over|in your dreams|"
        r"far from it|quite the opposite|i (?:pass|object)|you must be joking|are you (?:joking|kidding)|"
        r"thanks but no|not what (?:i|we) (?:said|meant|want|wanted|asked for)|(?:ok|yes|good|great|fine|"
        r"right)? ?i think not",
    ),
    (
        "?",
        r"not (?:bad|sure|certain)|yes and no|yeah,? right|no idea|(?:i'm|im|we're) (?:good|fine|ok|okay|alright)|"
        r"as if|not yet|not now|"
        r"no comment|(?:i|we) (?:guess|suppose|think|hope)|can't (?:say|tell)|do not know|don't know|dont know|"
        r"good question|not (?:saying|agreeing)",
    ),
)
_YES = frozenset(
    _words(
        """
    yes yeah yep yup yea ya yh aye ok okay okey okie k kk sure certainly definitely absolutely indeed agreed agree
    alright fine right correct true accurate good great perfect lovely brilliant excellent happy confirm confirmed
    confirming accept accepted exactly precisely affirmative totally gladly roger cool works proceed continue
    approve approved consent willing yessir yess yesss uh-huh mhm gd gr8 gud yh si sí oui ja haan hanji da yap yebo
    """
    )
)
_NO = frozenset(
    _words(
        """
    no nope nah naw nay not never none nothing nobody isn't isnt aren't arent wasn't wasnt weren't don't dont
    doesn't doesnt didn't didnt won't wont wouldn't wouldnt can't cant cannot couldn't haven't havent hasn't
    shouldn't ain't neither without
    """
    )
)
_STANDING_NO = frozenset(
    _words(
        """
    no nope nah naw nay never none nothing nobody nein nahi nahin
    """
    )
)
"""Words that refuse by themselves; the others of `_NO` turn what they stand before."""
_AGAINST = frozenset(
    _words(
        """
    wrong incorrect false refuse refused decline declined disagree reject rejected negative mistaken
    """
    )
)
_NEUTRAL = frozenset(
    _words(
        """
    i i'm im i'd id i've i'll we we're we've we'll you you're
    you've you'd that'd it'd it it's its that that's thats this these those they
    them he she me us my mine our ours your is are am was were be been being do does did have has had would will
    should could can a an the to with for by of on in at all and so then just very really quite much pretty oh ah
    well hmm hm um er erm uh now here there please pls plz thanks thank thx ta cheers mate sir madam love guys looks
    look sounds sound seems seem says said like want wanna need go ahead business company shop firm name one ones
    thing everything anything any details detail info information data address number what's there's yes, too also
    still actually honestly basically think bit course way both as same as above written shown stated give giving
    got get going say saying tell prefer rather sign submit share allow authorise authorize connect link upload
    them again afraid sorry kindly course lah la leh ah ma'am boss bro pal love
    """
    )
)
_ASKING = frozenset(_words("is are am was were do does did can could will would should have has may"))
"""A clause that begins with one of these asks."""
_ZH_ASKING = re.compile(
    r"[行好对是中成要能会意同续以](?:不|没|没有|否)(?:啊|呀|呢|嘛)?$|(?<![没无冇])(?:啥|什么)(?:了|啊|呀|呢)?$|还是[不没]"
)
_WORD = re.compile(r"[a-zí][a-zí'-]*")
_PHRASE_PATTERNS = tuple((sign, re.compile(rf"(?<![a-z'])(?:{words})(?![a-z'])")) for sign, words in _PHRASES)

_ZH_PHRASES = (
    (
        "+",
        "没问题 没有问题 没啥问题 没什么问题 没得问题 冇问题 没错 没毛病 没意见 没有意见 没异议 无异议 无误 冇意"
        "见 不错就是 可不是 可不嘛 有什么不行 有啥不行 为什么不 "
        "何乐不为 不反对 不介意 就按你说的 按你说的 听你的 就这样 就这么 就这么着 办吧 来吧 开始吧 弄吧 发吧 提"
        "交吧 签吧 照你说的 照办 "
        "看着没问题 错不了 没差 "
        "不用改 不需要改 没什么要改 没有要改 一点不差 一点没错 分毫不差 丝毫不差 一字不差 "
        "没得说 冇错 冇得弹 说得对 讲得对 就它了 就是它了 就这个了 就这么定了 没得挑",
    ),
    (
        "N",
        "算不上 谈不上 要不得 用不着 犯不着 免了 免谈 哪有 怎么可能 没门 没戏 做梦 想得美 休想 门都没有 没这回事"
        " 瞎说 胡说 扯淡 哪有的事 没有的话 才怪 没有这回事 没这种事 没这事 没这些事 没有的事 没有这些 "
        "没有这种 没那回事 没必要",
    ),
    (
        "?",
        "不要紧 没关系 不错 不是吧 没准 不一定 说不定 不知道 不清楚 不确定 不好说 没想好 不客气 不好意思 不得不 "
        "不是不 没事 不急 不知 无所谓 不如 不过 不管 "
        "不太清楚 不太确定 没办法 有没有 是不是 对不对 好不好 行不行 可不可以 要不要 能不能 会不会 差不多 好像 "
        "可能 也许 大概 应该 确认一下 再确认 再确定 还没 还没有 还不 没用 我的错 怪我 是不 好不 对不 行不 成不 "
        "要不 中不 不懂 不明白 "
        "没懂 没听懂 没看懂",
    ),
)
_ZH_YES = _words(
    """
    是的 是滴 是 对的 对 好的 好 行 可以 可 同意 确认 确定 正确 准确 属实 愿意 接受 成 中 妥 当然 肯定 必须 嗯 恩 昂
    系 啱 要得 没话说 继续 一致 嗯呐 嗯那 嗯嗯 阔以 阔以的 妥了 巴适 正解 对头 ok okay yes yep
    """
)
_ZH_NO = _words(
    """
    不用 不用了 不 没有 没 无 未 别 非 唔 冇 莫 甭 木有 no nope
    """
)
_ZH_AGAINST = _words(
    """
    错误 错 有误 否 拒绝 反对 搞错 弄错
    """
)
_ZH_NEUTRAL = _words(
    """
    千万 万万 一点 一点儿 得 我们 我 你们 你 您 咱们 咱 俺 它 这个 那个 这些
    那些 这家 那家 这样 那样 这么 那么 这 那 就 也 都 全部 全 完全
    绝对 真的 真 的确 确实 实在 很 挺 太 蛮 还 还是 再 又 才 只 的 了 啊 呀 哦 噢 喔 呢 哈 嘛 啦 哟 吧 呗 哒 诶 欸
    哎 唉 喽 嘞 咧 滴 喎 咯 噶 授权 提交 签字 签 连接 查 嘅 哇
    耶 本人 自己 公司 本店 店铺 店 家 企业 信息 资料 内容 名字 名称 地址 上面 以上
    下面 情况 东西 事情 事 记录 看 觉得 认为 说 讲 办 做 弄 按 照 写 填 一下 一个 一 个 谢谢 谢了 麻烦 请 老板 亲
    朋友 从来 从 一直 过 有 要 想 需要 能 会 去 来 给 和 跟 与 在 里 上 什么 啥 任何 根本 暂时 现在 目前 先 吗的 们
    人 是吧 据我所知 着 着呢 说得 讲得 麻烦你了 麻烦您了 辛苦 辛苦了 多谢 唔该 嘞 咩 啫 先生 老师 姐 哥
    """
)
_ZH_SIGNS = {
    **dict.fromkeys(_ZH_NEUTRAL, " "),
    **dict.fromkeys(_ZH_YES, "+"),
    **dict.fromkeys(_ZH_NO, "n"),
    **dict.fromkeys(_ZH_AGAINST, "-"),
    **{phrase: sign for sign, words in _ZH_PHRASES for phrase in words.split()},
}
_ZH_LONGEST = max(map(len, _ZH_SIGNS))


def of(clause: str, *, declaring: bool = False) -> bool | None:
    """True when a folded clause agrees, False when it refuses, None when it says anything else or both.

    `declaring`: it answers a declaration, which only a plain no denies and nothing here affirms.
    """
    if not clause or len(clause) > _LONGEST:
        return None
    chinese = any("\u4e00" <= char <= "\u9fff" for char in clause)
    signs = {sign for sign in (_chinese(clause) if chinese else _english(clause)) if sign != " "}
    if not signs or signs & {"?", "x"} or {"+", "-"} <= signs or {"n", "-"} <= signs:
        return None
    if declaring and signs & {"+", "-"}:
        return None
    return signs == {"+"}


def _english(clause: str) -> Iterator[str]:
    rest = clause
    for sign, pattern in _PHRASE_PATTERNS:
        rest, count = pattern.subn(" ", rest)
        yield from sign * count
    words = _WORD.findall(rest)
    if len(words) > _MOST_WORDS or re.search(r"[^a-zí' -]", rest):
        yield "x"
        return
    if len(words) > 1 and words[0] in _ASKING:
        yield "x"
    for word in words:
        yield (
            " "
            if word in _NEUTRAL
            else "+"
            if word in _YES
            else "N"
            if word in _STANDING_NO
            else "n"
            if word in _NO
            else "-"
            if word in _AGAINST
            else "x"
        )


def _chinese(clause: str) -> Iterator[str]:
    """The signs of a clause cut into the longest words known from left to right."""
    place, text = 0, clause.replace(" ", "")
    if _ZH_ASKING.search(text):
        yield "x"
    while place < len(text):
        for length in range(min(_ZH_LONGEST, len(text) - place), 0, -1):
            sign = _ZH_SIGNS.get(text[place : place + length])
            if sign is not None:
                yield sign
                place += length
                break
        else:
            yield "x"
            return
