"""Times at a copy's precision: exact, half-day or date (P7). Minutes give a shopper away, typed ones too."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_CEILING, Decimal

from auditor import formats
from auditor.checklist.model import Item
from auditor.words import tr
from exports.blocks import Precision
from exports.speech import Speech

MORNING, AFTERNOON = "am", "pm"
"""What is left of a clock time at half-day precision."""

_DIGITS = str.maketrans("０１２３４５６７８９：", "0123456789:")
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_WIDE_CLOCK = re.compile(r"[0-9０-９]+[：:][0-9０-９]+(?:[：:][0-9０-９]+)?|[０-９]+(?=[点时])")
_EARLY = ("上午", "早上", "早晨", "清晨", "凌晨")
_LATE = ("下午", "午后", "傍晚", "晚上", "晚间")
_PREFIX = f"(?:(?P<prefix>{'|'.join(_EARLY)}|中午|午间|{'|'.join(_LATE)})[ 　]*)"
_MINUTES = r"(?:[0-5]?\d分?(?:[0-5]?\d秒)?|[零〇一二三四五六七八九十]{1,3}分(?!之)|半|[一三]刻|整|许|多|左右|钟)"
_NUMBER = r"(?<![\d.:])(?:[01]?\d|2[0-4])"
_SPELT = "(?<![零〇一二两三四五六七八九十几])(?:二十[一二三四]?|十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"
_NOT_POINTS = "点(?!建议|要求|意见|问题|原因|不足|内容|经验|好处|亮点|改进|措施|体会|希望)"
_NOT_SPANS = "时(?![间段候刻长期代常])"
_CLOCKS = (
    rf"{_PREFIX}?(?P<hour>{_NUMBER}):[0-5]\d(?::[0-5]\d)?(?![\d:])(?: ?(?P<half>[ap]\.?m\b\.?))?",
    rf"{_PREFIX}?(?P<hour>{_NUMBER}) ?(?:{_NOT_POINTS}|{_NOT_SPANS}){_MINUTES}?",
    rf"(?P<hour>{_NUMBER})(?:\.[0-5]\d)? ?(?P<half>[ap]\.?m\b\.?|o['’]clock)",
    rf"(?P<hour>{_NUMBER})h[0-5]\d\b",
    rf"{_PREFIX}(?P<hour>{_SPELT})[点时]{_MINUTES}?",
    rf"(?P<hour>{_SPELT})(?:[点时]{_MINUTES}|点(?=前|后|至|到|开))",
    rf"(?<=约)(?P<hour>{_SPELT})点",
)
_PATTERNS = tuple(re.compile(one, re.IGNORECASE) for one in _CLOCKS)


def moment(iso: str) -> datetime | None:
    """The local time of an ISO stamp; None where there is none."""
    try:
        return datetime.fromisoformat(iso)
    except ValueError:
        return None


def coarse_clock(time: str, precision: Precision) -> str:
    """`10:12` → itself, `am` or nothing."""
    if precision == "exact" or not time:
        return time
    hour = time.partition(":")[0]
    if precision == "date" or not hour.isdecimal():
        return ""
    return MORNING if int(hour) < 12 else AFTERNOON


def coarse_stamp(iso: str, precision: Precision) -> str:
    """An ISO stamp with its time of day cut: 00:00 stands for the morning or the whole day, 12:00 for the afternoon."""
    when = moment(iso)
    if when is None:
        return ""
    if precision == "exact":
        return iso
    hour = 12 if precision == "half_day" and when.hour >= 12 else 0
    return when.replace(hour=hour, minute=0, second=0, microsecond=0).isoformat(timespec="minutes")


def clock(time: str, speech: Speech) -> str:
    """A clock time as printed: `10:12`, 上午, or nothing."""
    return speech.tr(f"common.half_day.{time}") if time in (MORNING, AFTERNOON) else time


def day_and_time(iso: str, precision: Precision, speech: Speech) -> str:
    """`2026-03-05 10:12`, `2026-03-05 上午` or `2026-03-05`, for tables and captions."""
    when = moment(iso)
    if when is None:
        return ""
    if precision == "exact":
        return f"{when:%Y-%m-%d %H:%M}"
    day = f"{when:%Y-%m-%d}"
    return day if precision == "date" else f"{day} {clock(MORNING if when.hour < 12 else AFTERNOON, speech)}"


def coarse_duration(item: Item, seconds: Decimal, precision: Precision) -> Decimal:
    """A measured time of a minute or more, rounded up to whole minutes but never into another band."""
    if precision == "exact" or seconds < 60:
        return seconds
    rounded = (seconds / 60).to_integral_value(ROUND_CEILING) * 60
    limit = next((one.up_to for one in item.bands if one.up_to is not None and seconds <= one.up_to), None)
    return rounded if limit is None else min(rounded, limit)


def measured(seconds: Decimal, precision: Precision) -> str:
    """6分08秒, or 约7分 where it was rounded; in the language in force."""
    if precision == "exact" or seconds < 60 or seconds % 60:
        return formats.duration(seconds)
    return tr("report.about_minutes", m=int(seconds // 60))


def limit_text(seconds: Decimal) -> str:
    """A limit as it is set: 15秒, 15分钟; in the language in force."""
    whole = seconds >= 60 and not seconds % 60
    return tr("report.minutes", m=int(seconds // 60)) if whole else formats.duration(seconds)


def without_clock(text: str, precision: Precision, speech: Speech) -> str:
    """Free text with every clock time in it replaced by its half-day, or by 当日 where only the date is shown."""
    if precision == "exact" or not text:
        return text
    found: set[str] = set()

    def half(match: re.Match[str]) -> str:
        if precision == "date":
            words = tr("report.that_day", lang=speech.first)
        else:
            words = tr(f"common.half_day.{_half(match)}", lang=speech.first)
        found.add(words)
        return words

    text = _WIDE_CLOCK.sub(lambda match: match[0].translate(_DIGITS), text)
    for pattern in _PATTERNS:
        text = pattern.sub(half, text)
    for words in found:
        once = re.escape(words)
        text = re.sub(rf"{once}(?:[ ]?[-–—~～至到][ ]?{once})+", words, text)
    return text


def _half(match: re.Match[str]) -> str:
    groups = match.groupdict()
    prefix, typed = groups.get("prefix") or "", groups["hour"]
    meridiem = (groups.get("half") or "").lower()
    if prefix in _LATE or meridiem.startswith("p"):
        return AFTERNOON
    if prefix in _EARLY or meridiem.startswith("a"):
        return MORNING
    hour = int(typed) if typed.isdecimal() else _spelt(typed)
    return AFTERNOON if hour >= 12 or (prefix and hour <= 2) else MORNING


def _spelt(words: str) -> int:
    """十四 → 14."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _CHINESE.get(words, 0)
    return (_CHINESE.get(tens, 1) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)
