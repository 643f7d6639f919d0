"""Whether a correction is said outright ("make it 25k", 期限改成18个月) or may tell of something else."""

import re

from flows.understanding.reading import Reading

_MOST_WORDS = 6
_MOST_CHARACTERS = 10
# Somebody or something else of whom a number may be told.
_OTHERS = re.compile(
    r"(?<![a-z])(?:he|she|they|his|her|their|(?:landlord|supplier|customer|client|wife|husband|partner|brother|sister|"
    r"bank|court|lawyer|neighbou?r|friend|rent|lease|deposit|price|invoice|bill)(?:'s)?)(?![a-z])"
    r"|[他她]|房东|供应商|客户|顾客|对方|法院|律师|银行|邻居|朋友|老婆|老公|房租|租金|押金|单价|价格|发票|账单"
)
_ORDERS = re.compile(
    r"(?:^|[,.;!?] ?|(?<![a-z])(?:please|you|to|let'?s|and|no|sorry|actually|wait) )"
    r"(?:just )?(?:chang|mak|set|updat|amend|correct|increas|reduc|lower|rais|extend|shorten|put)\w*(?![a-z])"
    r"|(?:it|that|amount|term|loan|period)s? should(?![a-z])|instead|改|换成|更正|应该是|应为|[增减加降提]\w?[到至]"
)


def is_outright(reading: Reading) -> bool:
    """Whether a message that corrects hardly says more than its values, or orders the change in so many words."""
    text = reading.text.casefold()
    if _OTHERS.search(text):
        return False
    return _says_little_else(reading) or _ORDERS.search(text) is not None


def _says_little_else(reading: Reading) -> bool:
    left = list(reading.text)
    for each in reading.values:
        left[each.span[0] : each.span[1]] = " " * (each.span[1] - each.span[0])
    rest = "".join(left)
    return (
        len(re.findall(r"[A-Za-z]{2,}", rest)) <= _MOST_WORDS
        and len(re.findall(r"[\u4e00-\u9fff]", rest)) <= _MOST_CHARACTERS
    )
