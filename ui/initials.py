"""First letters of Chinese words, for typing `cdzh` to find 城东支行."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

# The first 3,755 characters of GB 2312 stand in the order of their pronunciation; each letter begins at one of these.
_STARTS = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_CODES = [int.from_bytes(char.encode("gb2312"), "big") for char in _STARTS]
_LAST = 0xD7F9
_OTHERS = {"行": "h", "长": "c", "重": "c", "厦": "x", "都": "d", "乐": "l", "曾": "z", "泾": "j", "浦": "p", "濠": "h"}
"""Sounds a bank's names mean where a character has several, or stands in the part ordered by radicals."""
_MORE = {
    "b": "亳汴蚌", "c": "郴琛岑澄", "d": "砀砥", "f": "涪汾", "g": "赣莞", "h": "珲湟邯灏",
    "j": "犍暨鄄璟", "k": "恺", "l": "泸漯溧浏涞琅郦麓", "m": "岷沔渑", "o": "瓯", "p": "邳鄱莆濮",
    "q": "衢淇", "r": "睿", "s": "歙嵊泗睢沭晟", "t": "潼郯", "w": "婺渭皖", "x": "鑫浔浠轩勖煦",
    "y": "鄞黟鄢弋毓邕", "z": "淄诏柘涿梓沚",
}  # fmt: skip
_OTHERS |= {char: letter for letter, chars in _MORE.items() for char in chars if char not in _OTHERS}


@lru_cache(maxsize=20_000)
def initials(text: str) -> str:
    """`城东支行` → `cdzh`; letters and digits stay (lower case), what has no known sound is left out."""
    return "".join(_letter(char) for char in text)


def _letter(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    if char in _OTHERS:
        return _OTHERS[char]
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    return _LETTERS[bisect_right(_CODES, code) - 1] if _CODES[0] <= code <= _LAST else ""
