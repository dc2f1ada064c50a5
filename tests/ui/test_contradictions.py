"""What does not fit together, as the command line tells it and as the review page shows it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from auditor.audit import Reason
from auditor.words import speaking
from tests.ui.scene import open_session
from tests.ui.test_command_line import Terminal, write_answers
from tests.ui.test_review_page import find, open_page, press, rows, texts
from tests.ui.test_session import fill
from ui.cards.link_row import LinkRow


@pytest.fixture
def terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(data, capsys)


STRICT = """format: 1
id: strict
version: "1"
title: {zh: 严格, en: Strict}
contradictions: {loss_without_reason: %s}
sections:
  - id: door
    title: {zh: 进门, en: Door}
    items:
      - id: greeted
        text: {zh: 主动问候, en: Greets first}
        points: 2
        options:
          - {id: yes, text: {zh: 做到, en: Done}}
          - {id: no, text: {zh: 未做到, en: Not done}, share: 0}
"""


def strict(terminal: Terminal, folder: Path, treatment: str) -> str:
    """A draft in which points are deducted without a reason, of a checklist of the user's own."""
    own = terminal.data / "checklists"
    own.mkdir(parents=True)
    (own / "strict.yaml").write_text(STRICT % treatment, "utf-8")
    audit: str = terminal.json("start", "strict", "--branch", "城东支行")["audit"]
    terminal.json("fill", audit, write_answers(folder / "answers.json", {"greeted": "no"}))
    return audit


def test_contradictions_are_warned_of_when_finishing(terminal: Terminal, tmp_path: Path) -> None:
    """Issue: check before finishing; those that warn stand in nobody's way."""
    audit = strict(terminal, tmp_path, "warn")
    shown = terminal.json("show", audit)["contradictions"]
    assert [(one["path"], one["rule"], one["blocks"]) for one in shown] == [("greeted", "loss_without_reason", False)]
    assert terminal.type("show", audit) == 0
    assert "矛盾与疏漏：\n  1.1 主动问候：扣了 2 分，没有写原因  [请核对]" in terminal.out
    assert terminal.type("finish", audit) == 0
    assert "1.1 主动问候（greeted）：扣了 2 分，没有写原因" in terminal.err
    assert terminal.json("show", audit)["state"] == "finished"


def test_a_contradiction_that_blocks_finishes_nothing(terminal: Terminal, tmp_path: Path) -> None:
    audit = strict(terminal, tmp_path, "block")
    assert terminal.type("finish", audit, "--lang", "en") == 1
    assert "1.1 Greets first (greeted): 2 deducted without a reason" in terminal.err
    assert terminal.type("finish", audit, "--json") == 1
    (problem,) = json.loads(terminal.out)["problems"]
    assert problem["key"] == "contradictions.at"
    assert terminal.json("show", audit)["state"] == "draft"
    reasoned = {"greeted": {"value": "no", "reason": "背对客户"}}
    terminal.json("fill", audit, write_answers(tmp_path / "again.json", reasoned))
    assert terminal.type("finish", audit) == 0
    assert "greeted" not in terminal.err


def test_contradictions_that_are_off_are_not_spoken_of(terminal: Terminal, tmp_path: Path) -> None:
    audit = strict(terminal, tmp_path, "off")
    assert terminal.json("show", audit)["contradictions"] == []
    assert terminal.type("finish", audit) == 0
    assert terminal.err == ""


@pytest.mark.usefixtures("dressed")
def test_a_row_says_what_does_not_fit_and_leads_to_its_item(qtbot: QtBot, data: Path) -> None:
    with open_session(data) as session:
        fill(session)
        session.answer("signs", "no")
        page = open_page(qtbot, session)
        row = page.findChild(LinkRow, "contradiction:loss_without_reason:signs")
        assert row is not None
        assert "没有写原因" in row.accessibleName()
        assert "请核对" in row.accessibleName()
        assert any(text.startswith("矛盾与疏漏") for text in texts(page))
        with qtbot.waitSignal(page.item_requested) as said:
            press(qtbot, row)
        assert said.args == ["signs"]
        assert find(page, "finish").isEnabled()


@pytest.mark.usefixtures("dressed")
def test_what_blocks_keeps_finishing_out_of_reach_and_says_why(qtbot: QtBot, data: Path) -> None:
    with open_session(data, contradictions={"loss_without_reason": "block"}) as session:
        fill(session)
        session.answer("signs", "no")
        page = open_page(qtbot, session)
        assert not find(page, "finish").isEnabled()
        assert "有 1 处矛盾须先更正" in texts(page)
        assert not session.finish("青松")
        assert session.set_reasons("signs", (Reason("当场代签"),))
        page = open_page(qtbot, session)
        assert find(page, "finish").isEnabled()
        assert session.finish("青松")


@pytest.mark.usefixtures("dressed")
def test_nothing_that_contradicts_no_card(qtbot: QtBot, data: Path) -> None:
    off = dict.fromkeys(("loss_without_reason", "too_fast", "same_answer"), "off")
    with open_session(data, contradictions=off) as session:
        fill(session)
        page = open_page(qtbot, session)
        assert not any(text.startswith("矛盾与疏漏") for text in texts(page))
        assert page.findChild(LinkRow, "contradiction:loss_without_reason:signs") is None


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_word_of_the_card_is_there(qtbot: QtBot, data: Path, code: str) -> None:
    with speaking(code), open_session(data, contradictions={"old_photo": "block"}) as session:
        fill(session)
        session.answer("signs", "no")
        session.set_header(replace(session.audit.header, left="2026-03-05T10:30:00+08:00"))
        session.answer("q_time", "09:10")
        page = open_page(qtbot, session)
        said = [*texts(page), *rows(page), *(one.text() for one in page.findChildren(QLabel))]
        assert not [text for text in said if "contradictions." in text]
        assert page.findChild(LinkRow, "contradiction:times_out_of_order:q_time") is not None


def test_a_header_field_leads_to_its_instance(data: Path) -> None:
    from ui.capture.route import Route

    with open_session(data) as session:
        session.add_instance("teller")
        route = Route()
        route.lay(session.audit)
        place = route.of("teller#2/window")
        assert place is not None
        assert place.key == "teller#2"
        assert route.of("no_such_item") is None
