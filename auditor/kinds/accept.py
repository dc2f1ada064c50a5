"""How an answer is taken: text, JSON and widget values in, one normal form out (`auditor.audit.Value`).

Nothing given (None, blank text, an empty list) is None: it clears the answer. What cannot be taken raises an
`AuditorError` of the area `answer` that names the item and what is allowed.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from auditor.audit import Value
from auditor.checklist.model import NA_CODES, Checklist, Item, NaCode
from auditor.errors import AuditorError
from auditor.figures import whole
from auditor.text import clean_text
from auditor.words import tr

MOST_OCCURRENCES = 9_999
LONGEST_DURATION = 360_000
"""Seconds: a hundred hours."""

_NUMBER = re.compile(r"[+-]?(\d{1,12})(\.\d{0,30})?|[+-]?\.\d{1,30}", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?", re.ASCII)
_COLONS = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,30})?)", re.ASCII)
_UNITS = re.compile(
    r"(?:(\d{1,4})(?:小时|时|h))?(?:(\d{1,6})(?:分钟|分|min|m))?(?:(\d{1,7}(?:\.\d{1,30})?)(?:秒|s))?", re.ASCII
)


def _refused(key: str, item: Item, raw: object, **more: object) -> AuditorError:
    return AuditorError(f"answer.{key}", item=item.id, title=item.text, given=_quoted(raw), **more)


def _quoted(raw: object) -> str:
    text = clean_text(_words(raw))
    return f"{text[:60]}…" if len(text) > 60 else text


def _words(raw: object) -> str:
    """`raw` as text, its beginning only: hostile input may be endless."""
    endless = isinstance(raw, int) and raw.bit_length() > 600
    return "…" if endless else str(raw)[:200]


def _blank(raw: object) -> bool:
    return raw is None or raw in ((), []) or (isinstance(raw, str) and not raw.strip())


def _compact(raw: object) -> str:
    """Text for a figure: full-width digits and colons made plain, blanks taken out."""
    return "".join(unicodedata.normalize("NFKC", _words(raw)).split())


def _decimal(raw: object) -> Fraction | None:
    """A plain finite number, or None."""
    if isinstance(raw, bool):
        return None
    text = f"{raw:f}" if isinstance(raw, Decimal) else repr(raw) if isinstance(raw, float) else _compact(raw)
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def to_places(x: Fraction, decimals: int) -> Decimal:
    """`x` half-up with exactly `decimals` places (S5: the stored value is the shown value is the banded value)."""
    return Decimal(whole(x, decimals)).scaleb(-decimals)


def choice(item: Item, raw: object) -> Value:
    return None if _blank(raw) else _option(item, raw)


def _option(item: Item, raw: object) -> str:
    """The id of one of the item's options."""
    ids = [one.id for one in item.options]
    name = unicodedata.normalize("NFC", raw.strip()) if isinstance(raw, str) else str(raw)
    if name in ids:
        return name
    allowed = tr("common.comma").join(f"{one.id} ({one.text})" for one in item.options)
    near = get_close_matches(name[:100], ids, 1)
    if near:
        raise _refused("option_near", item, raw, allowed=allowed, near=near[0])
    raise _refused("option", item, raw, allowed=allowed)


def multi(item: Item, raw: object) -> Value:
    """Several option ids, from a list or from text with commas; in the checklist's order, each once."""
    if _blank(raw):
        return None
    given = re.split(r"[,，、;；\s]+", raw.strip(" ,，、;；\t\n")) if isinstance(raw, str) else raw
    if not isinstance(given, Iterable) or isinstance(given, dict):
        raise _refused("several", item, raw)
    chosen = {_option(item, one) for one in given}
    alone = [one for one in item.options if one.exclusive and one.id in chosen]
    if alone and len(chosen) > 1:
        raise _refused("exclusive", item, raw, option=alone[0].id, text=alone[0].text)
    return tuple(one.id for one in item.options if one.id in chosen) or None


def occurrences(item: Item, raw: object) -> Value:
    return None if _blank(raw) else _whole(item, raw, 0, MOST_OCCURRENCES)


def rating(item: Item, raw: object) -> Value:
    return None if _blank(raw) else _whole(item, raw, item.low, item.high)


def _whole(item: Item, raw: object, low: int, high: int) -> int:
    value = _decimal(raw)
    if value is None or value.denominator != 1 or not low <= value <= high:
        raise _refused("whole", item, raw, low=low, high=high)
    return int(value)


def number(item: Item, raw: object) -> Value:
    """Half-up to the item's decimals."""
    if _blank(raw):
        return None
    value = _decimal(raw)
    if value is None or abs(value) >= 10**12:
        raise _refused("number", item, raw, decimals=item.decimals)
    return to_places(value, item.decimals)


def duration(item: Item, raw: object) -> Value:
    """Seconds half-up to 0.1 s, from `12.5`, `1:05`, `1:02:05`, `6分08秒`, `6 min 8 s`."""
    if _blank(raw):
        return None
    seconds = (
        Fraction(raw // datetime.timedelta(microseconds=1), 10**6)
        if isinstance(raw, datetime.timedelta)
        else _seconds(raw)
    )
    if seconds is None or not 0 <= seconds <= LONGEST_DURATION:
        raise _refused("duration", item, raw, hours=LONGEST_DURATION // 3600)
    return to_places(seconds, 1)


def _seconds(raw: object) -> Fraction | None:
    plain_seconds = _decimal(raw)
    if plain_seconds is not None or not isinstance(raw, str):
        return plain_seconds
    text = _compact(raw).lower()
    colons = _COLONS.fullmatch(text)
    found = colons or _UNITS.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    hours, minutes, seconds = (Fraction(part or 0) for part in found.groups())
    if colons and (seconds >= 60 or (found[1] and minutes >= 60)):
        return None
    return hours * 3600 + minutes * 60 + seconds


def time(item: Item, raw: object) -> Value:
    """`HH:MM` or `HH:MM:SS`, 24 hours."""
    if _blank(raw):
        return None
    text = raw.isoformat("seconds" if raw.second else "minutes") if isinstance(raw, datetime.time) else _compact(raw)
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise _refused("time", item, raw)
    return ":".join(f"{int(part):02}" for part in found.groups() if part is not None)


def date(item: Item, raw: object) -> Value:
    """`YYYY-MM-DD`; `2026/3/5` and `2026年3月5日` are taken too."""
    if _blank(raw):
        return None
    day = raw.date() if isinstance(raw, datetime.datetime) else raw
    found = _DAY.fullmatch(_compact(day.isoformat() if isinstance(day, datetime.date) else day))
    try:
        return datetime.date(*(int(part) for part in found.groups())).isoformat() if found else _no_day(item, raw)
    except ValueError:
        return _no_day(item, raw)


def _no_day(item: Item, raw: object) -> Value:
    raise _refused("date", item, raw)


def text(item: Item, raw: object) -> Value:
    if _blank(raw):
        return None
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise _refused("text", item, raw)
    return clean_text(str(raw)) or None


def photo(item: Item, raw: object) -> Value:
    """Photos are added to an answer as files; there is no value beside them."""
    if _blank(raw):
        return None
    raise _refused("photo", item, raw)


def info(item: Item, raw: object) -> Value:
    if _blank(raw):
        return None
    raise _refused("info", item, raw)


def na_codes(checklist: Checklist, item: Item) -> tuple[NaCode, ...]:
    """The not-applicable codes that may be given for an item (S3): its own, else the checklist's."""
    if item.kind == "info" or item.computed:
        return ()
    return checklist.na_codes if item.na_codes is None else item.na_codes


def accept_na(checklist: Checklist, item: Item, raw: object) -> NaCode | None:
    """A not-applicable code, or None for nothing given; raises `answer.na` where the checklist does not allow it."""
    if _blank(raw):
        return None
    allowed = na_codes(checklist, item)
    name = str(raw).strip()
    found: NaCode | None = next((one for one in NA_CODES if one == name), None)
    if found is not None and found in allowed:
        return found
    if not allowed:
        raise _refused("na_never", item, raw)
    raise _refused(
        "na", item, raw, allowed=tr("common.comma").join(f"{one} ({tr(f'common.na.{one}')})" for one in allowed)
    )
