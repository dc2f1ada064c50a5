"""The one gate through which text enters (design §5)."""

from __future__ import annotations

import re
import unicodedata

from auditor.errors import AuditorError

LONGEST = 40_000
"""The most characters a note, a reason or an answer may have."""

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")


def clean_text(raw: str, limit: int = LONGEST) -> str:
    """`raw` as it may be stored: NFC, line ends `\\n`, no control characters (but tab and line end), no lone
    surrogates, no U+FFFE/U+FFFF. Blanks stay: a person may still be typing.

    Raises `answer.too_long` beyond `limit` characters.
    """
    if len(raw) <= limit and raw.isascii() and raw.isprintable():
        return raw
    if len(raw) > 4 * limit:
        raise AuditorError("answer.too_long", length=len(raw), limit=limit)
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", raw))
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise AuditorError("answer.too_long", length=len(text), limit=limit)
    return text
