"""The window: a rail of pages, a stack that shows one, and the strip that says what happened (design §6)."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from auditor.errors import AuditorError
from auditor.words import LANGUAGES, language, tr, use_language
from ui import frame
from ui.desk import Desk
from ui.jot.entry import page_for
from ui.library.page import LibraryPage
from ui.library.wiring import first_page
from ui.look import style
from ui.messages import MessageStrip
from ui.navigation import Navigation
from ui.role.today import Person, Role
from ui.settings import stored
from ui.settings.stored import Settings
from ui.shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.audit import Audit, Header
    from auditor.checklist.model import Checklist
    from auditor.store import Row
    from ui.editor.state import Editing
    from ui.library.cards import Losses
    from ui.safety.notices import Notices
    from ui.session import AuditSession

PAGES = (("home", "home"), ("checklists", "checklist"))
LAST_PAGES = (("settings", "settings"),)
RAIL = {"checklists": "checklists", "settings": "settings", "editor": "checklists", "check": "settings"}
"""Which entry of the rail a page belongs to; the others to the first."""


class MainWindow(QMainWindow):
    """One page at a time. Language, theme and text size change at once: the pages are built anew."""

    page_shown = Signal(str)
    language_changed = Signal(str)
    painted = Signal()
    """Once, after the first paint: what the first picture did not need can begin."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.session: AuditSession | None = None
        self.exported: Audit | None = None
        self.exported_rows: Sequence[Row] = ()
        self.editing: Editing | None = None
        self.photo: tuple[str, ...] = ("", "")
        """The path whose photo is seen large, the photo's SHA-256, and of a corrective action's its stage."""
        self.page = "home"
        self._pages: dict[str, QWidget] = {}
        self._losses: Losses | None = None
        self._painted = False
        self.setMinimumSize(640, 480)
        self.opens_maximised = frame.restore(self, settings.window)
        desk.rows_changed.connect(lambda rows: self.library.show_rows(rows))
        desk.losses_counted.connect(self._show_losses)
        desk.indexing.connect(lambda done, of: self.library.show_indexing(done, of))
        desk.backup_folder = settings.backups
        desk.failed.connect(self.say_wrong)
        desk.limited.connect(lambda error: self.messages.say_wrong(error, also=tr("window.only_viewing")))
        for keys, name in SHORTCUTS:
            QShortcut(QKeySequence(keys), self, getattr(self, f"on_{name}", partial(self.go, name)))
        self._build()

    # --- pages

    def show_page(self, name: str) -> None:
        """Go to a page; the one that is left keeps nothing but the library, which stays as it was."""
        leaving = self.page
        if name not in self._pages:
            self._add(name, self._make(name))
        self.page = name
        self.stack.setCurrentWidget(self._pages[name])
        self.navigation.show_page(RAIL.get(name, "home"))
        if leaving not in (name, "home"):
            self._drop(leaving)
        self.page_shown.emit(name)

    def rebuild(self) -> None:
        """Build everything anew in the language and look in force, and come back to the same page."""
        self._flush()
        self._build()

    def say_wrong(self, error: Exception) -> None:
        self.messages.say_wrong(error)

    def _build(self) -> None:
        old, self._pages = self.centralWidget(), {}
        self.setWindowTitle(tr("jot.name" if self.page == "jot" else "common.app"))
        self.navigation = Navigation(PAGES, LAST_PAGES)
        self.navigation.page_wanted.connect(self.go)
        self.stack, self.messages = QStackedWidget(), MessageStrip()
        middle = QVBoxLayout()
        middle.setSpacing(0)
        self.above = QVBoxLayout()
        middle.addLayout(self.above)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.messages)
        inside = QWidget()
        self.navigation.stand_in(inside)
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addLayout(middle, 1)
        self.setCentralWidget(inside)
        if old is not None:
            old.deleteLater()
        self._add("home", self._make("home"))
        if self._losses is not None:
            self._show_losses(self._losses)
        self.show_page(self.page)

    def _make(self, name: str) -> QWidget:
        if name == "home":
            return first_page(self)
        from ui.pages import MAKERS

        return MAKERS[name](self)

    @cached_property
    def notices(self) -> Notices:
        """What stands above the page, and the long jobs that keep the data safe."""
        from ui.safety.notices import Notices

        return Notices(self)

    def _add(self, name: str, page: QWidget) -> None:
        self._pages[name] = page
        self.stack.addWidget(page)

    def _drop(self, name: str) -> None:
        page = self._pages.pop(name, None)
        if page is not None:
            self.stack.removeWidget(page)
            page.deleteLater()

    @property
    def library(self) -> LibraryPage:
        return cast(LibraryPage, self._pages["home"])

    def current_page(self) -> QWidget:
        return self._pages[self.page]

    def go(self, name: str) -> None:
        """A page of the rail; an open audit is closed first, everything in it is saved."""
        self._flush()
        self.show_page(name)
        self._close_session()

    # --- audits

    def start_audit(self, checklist: Checklist, header: Header) -> None:
        """Begin an audit and fill it in."""

        def work() -> None:
            self._take(self.desk.start(checklist, header))
            self.change(alias=header.shopper or self.settings.alias)
            self.show_page(page_for(self.session, self.person))

        self.desk.when_ready(work)

    def open_audit(self, audit: str) -> None:
        """A draft to go on with, a finished audit to look at."""

        def work() -> None:
            try:
                self._take(self.desk.session(audit))
            except AuditorError as error:
                self.notices.show_lost(audit, error)
                raise
            self.show_page(page_for(self.session, self.person))

        self.desk.when_ready(work)

    def export_audit(self, audit: str) -> None:
        """Choose how to export an audit of the library; it is not opened for changing."""
        self.desk.when_ready(lambda: self.show_export(self.desk.read(audit)))

    def export_rows(self, rows: Sequence[Row], page: str = "batch") -> None:
        """Choose how to export many audits: a report for each, or one register of all."""
        self.exported_rows = rows
        self.desk.when_ready(lambda: self.show_page(page))

    def show_export(self, audit: Audit) -> None:
        self.exported = audit
        self.show_page("export")

    def delete_audit(self, audit: str) -> None:
        """To the trash, with a way back in the strip."""

        def work() -> None:
            self.desk.trash(audit)
            undo = (tr("window.undo"), lambda: self.desk.when_ready(lambda: self.desk.untrash(audit)))
            deleted, where = tr("window.deleted"), tr("window.deleted.remedy")
            self.messages.say(deleted, where, actions=[undo], tone="good", seconds=None)

        self.desk.when_ready(work)

    def _take(self, session: AuditSession) -> None:
        self._close_session()
        self.session = session
        session.setParent(self)
        session.failed.connect(self.say_wrong)
        self.notices.watch(session)

    def _close_session(self) -> None:
        if self.session is not None:
            session, self.session = self.session, None
            session.close()
            session.deleteLater()
            self.desk.refresh()
            self.notices.refresh()

    def _flush(self) -> None:
        """Have what is being typed on the open page saved before the page goes."""
        flush = getattr(self.current_page(), "flush", None) if self._pages else None
        if flush is not None:
            flush()

    # --- who works here

    @property
    def person(self) -> Person:
        now = self.settings
        return Person(cast(Role, now.role), now.alias, now.own_branch, now.own_branch_name, now.due_day)

    # --- settings

    def change(self, **values: object) -> None:
        """Change settings and keep them; language and look are shown at once."""
        before, self.settings = self.settings, replace(self.settings, **values)  # type: ignore[arg-type]
        if self.settings == before:
            return
        try:
            stored.save(self.desk.folder, self.settings)
        except AuditorError as error:
            self.say_wrong(error)
        now = self.settings
        if (before.language, before.theme, before.scale) != (now.language, now.theme, now.scale):
            use_language(now.language)
            self.language_changed.emit(now.language)
            self.dress()

    def dress(self) -> None:
        """Put on the look of the settings, and build the pages in it."""
        app = cast(QApplication, QApplication.instance())
        style.apply(app, cast(style.Theme, self.settings.theme), self.settings.scale)
        self.rebuild()

    # --- shortcuts

    def on_start_check(self) -> None:
        self._flush()
        self.show_page("start")
        self._close_session()

    def on_find(self) -> None:
        find = getattr(self.current_page(), "show_search", None)
        if find is not None:
            find()

    def on_switch_language(self) -> None:
        self.change(language=LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])

    def on_switch_theme(self) -> None:
        self.change(theme="light" if style.look().dark else "dark")

    def on_larger(self) -> None:
        self.change(scale=min([one for one in style.SCALES if one > self.settings.scale], default=style.SCALES[-1]))

    def on_smaller(self) -> None:
        self.change(scale=max([one for one in style.SCALES if one < self.settings.scale], default=style.SCALES[0]))

    def on_full_screen(self) -> None:
        self.showNormal() if self.isFullScreen() else self.showFullScreen()

    # --- what happens

    def _show_losses(self, losses: Losses | None) -> None:
        self._losses = losses
        self.library.show_losses(losses)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ThemeChange and self.settings.theme == "system":
            self.dress()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._flush()
        if self.session is not None:
            self.session.close()
            self.session = None
        if "notices" in self.__dict__:
            self.notices.jobs.stop()
        from ui.controls.files_asked import last_folder  # not before: it brings half of the capture page with it

        evidence = last_folder() or self.settings.evidence_folder
        self.change(window=frame.described(self), evidence_folder=evidence, open_audit="")
        self.desk.close()
        super().closeEvent(event)
