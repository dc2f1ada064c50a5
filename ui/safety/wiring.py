"""Joins the cards and pages about the data's safety to the window, its jobs and its store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from auditor.words import tr
from ui import background
from ui.look.style import WIDE
from ui.safety import backup_state
from ui.safety.backups_card import BackupsCard, at_of, titled
from ui.safety.check_page import CheckPage
from ui.safety.trash import deleted
from ui.safety.trash_card import TrashCard
from ui.safety.words import of_row
from ui.widgets.buttons import button
from ui.widgets.panels import Card

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def settings_cards(window: MainWindow) -> list[QWidget]:
    """What the settings page says about keeping the data safe."""
    return [backups_card(window), check_card(window), trash_card(window)]


def backups_card(window: MainWindow) -> BackupsCard:
    card, jobs = BackupsCard(), window.notices.jobs

    def refresh() -> None:
        _gathered(window, card)

    card.folder_wanted.connect(lambda: _choose_folder(window, card))
    card.usual_wanted.connect(lambda: use_folder(window, card, None))
    card.backup_wanted.connect(jobs.back_up)
    card.stop_wanted.connect(jobs.stop)
    card.generation_chosen.connect(lambda at: _show_held(window, card, at))
    card.restore_wanted.connect(lambda audit, at: window.desk.when_ready(lambda: jobs.restore(audit, at_of(at))))
    _until_gone(card, jobs.moved, card.show_running)
    _until_gone(card, jobs.ended, lambda *_: refresh())
    _until_gone(card, jobs.failed, lambda *_: refresh())
    card.show_running(jobs.running)
    refresh()
    return card


def use_folder(window: MainWindow, card: BackupsCard, picked: Path | None) -> None:
    """Backups go there from now on; None: beside the data."""
    place = backup_state.place_in(picked) if picked is not None else None
    if picked is not None and place is not None and place != picked:
        from auditor.store import files

        window.desk.when_ready(lambda: files.make_folder(place))
    window.change(backup_folder=str(place) if place is not None else "")
    window.desk.backup_folder = window.settings.backups
    if isValid(card):
        _gathered(window, card)


def _choose_folder(window: MainWindow, card: BackupsCard) -> None:
    start = window.settings.backup_folder or str(Path.home())
    picked = QFileDialog.getExistingDirectory(window, tr("safety.choose_folder"), start)
    if picked:
        use_folder(window, card, Path(picked))


def _gathered(window: MainWindow, card: BackupsCard) -> None:
    folder, chosen = window.desk.folder, window.settings.backups

    def done(state: backup_state.BackupState) -> None:
        if isValid(card):
            card.show_state(state)

    background.run(lambda: backup_state.gather(folder, chosen), done, window.say_wrong)


def _show_held(window: MainWindow, card: BackupsCard, at: object) -> None:
    made, target, rows = at_of(at), window.notices.jobs.target, window.desk.rows

    def work() -> tuple[backup_state.Held, ...]:
        return backup_state.held(target, made, {row.id: (of_row(row), row.state) for row in rows})

    def done(found: tuple[backup_state.Held, ...]) -> None:
        if isValid(card) and card.panel is not None and isValid(card.panel):
            card.panel.show_held(found)

    background.run(work, done, window.say_wrong)


def check_card(window: MainWindow) -> Card:
    card = Card(margin=WIDE)
    check = button(tr("safety.check_now"), icon="shield", on_click=lambda: _check(window))
    card.column.addLayout(titled(tr("safety.check"), tr("safety.check.note"), check))
    return card


def _check(window: MainWindow) -> None:
    window.go("check")
    window.notices.jobs.check()


def trash_card(window: MainWindow) -> TrashCard:
    card = TrashCard()

    def refresh() -> None:
        if isValid(card):
            card.show_deleted([deleted(audit, found) for audit, found in window.desk.trashed()])

    def bring_back(audit: str) -> None:
        window.desk.untrash(audit)
        window.messages.say_done(tr("safety.brought_back"))
        refresh()

    card.restore_wanted.connect(lambda audit: window.desk.when_ready(lambda: bring_back(audit)))
    window.desk.when_ready(refresh)
    return card


def check_page(window: MainWindow) -> QWidget:
    jobs = window.notices.jobs

    def called(audit: str) -> str:
        row = window.library.row(audit)
        return f"{of_row(row)} · {audit}" if row is not None else audit

    page = CheckPage(called)
    page.check_wanted.connect(lambda backups: jobs.check(backups=backups))
    page.stop_wanted.connect(jobs.stop)
    page.left.connect(lambda: window.go("settings"))
    page.opened.connect(window.open_audit)

    def show() -> None:
        if jobs.checked is not None and jobs.checked_at is not None:
            page.show_report(jobs.checked, jobs.checked_at)

    _until_gone(page, jobs.moved, page.show_running)
    _until_gone(page, jobs.ended, lambda *_: show())
    page.show_running(jobs.running)
    show()
    return page


def _until_gone(widget: QWidget, signal: object, slot: Callable[..., object]) -> None:
    """Connect what lives as long as the window to a page that is built anew now and then."""

    def heard(*values: object) -> None:
        if isValid(widget):
            slot(*values)

    def gone() -> None:
        with suppress(RuntimeError):  # at closing the signal may be gone first
            signal.disconnect(heard)  # type: ignore[attr-defined]

    signal.connect(heard)  # type: ignore[attr-defined]
    widget.destroyed.connect(gone)
