"""Chinese numerals: 一万二, 3百万, 1万5, 贰拾伍万叁仟, 二〇一九, 1.5亿. Strict: what is not well formed is refused."""

from dataclasses import dataclass
from decimal import Decimal

DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "两": 2,
    "弍": 2,
    "幺": 1,
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 2, "卄": 2, "卅": 3}
"""Twenty and thirty in one character, in use in Cantonese and in old accounts."""
LARGE = {"万": 10**4, "亿": 10**8}
NUMERALS = "".join(dict.fromkeys((*DIGITS, *TENS, *SMALL, *LARGE)))


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a run of numerals is no number: `range` (两三万) or `ambiguous`."""

    why: str


def parse(run: str) -> Decimal | Refused:
    """The number a run of Chinese numerals, perhaps mixed with ASCII digits, writes.

    A single digit at the end counts one place below the unit before it: 一万二 is 12,000.
    """
    tokens = _tokens(run)
    if tokens is None:
        return Refused("ambiguous")
    if all(isinstance(token, Decimal) for token in tokens):
        return _section(tokens)
    total = Decimal(0)
    rest = tokens
    for large in ("亿", "万"):
        if large not in rest:
            continue
        place = rest.index(large)
        head, rest = rest[:place], rest[place + 1 :]
        count = _section(head)
        if isinstance(count, Refused):
            return count
        if count <= 0 or (large == "万" and count >= 10**4 and "亿" in tokens):
            return Refused("ambiguous")
        total += count * LARGE[large]
        if len(rest) == 1 and _is_tail(rest[0]) and count == int(count):
            return total + Decimal(str(rest[0])) * LARGE[large] / 10
    if not rest:
        return total
    if total and total != int(total):
        return Refused("ambiguous")
    count = _section(rest)
    if isinstance(count, Refused):
        return count
    return total + count if _fits(rest, count, 10**4 if total else None) else Refused("ambiguous")


def _fits(rest: list[Decimal | str], count: Decimal, below: int | None) -> bool:
    """Whether what follows 万 is written as one number: 1万5千, 1万零5, 1万5000, but not 1万12."""
    if below is None:
        return True
    led_by_zero = rest[0] == Decimal(0) and len(rest) > 1
    return count < below and (led_by_zero or count >= below // 10 or (rest[-1] == "百" and len(rest) == 2))


def _is_tail(token: Decimal | str) -> bool:
    return isinstance(token, Decimal) and 1 <= token <= 9 and token == int(token)


def _tokens(run: str) -> list[Decimal | str] | None:
    """Digits as numbers, units as their plain character; 点 makes a decimal. None for a stray 点."""
    tokens: list[Decimal | str] = []
    written = ""
    for char in run:
        if char.isascii():
            written += char
            continue
        if written:
            tokens.append(Decimal(written))
            written = ""
        if char == "点":
            tokens.append("点")
        elif char in TENS:
            tokens.extend((Decimal(TENS[char]), "十"))
        elif char in DIGITS:
            tokens.append(Decimal(DIGITS[char]))
        else:
            tokens.append({"拾": "十", "佰": "百", "仟": "千"}.get(char, char))
    if written:
        tokens.append(Decimal(written))
    return _with_decimals(tokens) if "点" in tokens else tokens


def _with_decimals(tokens: list[Decimal | str]) -> list[Decimal | str] | None:
    """Join `whole 点 digits` into one decimal number."""
    place = tokens.index("点")
    end = place + 1
    while end < len(tokens) and isinstance(tokens[end], Decimal):
        end += 1
    digits = tokens[place + 1 : end]
    if not digits or place == 0 or "点" in tokens[end:]:
        return None
    if not all(isinstance(digit, Decimal) and digit == int(digit) for digit in digits):
        return None
    whole = _section(tokens[:place])
    if isinstance(whole, Refused) or whole != int(whole):
        return None
    return [Decimal(f"{int(whole)}." + "".join(str(digit) for digit in digits)), *tokens[end:]]


def _spelled(tokens: list[Decimal | str]) -> Decimal | Refused:
    """One number, or digits read one after another (一五〇〇〇); 两三 and 五六 name a range."""
    numbers = [token for token in tokens if isinstance(token, Decimal)]
    if len(numbers) == 1:
        return numbers[0]
    if any(number != int(number) or number > 9 for number in numbers):
        return Refused("ambiguous")
    if len(numbers) == 2 and numbers[1] - numbers[0] == 1:
        return Refused("range")
    if len(numbers) < 3:
        return Refused("ambiguous")
    return Decimal("".join(str(int(number)) for number in numbers))


def _section(tokens: list[Decimal | str]) -> Decimal | Refused:
    """A number below ten thousand, or any single number: 三千五百, 三千五, 12.5, 十五."""
    if not tokens:
        return Refused("ambiguous")
    if all(isinstance(token, Decimal) for token in tokens):
        bare = [token for token in tokens if token != Decimal(0)] if tokens[0] == Decimal(0) else tokens
        return _spelled(bare or tokens[:1])
    total, count, last = Decimal(0), None, 10**4
    zero = False
    for token in tokens:
        if isinstance(token, Decimal):
            if token == 0 and count is None:
                zero = True
                continue
            if count is not None:
                near = token == count + 1 and token <= 9
                return Refused("range" if near else "ambiguous")
            count = token
            continue
        unit = SMALL.get(token, 0)
        if count is None and unit == 10:
            count = Decimal(1)
        if count is None or not unit or unit >= last or (count > 9 and last != 10**4) or (count > 99 and unit > 1):
            return Refused("ambiguous")
        total, count, last, zero = total + count * unit, None, unit, False
    if count is None:
        return total
    if total != int(total) or count != int(count) or count > 99:
        return Refused("ambiguous")
    return _ending(total, count, last, zero)


def _ending(total: Decimal, count: Decimal, last: int, zero: bool) -> Decimal | Refused:
    """A number at the end of a section: units after 十 or 零, otherwise one place down (三千五)."""
    if last == 10**4:
        return count
    if zero or last == 10:
        return total + count if count < 10 else Refused("ambiguous")
    return total + count * last / 10 if count < 10 else Refused("ambiguous")
