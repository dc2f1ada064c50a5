"""Keeping the data safe, in the window (issue: the store; P1, P2, P4; design §5, §6)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer
from auditor.store import OpenAudit, Store, backups, generations
from auditor.store.journal import NAME as JOURNAL
from auditor.words import tr
from tests.faults.disk import DISK_FULL, FORBIDDEN, Failing, seam
from tests.faults.scene import fill_all, header, small_checklist
from tests.ui import looking
from tests.ui.scene import Opener, rest
from ui.capture.page import CapturePage
from ui.command_line import main
from ui.main_window import MainWindow
from ui.review.page import ReviewPage
from ui.safety import backup_state
from ui.safety.backups_card import BackupsCard
from ui.safety.check_page import CheckPage
from ui.safety.trash_card import TrashCard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two finished audits and a draft, saved in a backup."""
    data = tmp_path / "data"
    with Store.open(data, write=True) as store:
        for number in range(3):
            opened = store.create(small_checklist(), header(branch_name=f"第{number}支行", shopper="青松"))
            opened.answer("remark", Answer("王大堂经理很热情"))
            fill_all(opened)
            if number:
                opened.finish()
            opened.close()
    backups.daily(data)
    return data


def texts(widget: QWidget) -> str:
    looking.settle()
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def press(widget: QWidget, words: str) -> None:
    """Press the button that says so."""
    looking.settle()
    found = [one for one in widget.findChildren(QPushButton) if words in one.text() and one.isVisibleTo(widget)]
    found = [one for one in found if one.text() == words] or found
    assert len(found) == 1, [one.text() for one in found]
    assert found[0].isEnabled()
    found[0].click()


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"audits/*/*/{JOURNAL}"))


def finished(folder: Path) -> Path:
    """A finished audit's journal."""
    return next(one for one in journals(folder) if b'"what":"finish"' in one.read_bytes())


def spoil(journal: Path, line: int = 2) -> None:
    """One line no longer passes its check; the lines behind it are sound."""
    lines = journal.read_bytes().split(b"\n")
    lines[line] = lines[line].replace(b'"seq"', b'"sEq"', 1)
    journal.write_bytes(b"\n".join(lines))


# --- damaged audits


def test_a_damaged_audit_opens_read_only_and_names_what_survives(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    """P2: what survives is shown, the file and the line are named, and nothing can be changed."""
    journal = finished(folder)
    spoil(journal)
    before = journal.read_bytes()
    window = open_()
    window.open_audit(journal.parent.name)
    rest(qtbot)
    assert isinstance(window.current_page(), CapturePage)
    banner = window.notices.banner
    assert banner is not None
    said = texts(banner)
    assert str(journal) in said
    assert "第 3 行" in said
    session = window.session
    assert session is not None
    assert session.read_only
    assert not session.can_undo
    assert session.current("remark").value == "王大堂经理很热情"
    with qtbot.waitSignal(session.failed):
        assert not session.answer("q0", "no")
    assert session.add_instance("teller") == 0
    assert not session.reopen("x")
    assert journal.read_bytes() == before
    window.show_page("review")
    page = cast(ReviewPage, window.current_page())
    assert window.notices.banner is not None
    names = {one.objectName() for one in page.findChildren(QPushButton) if one.isVisibleTo(page)}
    assert not names & {"finish", "reopen", "export"}


def test_the_last_good_backup_is_one_click_and_a_yes_away(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    """The notice says from when it is and how many answers come back; the audit opens whole afterwards."""
    journal = finished(folder)
    whole = journal.read_bytes()
    spoil(journal)
    window = open_()
    window.open_audit(journal.parent.name)
    rest(qtbot)
    banner = window.notices.banner
    assert banner is not None
    assert "8 项作答；现存 1 项。恢复可找回 7 项。" in texts(banner)
    press(banner, "的备份恢复")
    question = window.notices.banner
    assert question is not None
    assert journal.read_bytes() != whole, "nothing happens before it is confirmed"
    press(question, tr("safety.restore_yes"))
    rest(qtbot)
    rest(qtbot)
    assert journal.read_bytes() == whole
    assert isinstance(window.current_page(), ReviewPage)
    assert window.notices.banner is None
    assert "恢复" in window.messages.text
    assert list((folder / "trash").glob("*.before-restore-1"))


def test_an_audit_of_which_nothing_survives_is_offered_from_the_backup(
    open_: Opener, folder: Path, qtbot: QtBot
) -> None:
    journal = finished(folder)
    journal.write_bytes(b"?" * 40 + journal.read_bytes()[40:])
    window = open_()
    window.open_audit(journal.parent.name)
    rest(qtbot)
    assert window.page == "home"
    banner = window.notices.banner
    assert banner is not None
    assert tr("safety.lost") in texts(banner)
    press(banner, "的备份恢复")
    assert window.notices.banner is not None
    press(window.notices.banner, tr("safety.restore_yes"))
    rest(qtbot)
    rest(qtbot)
    assert isinstance(window.current_page(), ReviewPage)


def test_a_question_goes_with_its_page_and_can_be_taken_back(open_: Opener, folder: Path) -> None:
    window = open_()
    audit = finished(folder).parent.name
    window.notices.ask_erasing(audit)
    assert window.notices.banner is not None
    press(window.notices.banner, tr("window.cancel"))
    assert window.notices.banner is None
    window.notices.ask_erasing(audit)
    window.go("checklists")
    assert window.notices.banner is None


def test_another_program_writes_so_audits_are_only_looked_at(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    """design §5: one writer; the second window opens an audit to look at, and says why; later it can be changed."""
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes()).parent.name
    with Store.open(folder, write=True):
        window = open_()
        window.open_audit(draft)
        session = window.session
        assert session is not None
        assert session.read_only
        banner = window.notices.banner
        assert banner is not None
        assert tr("safety.only_viewing") in texts(banner)
        assert str(folder) in texts(banner)
        assert not session.answer("q0", "no")
        window.go("home")
    window.open_audit(draft)
    assert window.session is not None
    assert not window.session.read_only
    assert window.notices.banner is None
    assert window.session.answer("q0", "no")
    rest(qtbot)


# --- a full and a slow disk


def test_a_full_disk_is_said_at_once_and_work_goes_on_without_a_restart(open_: Opener, folder: Path) -> None:
    """The reserve lets the answer at hand be saved; the notice stands while space is short, and goes by itself (F5)."""
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes()).parent.name
    window = open_()
    window.open_audit(draft)
    session = window.session
    assert session is not None
    disk = Failing(1, DISK_FULL, kinds=("write",), lasting=True)
    with seam(disk):
        assert not session.answer("q0", "no")
        banner = window.notices.banner
        assert banner is not None
        assert tr("safety.full") in texts(banner)
        window.notices.look_again()
        assert window.notices.banner is not None
        disk.heal()
        window.notices.look_again()
        assert window.notices.banner is None
        assert not session.read_only
        assert session.answer("q0", "no")
        page = cast(CapturePage, window.current_page())
        assert page.column.isEnabled()
    window.go("home")
    with Store.open(folder) as reader:
        assert reader.read(draft).answers["q0"].value == "no"


def test_the_reserve_given_up_is_said_though_the_answer_was_saved(open_: Opener, folder: Path) -> None:
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes()).parent.name
    window = open_()
    window.open_audit(draft)
    session = window.session
    assert session is not None
    with seam(Failing(1, DISK_FULL, kinds=("write",))):
        assert session.answer("q0", "no")
    assert window.notices.banner is not None
    assert tr("safety.full_saved") in texts(window.notices.banner)
    window.notices.look_again()
    assert window.notices.banner is None
    assert tr("safety.space_again") in window.messages.text


def test_a_slow_write_is_logged_and_the_strip_says_so(
    open_: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """design §5: a write over 300 ms."""
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes()).parent.name
    window = open_()
    window.open_audit(draft)
    monkeypatch.setattr(OpenAudit, "slow", True)
    assert window.session is not None
    assert window.session.answer("q0", "no")
    assert tr("safety.slow") in window.messages.text
    log = (folder / "logs" / "auditor.log").read_text("utf-8")
    assert "slow write" in log
    assert "王大堂" not in log


# --- backups and restoring


def settings(window: MainWindow, qtbot: QtBot) -> BackupsCard:
    window.go("settings")
    rest(qtbot)
    return cast(BackupsCard, window.current_page().findChild(BackupsCard))


def test_settings_say_where_backups_go_and_that_the_drive_is_the_same(
    open_: Opener, folder: Path, qtbot: QtBot
) -> None:
    card = settings(open_(), qtbot)
    said = texts(card)
    assert str(folder / "backups") in said
    assert "备份与数据在同一磁盘" in said
    assert "3 份检查" in said
    assert "共 1 代备份" in said


def test_backing_up_now_says_what_came_of_it(open_: Opener, qtbot: QtBot) -> None:
    window = open_()
    window.change(alias="远山")
    card = settings(window, qtbot)
    press(card, tr("safety.back_up_now"))
    assert not card.now.isEnabled()
    assert card.job.isVisibleTo(card)
    rest(qtbot)
    rest(qtbot)
    assert card.now.isEnabled()
    assert not card.job.isVisibleTo(card)
    assert "备份完成并已核对" in window.messages.text
    assert "新写入" in window.messages.text


def test_a_backup_folder_is_chosen_kept_and_missed_when_it_is_gone(
    open_: Opener, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Backups never mix with other files, and an unplugged drive's folder is not made on another drive."""
    window = open_()
    card = settings(window, qtbot)
    usb = tmp_path / "usb"
    (usb / "objects").mkdir(parents=True)
    (usb / "objects" / "mine.txt").write_text("mine", "utf-8")
    from ui.safety import wiring

    wiring.use_folder(window, card, usb)
    rest(qtbot)
    place = usb / "branch-auditor-backups"
    assert window.settings.backup_folder == str(place)
    window.notices.jobs.back_up()
    rest(qtbot)
    rest(qtbot)
    assert backup_state.gather(folder, place).lines[0].audits == 3
    assert (usb / "objects" / "mine.txt").exists()
    place.rename(tmp_path / "unplugged")
    window.notices.jobs.back_up()
    rest(qtbot)
    assert "没有连接" in window.messages.text
    assert not place.exists()
    assert backup_state.gather(folder, place).away
    assert main(["backup", "--data", str(folder)]) == 1


def test_all_that_is_missing_or_damaged_comes_back(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    """F18 in the window: the generation is chosen, the question confirmed in its place."""
    lost, spoiled = journals(folder)[:2]
    before = {one: one.read_bytes() for one in journals(folder)}
    lost.unlink()
    lost.parent.rmdir()
    spoil(spoiled, 1)
    window = open_()
    card = settings(window, qtbot)
    generation = next(one for one in card.findChildren(QPushButton) if one.property("look") == "row")
    generation.click()
    rest(qtbot)
    assert card.panel is not None
    assert "其中 1 份" in texts(card.panel)
    press(card.panel, tr("safety.restore_all"))
    press(card.panel, tr("safety.restore_yes"))
    rest(qtbot)
    rest(qtbot)
    assert {one: one.read_bytes() for one in journals(folder)} == before
    assert "恢复 2 份检查" in window.messages.text
    assert window.desk.writes


def test_one_sound_audit_goes_back_to_the_backup_when_asked_for(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    journal = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes())
    before = journal.read_bytes()
    with Store.open(folder, write=True) as store:
        opened = store.open_audit(journal.parent.name)
        opened.answer("q0", Answer("no"))
        opened.close()
    card = settings(open_(), qtbot)
    next(one for one in card.findChildren(QPushButton) if one.property("look") == "row").click()
    rest(qtbot)
    assert card.panel is not None
    assert card.panel.listed == []
    card.panel.search.setText("第0支行")
    assert card.panel.listed == [journal.parent.name]
    rest(qtbot)
    press(card.panel, tr("safety.restore_this"))
    assert "备份之后的修改" in texts(card.panel)
    press(card.panel, tr("safety.restore_yes"))
    rest(qtbot)
    rest(qtbot)
    assert journal.read_bytes() == before


def test_a_job_that_is_stopped_leaves_nothing_half_done(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    window = open_()
    jobs = window.notices.jobs
    there = sorted((folder / "backups" / "manifests").iterdir())
    window.change(alias="远山")
    jobs.back_up()
    jobs.stop()
    rest(qtbot)
    rest(qtbot)
    assert jobs.running is None
    assert window.messages.text == tr("safety.stopped")
    assert sorted((folder / "backups" / "manifests").iterdir()) == there


# --- checking


def test_checking_names_the_damaged_files(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    """`auditor verify` in the window; from a damaged audit's card it is one tap to its notice."""
    journal = finished(folder)
    spoil(journal)
    window = open_()
    window.go("settings")
    window.go("check")
    page = cast(CheckPage, window.current_page())
    press(page, tr("safety.check_now"))
    rest(qtbot)
    rest(qtbot)
    said = texts(page)
    assert "已校验 3 份检查，1 份已损坏" in said
    assert str(journal) in said
    press(page, tr("safety.look_at"))
    rest(qtbot)
    assert window.notices.banner is not None
    window.go("check")
    assert str(journal) in texts(window.current_page()), "the last report stays"


# --- the index


def test_rebuilding_the_index_is_told_and_the_rows_so_far_are_shown(open_: Opener) -> None:
    window = open_()
    rows = window.desk.rows
    store, window.desk._store = window.desk._store, None
    window.desk._show_gathered(1234, 10_000, list(rows)[:1])
    assert "1,234 / 10,000" in texts(window.library)
    assert window.library.shown == 1
    window.desk._store = store
    window.desk.indexing.emit(0, 0)
    assert "10,000" not in texts(window.library)


@pytest.mark.parametrize("damage", ["missing", "wrong"])
def test_a_missing_or_damaged_index_is_rebuilt_behind_the_window(
    open_: Opener, folder: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.desk.GATHERING", 0)
    index = folder / "library.jsonl"
    index.unlink() if damage == "missing" else index.write_bytes(b"?" + index.read_bytes()[1:])
    window = open_()
    assert window.library.shown == 3
    assert not window.library._indexing.isVisibleTo(window.library)


# --- trash and erasing


def test_a_deleted_audit_comes_back_from_the_settings_later(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    window = open_()
    audit = finished(folder).parent.name
    window.delete_audit(audit)
    assert window.library.row(audit) is None
    window.messages.clear()
    window.go("settings")
    rest(qtbot)
    card = cast(TrashCard, window.current_page().findChild(TrashCard))
    assert "第" in texts(card)
    assert "不会自动清除" in texts(card)
    press(card, tr("safety.bring_back"))
    rest(qtbot)
    assert window.library.row(audit) is not None
    assert tr("safety.trash_empty") in texts(card)


def test_personal_text_is_erased_with_a_reason(open_: Opener, folder: Path, qtbot: QtBot) -> None:
    """design §5: gone from the journal and from the backups, and `verify` says erased, not damaged."""
    journal = finished(folder)
    window = open_()
    window.notices.ask_erasing(journal.parent.name)
    banner = window.notices.banner
    assert banner is not None
    erase = next(one for one in banner.buttons if one.text() == tr("safety.erase"))
    assert not erase.isEnabled()
    banner.field.setText("本人 2026-03-06 书面申请")
    erase.click()
    rest(qtbot)
    assert window.notices.banner is None
    data = journal.read_text("utf-8")
    assert "王大堂" not in data
    assert "书面申请" in data
    assert "已清除" in window.messages.text
    assert journal.parent.name not in backup_state_audits(folder)
    window.close()
    assert main(["verify", "--data", str(folder)]) == 0


def backup_state_audits(folder: Path) -> set[str]:
    from auditor.store import generations

    return {audit for one in generations.sound(folder / "backups") for audit in one.audits}


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, Any, str]:
    code = main([*words, "--data", str(folder), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


def test_erase_and_undelete_by_command(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    audit = finished(folder).parent.name
    assert run(capsys, folder, "erase", audit, "--reason", " ")[0] == 1
    code, done, _ = run(capsys, folder, "erase", audit, "--reason", "书面申请")
    assert (code, done["audit"]) == (0, audit)
    assert done["erased"] > 1
    assert run(capsys, folder, "delete", audit)[0] == 0
    assert run(capsys, folder, "undelete")[1] == {"trash": [audit]}
    assert run(capsys, folder, "undelete", "1999")[0] == 1
    assert run(capsys, folder, "undelete", audit[:-1])[1] == {"audit": audit}
    assert run(capsys, folder, "undelete")[1] == {"trash": []}


@pytest.mark.parametrize("page", ["settings", "check", "damaged", "erase"])
@pytest.mark.parametrize(
    ("size", "scale", "code"), [((1280, 800), 100, "zh"), ((800, 1280), 100, "en"), ((1280, 800), 200, "en")]
)
def test_nothing_is_clipped_small_or_unnamed(
    open_: Opener, folder: Path, qtbot: QtBot, page: str, size: tuple[int, int], scale: int, code: str
) -> None:
    """design §6: 48 px and more, names for screen readers, no clipped words."""
    journal = finished(folder)
    spoil(journal)
    window = open_()
    window.resize(*size)
    window.change(language=code, scale=scale)
    if page == "damaged":
        window.open_audit(journal.parent.name)
        rest(qtbot)
        assert window.notices.banner is not None
        place: QWidget = window.notices.banner
    elif page == "erase":
        window.notices.ask_erasing(journal.parent.name)
        assert window.notices.banner is not None
        place = window.notices.banner
    else:
        window.go(page)
        if page == "check":
            window.notices.jobs.check()
        else:
            rest(qtbot)
            card = cast(BackupsCard, window.current_page().findChild(BackupsCard))
            next(one for one in card.findChildren(QPushButton) if one.property("look") == "row").click()
        rest(qtbot)
        rest(qtbot)
        place = window.current_page() if page == "check" else cast(QWidget, card)
    looking.settle()
    assert looking.clipped(place) == []
    assert looking.small_targets(place) == []
    assert looking.unnamed(place) == []
    assert looking.beside_the_page(window.current_page()) == []


def test_a_journal_that_may_not_be_written_is_only_looked_at(open_: Opener, folder: Path) -> None:
    """A read-only folder: the sentence of the disk stands above the audit."""
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes())
    window = open_()
    with seam(Failing(1, FORBIDDEN, kinds=("open_file",), lasting=True)):
        window.open_audit(draft.parent.name)
        session = window.session
        assert session is not None
        assert session.read_only
        assert window.notices.banner is not None
        assert "没有权限" in texts(window.notices.banner)
        assert not session.answer("q0", "no")
        window.go("home")
    window.open_audit(draft.parent.name)
    assert window.session is not None
    assert window.session.answer("q0", "no")


def test_an_audit_of_a_newer_program_is_only_looked_at(
    open_: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes()).parent.name
    window = open_()
    monkeypatch.setattr("auditor.store.load.FORMAT", -1)
    window.open_audit(draft)
    assert window.session is not None
    assert window.session.read_only
    assert window.notices.banner is not None
    assert "更新版本" in texts(window.notices.banner)


def test_the_backups_are_read_again_on_demand_and_a_damaged_copy_is_told(
    open_: Opener, folder: Path, qtbot: QtBot
) -> None:
    """By audit and day; the strip says it too, and the audits themselves are sound."""
    target = backups.target_of(folder)
    saved = next(one for one in next(generations.sound(target)).files if one.audit)
    spoil(target / generations.OBJECTS / saved.sha256)
    window = open_()
    window.go("check")
    page, seen = cast(CheckPage, window.current_page()), list[str]()
    window.notices.jobs.moved.connect(lambda running: seen.append(running.part if running else "end"))
    page.start.click()
    rest(qtbot)
    assert set(seen) == {"", "end"}, "only on demand"
    assert saved.path not in texts(page)
    page.backups.click()
    page.start.click()
    rest(qtbot)
    assert "backups" in seen
    for words in (saved.audit, saved.path, tr("safety.backups")):
        assert words in texts(page)
    assert window.messages.text == tr("safety.checked_backups_bad", count=len(journals(folder)), lost=1)


def test_a_draft_that_was_damaged_meanwhile_shows_it_without_being_opened(
    open_: Opener, folder: Path, qtbot: QtBot
) -> None:
    draft = next(one for one in journals(folder) if b'"what":"finish"' not in one.read_bytes())
    spoil(draft)
    window = open_()
    qtbot.waitUntil(lambda: window.library.row(draft.parent.name).state == "damaged", timeout=10_000)
    rest(qtbot)
    assert window.session is None
