"""Folds spelling variants of characters, one character to one, so that every index stays true.

Full-width forms become ASCII, traditional characters that our words use become simplified, letters
become small. A full-width comma stays what it is: it never groups thousands.
"""

import re
import unicodedata

_TRADITIONAL = (
    "萬億兩貳參叄陸圓圆塊錢個員貸進貨裝設備機車買賣開業還幫轉問請嗎麼們說話電號碼長間時應該對錯換變調額數幾餘約過這樣"
    "誰點與從給聯係繫經營證護國幣歐鎊盧務審見詐騙訴債償閱親難壓後內無沒關於續確認絕顧複復聽講語簡體漢總裡裏廠鋪產購採"
    "庫稅費發達門歲隻啟動資擴張創辦併條賠僱夥計師職劃範圍實際決擇選項別種類則準報書寫謝為爲妳祇僅讓邊遠東飯館麵貓魚雞"
    "藥撥據協議規銀執誤會惱嚇煩緊晝週傢俱專線傳統園樓廈隊層當曉題臺訊違舊佔爾潤佈針紙嘅"
)
_SIMPLIFIED = (
    "万亿两贰叁叁陆元元块钱个员贷进货装设备机车买卖开业还帮转问请吗么们说话电号码长间时应该对错换变调额数几余约过这样"
    "谁点与从给联系系经营证护国币欧镑卢务审见诈骗诉债偿阅亲难压后内无没关于续确认绝顾复复听讲语简体汉总里里厂铺产购采"
    "库税费发达门岁只启动资扩张创办并条赔雇伙计师职划范围实际决择选项别种类则准报书写谢为为你只仅让边远东饭馆面猫鱼鸡"
    "药拨据协议规银执误会恼吓烦紧昼周家具专线传统园楼厦队层当晓题台讯违旧占尔润布针纸的"
)
_PUNCTUATION = {
    **dict.fromkeys("–—−‐‑‒―﹣ー", "-"),
    **dict.fromkeys("～〜∼˜", "~"),
    **dict.fromkeys("’‘ʼ`´′", "'"),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f", " "),
    **dict.fromkeys("\r\u0085\u2028\u2029", "\n"),
    "￥": "¥",
    "￡": "£",
    "،": "，",
}
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，～｀＇"}
_FOLD = str.maketrans(_FULL_WIDTH | dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)) | _PUNCTUATION)
WORD_STARTS = "(?:(?<![a-z])|(?=[\u4e00-\u9fff]))"
WORD_ENDS = "(?:(?![a-z])|(?<=[\u4e00-\u9fff]))"
"""Word borders for patterns with words of both scripts; Chinese has none."""

GLUE = "\ufffd"
"""Stands for an invisible character inside a word or a number, which makes it unreadable on purpose."""

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")


_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_TWO = re.compile(r"俩(?=个?[年月期万千百])")
_THREE = re.compile(r"仨(?=个?[年月期万千百])")
_WAN = re.compile(r"(?<![a-z0-9.])([0-9]{1,4}个?)w(?=[0-9](?![a-z0-9])|(?<=个w)(?![a-z0-9]))")


def folded(text: str) -> str:
    """`text` with variants folded; same length, so spans in it are spans in `text`."""
    small = _WIDE_COMMA.sub(",", text).lower()
    if len(small) != len(text):
        small = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    small = _WAN.sub(r"\1万", small.translate(_FOLD))  # 3w5 is 3万5
    if "俩" in small:
        small = _TWO.sub("两", small)
    if "仨" in small:
        small = _THREE.sub("三", small)
    if small.isascii() and small.isprintable():
        return small
    small = _CONTROL.sub(GLUE, small)
    return _INVISIBLE.sub(lambda match: _visible(small, match.start(), match.end()), small)


def _visible(text: str, start: int, end: int) -> str:
    """Marks around a text are harmless space; inside a word or number they hide what it says."""
    inside = start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()
    return (GLUE if inside else " ") * (end - start)


def is_word(char: str) -> bool:
    """Whether a character would make a number beside it part of something else.

    Chinese characters do not: Chinese is written without spaces.
    """
    if not char or char in " \n" or "\u4e00" <= char <= "\u9fff":
        return False
    return char in {GLUE, "_"} or char.isalnum() or unicodedata.combining(char) != 0
