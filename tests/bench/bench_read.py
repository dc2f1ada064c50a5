"""Reading and checking a checklist of 2,000 items against libyaml's bare composer on the same text."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from checklists import reader
from tests.bench.pairs import Figure, pair

ITEMS, PER_SECTION = 2000, 100


def sheet() -> str:
    """Bilingual, with guidance, faults, deductions, bands and conditions, as a bank's largest sheet would be."""
    lines = ["format: 1", "id: large", "version: 2026.1", "title: {zh: 大型检查表, en: A large sheet}", "sections:"]
    for n in range(ITEMS):
        if n % PER_SECTION == 0:
            lines += [f"- id: s{n}", f"  title: {{zh: 第{n}部分, en: Part {n}}}", "  weight: 5", "  items:"]
        lines += _timed(n) if n % 10 == 9 else _judged(n)
    return "\n".join(lines) + "\n"


def _judged(n: int) -> list[str]:
    shown = [f"    show_if: q{n - 1} = yes or answered(q{n - 2})"] if n % 10 == 5 else []
    return [
        f"  - id: q{n}",
        f"    text: {{zh: 柜员起立迎接客户 {n}, en: The teller stands to greet {n}}}",
        "    guidance:",
        "      zh: 客户走近柜台一米以内时起立",
        "      en: Stands when the customer comes within one metre",
        "    points: 2",
        "    options:",
        "    - {id: yes, text: {zh: 做到, en: Done}}",
        "    - {id: partly, text: {zh: 部分做到, en: Partly}, deduct: 0.5}",
        "    - {id: no, text: {zh: 未做到, en: Not done}, share: 0}",
        "    faults: [{id: seated, text: {zh: 始终坐着, en: Remained seated}}]",
        *shown,
    ]


def _timed(n: int) -> list[str]:
    return [
        f"  - id: q{n}",
        "    kind: duration",
        f"    text: {{zh: 等候时长 {n}, en: Waiting time {n}}}",
        "    points: 3",
        "    bands: [{up_to: 15, share: 1}, {up_to: 30, share: 0.5}, {else: true, share: 0}]",
    ]


def figures() -> Iterator[Figure]:
    text = sheet()

    def ours() -> None:
        checklist, problems = reader.check_text(text)
        assert checklist is not None
        assert not problems

    def peer() -> None:
        yaml.compose(text, Loader=yaml.CSafeLoader)

    yield pair("read", ours, peer, peer_name="yaml.compose(CSafeLoader)", bar=4.0)
