"""Every word in every language, none missing, none forgotten (design §6, glossary)."""

from __future__ import annotations

import ast
import json
import re
import string
from pathlib import Path

import pytest

from auditor.words import FOLDER, LANGUAGES, speaking, tr, use_language

ROOT = Path(__file__).resolve().parent.parent
AREAS = sorted({path.stem for code in LANGUAGES for path in (FOLDER / code).glob("*.json")} - {"argparse"})
FILES = (".py", ".json", ".jsonl", ".yaml", ".md", ".xlsx", ".log", ".pdf", ".csv")
FORBIDDEN = "神秘购物者 发现项 纠正措施 关键项 合规官 接待员 通过率 丢失分 级联 草图 波次 仪容修饰 失分 检查员".split()


def words(code: str, area: str) -> dict[str, str]:
    path = FOLDER / code / f"{area}.json"
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("area", AREAS)
def test_each_language_says_the_same_things(area: str) -> None:
    zh, en = words("zh", area), words("en", area)
    assert set(zh) == set(en)
    assert all(sentence is not None for sentence in [*zh.values(), *en.values()])


@pytest.mark.parametrize("area", AREAS)
def test_sentences_name_the_same_values(area: str) -> None:
    zh, en = words("zh", area), words("en", area)
    loose = {"common.date", "common.points"}
    differing = {k for k in zh if fields(zh[k]) != fields(en[k]) and f"{area}.{k}" not in loose}
    assert differing == set()


@pytest.mark.parametrize("area", AREAS)
def test_words_follow_the_glossary(area: str) -> None:
    """One word for one thing; no exclamation marks."""
    for key, sentence in words("zh", area).items():
        assert not [word for word in FORBIDDEN if word in sentence], key
        assert "！" not in sentence, key
        assert "!=" in sentence or "!" not in sentence, key
    assert not [key for key, sentence in words("en", area).items() if "!" in sentence.replace("!=", "")]


def _keys_used() -> set[str]:
    """Literal keys in the code: tr("area.name"), AuditorError("area.name"), Problem("area.name") and friends."""
    pattern = re.compile(rf"^({'|'.join(AREAS)})\.[\w.]+$")
    used: set[str] = set()
    for package in ("auditor", "checklists", "exports", "ui"):
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            composed = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in composed:
                    used |= {node.value} if pattern.match(node.value) else set()
    return {key for key in used if Path(key).suffix not in FILES and not key.endswith(".")}


def test_every_key_the_code_names_is_there() -> None:
    known = {f"{area}.{key}" for area in AREAS for key in words("zh", area)}
    stems = {key.rsplit(".", 1)[0] for key in known}
    assert _keys_used() - known - stems == set()


def test_the_language_switches_at_once_and_for_a_while() -> None:
    use_language("en")
    try:
        assert tr("common.kind.self") == "Self-inspection"
        with speaking("zh"):
            assert tr("common.kind.self") == "自查"
        assert tr("common.kind.self") == "Self-inspection"
    finally:
        use_language("zh")


def test_an_unknown_key_is_visible_not_a_crash() -> None:
    assert tr("common.no_such_word") == "common.no_such_word"
