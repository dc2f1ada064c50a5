"""The history reads as a person would tell it: words, never codes (design §5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit import Answer, Header
from auditor.checklist.model import Checklist
from auditor.store import Store
from auditor.words import speaking


@pytest.fixture
def told(tmp_path: Path) -> dict[str, list[str]]:
    """The whole history of one visit, in each language."""
    yes = {"id": "yes", "text": {"zh": "是", "en": "Yes"}}
    teller = {
        "id": "teller",
        "title": {"zh": "柜员服务", "en": "Tellers"},
        "repeat": {"max": 3, "header": [{"id": "window", "text": {"zh": "窗口号", "en": "Window"}}]},
        "items": [{"id": "hand_over", "text": {"zh": "双手递接", "en": "Both hands"}, "points": "2", "options": [yes]}],
    }
    scenario = {"id": "open_card", "title": {"zh": "办一张储蓄卡", "en": "Opening a debit card"}}
    title = {"zh": "检查表", "en": "Checklist"}
    checklist = Checklist.model_validate(
        {"id": "told", "version": "1", "title": title, "scenarios": [scenario], "sections": [teller]}
    )
    header = Header(kind="mystery", visited="2026-03-05T10:00:00+08:00", scenario="open_card")
    with Store.open(tmp_path / "data", write=True) as store:
        opened = store.create(checklist, header)
        number = opened.add_instance("teller")
        opened.answer(f"teller#{number}/window", Answer("3"))
        opened.answer(f"teller#{number}/hand_over", Answer("yes"))
        found: dict[str, list[str]] = {}
        for code in ("zh", "en"):
            with speaking(code):
                found[code] = [one.text() for one in store.history(opened.audit.id)]
        opened.close()
    return {code: [line.strip() for text in texts for line in text.splitlines()] for code, texts in found.items()}


def test_the_header_is_told_in_words(told: dict[str, list[str]]) -> None:
    assert {"检查类型：– → 暗访", "到访时间：– → 2026-03-05 10:00", "检查情景：– → 办一张储蓄卡"} <= set(told["zh"])
    assert any(line.endswith("→ Mystery visit") for line in told["en"])
    assert any(line.endswith("→ Opening a debit card") for line in told["en"])


def test_instances_and_their_fields_are_named(told: dict[str, list[str]]) -> None:
    assert any(line.startswith("柜员服务：") for line in told["zh"])
    assert any(line.startswith("柜员服务 #") and "窗口号：– → 3" in line for line in told["zh"])
    assert any(line.startswith("双手递接 #") and line.endswith("→ 是") for line in told["zh"])
    assert any(line.startswith("Tellers #") and "Window: – → 3" in line for line in told["en"])


def test_no_code_is_left(told: dict[str, list[str]]) -> None:
    everything = " ".join(told["zh"] + told["en"])
    assert not [code for code in ("mystery", "open_card", "teller", "hand_over", "T10:00") if code in everything]
