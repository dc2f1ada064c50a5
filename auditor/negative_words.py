"""Words that tell of a fault, Chinese and English, in one place: short and careful, so that praise is left alone.

A word is looked for in both languages whatever is spoken: notes are written in either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FAULTS_ZH = (
    "不规范 不到位 不及时 不主动 不热情 不耐烦 不礼貌 不标准 不整洁 不清楚 不清晰 不完整 不齐全 不足 不佳 不妥 不符合 "
    "不达标 不合格 不满意 不理睬 不搭理 不在岗 不在位 冷漠 冷淡 生硬 脏乱 脏污 污渍 杂乱 凌乱 破损 损坏 故障 过期 "
    "缺失 缺少 推诿 推脱 敷衍 训斥 争吵 嘲讽 玩手机 脱岗 空岗 迟到 违规 超时 差错 态度差 较差 很差 太慢 过慢"
).split()
_DEEDS_ZH = (
    "起立 站立 起身 微笑 问候 招呼 迎接 双手 提示 告知 介绍 引导 询问 核对 回应 理会 送别 道别 说明 解释 佩戴 摆放 "
    "关注 抬头 目视 致歉 道歉 答复 执行 落实 清理 更新 做到 达到"
).split()
_NO_ZH = "未能|并未|未|没有|没|无"
_HOW_ZH = "主动|及时|按规定|按要求|进行|完全|使用|予以|加以|有"
_HARMLESS_ZH = "未见|未发现|未出现|未发生|没有|没|并无|无|不存在|毫不|并不|从未|从不|未曾|未|不"
_BETWEEN_ZH = "任何|明显|发现|出现|发生|存在|一处|丝毫|半点|有|见|过"

_FAULTS_EN = (
    r"rude(?:ly)?|impatient(?:ly)?|unfriendly|impolite(?:ly)?|dismissive|careless(?:ly)?|sloppy|curt(?:ly)?|dirty|messy|"
    r"untidy|broken|damaged|expired|missing|ignored|unattended|out of order|too slow|very slow|"
    r"incorrect(?:ly)?|poor(?:ly)?"
)
_DEEDS_EN = (
    r"st(?:and|ood)|rise|rose|greet(?:ed|ing)?|smil(?:e|ed|ing)|look(?:ed)? up|offer(?:ed)?|explain(?:ed|ing)?|"
    r"introduc(?:e|ed)|thank(?:ed|ing)?|respond(?:ed)?|acknowledg(?:e|ed)|wear(?:ing)?|guid(?:e|ed)|apologis(?:e|ed)"
)
_NO_EN = r"did not|did ?n[o'’]t|does not|does ?n[o'’]t|do not|failed to|fails to|without|never|no one|nobody"
_HARMLESS_EN = r"no|not|never|nothing|none|without|neither|nor|hardly|\w+n[o'’]t"
_BETWEEN_EN = r"a|an|any|at all|the|was|were|at any time|ever|in the least|seen|found|visibly"

_HARMLESS = re.compile(
    rf"(?:{_HARMLESS_ZH})(?:{_BETWEEN_ZH})*(?:{'|'.join(_FAULTS_ZH)})"
    rf"|\b(?:{_HARMLESS_EN})\s+(?:(?:{_BETWEEN_EN})\s+)*(?:{_FAULTS_EN})\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    rf"(?:{'|'.join(_FAULTS_ZH)})|(?:{_NO_ZH})(?:{_HOW_ZH})*(?:{'|'.join(_DEEDS_ZH)})|无人(?:值守|应答|接待|理会|在岗)"
    rf"|\b(?:(?:{_FAULTS_EN})|(?:{_NO_EN})\s+(?:\w+ly\s+)?(?:{_DEEDS_EN}))\b",
    re.IGNORECASE,
)


def negative_word(text: str, own: Iterable[str] = ()) -> str:
    """The first words of `text` that tell of a fault, or "". `own` are the item's own words: quoted, they tell nothing.

    A fault denied (没有不耐烦, never rude) is none.
    """
    for one in own:
        if _NEGATIVE.search(one):
            text = text.replace(one, " ")
    found = _NEGATIVE.search(_HARMLESS.sub(" ", text))
    return found.group() if found else ""
