"""Which notice stands above the page: an audit that can only be looked at, a full or slow disk, a question."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from auditor.errors import AuditorError
from auditor.words import language, tr
from ui import background
from ui.safety import results
from ui.safety.banner import Action, Banner, Notice
from ui.safety.jobs import Jobs
from ui.safety.words import moment, of_row

if TYPE_CHECKING:
    from auditor.store.restore import Copy
    from ui.main_window import MainWindow
    from ui.session import AuditSession

AGAIN = 3000
"""Milliseconds between two looks whether a disk that was full lets one go on."""
_PAGES_OF_AN_AUDIT = ("capture", "review")
_DAMAGES = ("store.damaged", "store.falls_short", "store.nothing_survives")


class Notices(QObject):
    """Watches the open audit and asks questions in place. A question goes with the page it was asked on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked: Notice | None = None
        self._session: AuditSession | None = None
        self._opens = ""
        self.jobs = Jobs(window.desk, self)
        self.jobs.ended.connect(self._ended)
        self.jobs.failed.connect(self._job_failed)
        self._copies: dict[str, Copy | None] = {}
        self._full = self._refused = self._was_read_only = self._said_slow = False
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN)
        self._timer.timeout.connect(self.look_again)
        self._banner: Banner | None = None
        window.page_shown.connect(self._turned)

    @property
    def notice(self) -> Notice | None:
        """What stands there now."""
        return self._banner.notice if self._banner is not None and isValid(self._banner) else None

    @property
    def banner(self) -> Banner | None:
        return self._banner if self._banner is not None and isValid(self._banner) else None

    # --- the open audit

    def watch(self, session: AuditSession) -> None:
        """A session was opened in the window."""
        self._session = session
        self._full, self._refused, self._was_read_only, self._said_slow = False, False, session.read_only, False
        session.saved.connect(lambda _at: self._saved(session))
        session.failed.connect(lambda error: self._failed(session, error))
        if session.audit.state == "damaged":
            self._look_for_copy(session.audit.id)

    def look_again(self) -> None:
        """Whether the disk lets one go on by now; if so everything can be changed again, without a restart."""
        session = self._session
        if session is None or session is not self._window.session:
            self._timer.stop()
        elif session.recover():
            self._full = False
            self._timer.stop()
            self.refresh()
            self._window.messages.clear()
            self._window.messages.say_done(tr("safety.space_again"))

    def _saved(self, session: AuditSession) -> None:
        opened = session.opened
        self._full, self._refused = opened.short_of_space, False
        if self._was_read_only and not session.read_only and session.audit.state == "draft":
            session.state_changed.emit(session.audit.state)
        self._was_read_only = session.read_only
        if opened.slow:
            self._say_slow()
        self.refresh()

    def _failed(self, session: AuditSession, error: Exception) -> None:
        self._refused = self._refused or getattr(error, "key", "") == "store.disk_full"
        self._full = self._full or self._refused or session.opened.trouble is not None
        self._was_read_only = self._was_read_only or session.read_only
        self.refresh()
        if self._full and self._window.messages.text.startswith(str(error)):
            self._window.messages.clear()  # the notice says it, and what is safe, and stays until it is over

    def _say_slow(self) -> None:
        """Each slow write is logged; the strip says it once for an audit."""
        from ui.commands.crash import note

        note(self._window.desk.folder, "slow write: more than 300 ms")
        if not self._said_slow:
            self._said_slow = True
            self._window.messages.say(tr("safety.slow"), tr("safety.slow.remedy"), tone="lost")

    # --- damage

    def show_lost(self, audit: str, error: AuditorError) -> None:
        """An audit of which nothing can be read: the strip has said so; a backup may still hold it."""
        self._look_for_copy(audit, error)

    def _look_for_copy(self, audit: str, error: AuditorError | None = None) -> None:
        from auditor.store.restore import best_copy

        target, store = self.jobs.target, self._window.desk.store
        known = store.library.known(audit) if store is not None else (0, "")

        def found(copy: Copy | None) -> None:
            if not isValid(self):
                return
            self._copies[audit] = copy
            if error is not None:
                self.ask(self._damaged(audit, error, 0))
            self.refresh()

        background.run(lambda: best_copy(target, audit, known), found, lambda _: found(None))

    def _damaged(self, audit: str, error: AuditorError, there: int) -> Notice:
        actions = [Action(tr("safety.check_now"), lambda _: self._check())]
        lines = [f"{error}"]
        copy = self._copies.get(audit)
        if copy is not None:
            when = moment(copy.generation.moment)
            more = copy.answers - there
            gain = tr("safety.copy_more", more=more) if more > 0 else tr("safety.copy_same") if not more else ""
            lines.append(tr("safety.copy", when=when, answers=copy.answers, there=there, gain=gain))
            ask = partial(self._ask_restoring, audit, copy)
            actions.insert(0, Action(tr("safety.restore_from", when=when), lambda _: ask(), "primary"))
        elif audit in self._copies:
            lines.append(tr("safety.no_copy"))
        title = tr("safety.damaged") if there else tr("safety.lost")
        return Notice(title, tuple(lines), actions=tuple(actions))

    def _ask_restoring(self, audit: str, copy: Copy) -> None:
        when = moment(copy.generation.moment)
        yes = Action(tr("safety.restore_yes"), lambda _: self._restore(audit, copy.generation.moment), "primary")
        self.ask(Notice(tr("safety.restore_ask", when=when), (tr("safety.restore_note"),), "lost", actions=(yes,)))

    def _restore(self, audit: str, at: datetime) -> None:
        window = self._window
        self.drop()
        window.go("home")
        self._opens = audit
        self.jobs.restore(audit, at)

    def _ended(self, name: str, result: object) -> None:
        """What a job came to, in the strip; the audit that was restored is opened again."""
        results.say(self._window.messages, result)
        if name == "restore" and self._opens:
            audit, self._opens = self._opens, ""
            self._window.open_audit(audit)

    def _job_failed(self, error: Exception) -> None:
        self._opens = ""
        if getattr(error, "key", "") == "safety.stopped":
            self._window.messages.say(str(error))
        else:
            self._window.say_wrong(error)

    def _check(self) -> None:
        self.drop()
        self._window.go("check")
        self.jobs.check()

    # --- erasing

    def ask_erasing(self, audit: str) -> None:
        """Explain what erasing takes away, and ask for the reason."""
        row = self._window.library.row(audit)
        if row is None:
            return
        erase = Action(tr("safety.erase"), partial(self._erase, audit), "danger", needs_text=True)
        lines = (tr("safety.erase_takes"), tr("safety.erase_keeps"))
        title = tr("safety.erase_ask", audit=of_row(row))
        self.ask(Notice(title, lines, "lost", "shield", tr("safety.erase_reason"), (erase,)))

    def _erase(self, audit: str, reason: str) -> None:
        self.drop()

        def work() -> None:
            count = self._window.desk.erase(audit, reason)
            words = tr("safety.erased", count=count) if count else tr("safety.erased_nothing")
            self._window.messages.say_done(words, tr("safety.erased.remedy") if count else "")

        self._window.desk.when_ready(work)

    # --- what stands there

    def ask(self, notice: Notice) -> None:
        """A question, with a way out of it."""
        cancel = Action(tr("window.cancel"), lambda _: self.drop())
        self._asked = Notice(
            notice.title, notice.lines, notice.tone, notice.icon, notice.field, (*notice.actions, cancel)
        )
        self.refresh()

    def drop(self) -> None:
        """Take the question back."""
        self._asked = None
        self.refresh()

    def refresh(self) -> None:
        notice = self._asked or self._of_session()
        if notice is None:
            self._take_away()
        elif self.notice is None or _said(self.notice) != _said(notice):
            self._take_away()
            self._banner = Banner(notice)
            self._window.above.addWidget(self._banner)

    def _take_away(self) -> None:
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
        self._banner = None

    def _turned(self, _page: str) -> None:
        self._asked = None
        self.refresh()

    def _of_session(self) -> Notice | None:
        session = self._window.session
        if session is None or self._window.page not in _PAGES_OF_AN_AUDIT:
            return None
        why = session.why_viewed
        if why is not None and why.key in _DAMAGES:
            return self._damaged(session.audit.id, why, len(session.audit.answers))
        if why is not None:
            lines = tuple(one for one in (str(why), why.remedy()) if one)
            return Notice(tr("safety.only_viewing"), lines, "lost", "lock")
        if not self._full:
            return None
        if not self._timer.isActive():
            self._timer.start()
        trouble = session.opened.trouble
        again = Action(tr("safety.try_again"), lambda _: self.look_again())
        if trouble is not None and trouble.key != "store.disk_full":
            space = "" if language() == "zh" else " "
            return Notice(f"{trouble}{space}{tr('safety.not_saving')}", (trouble.remedy(),), actions=(again,))
        lost = self._refused or trouble is not None
        saving = tr("safety.full_not_saved") if lost else tr("safety.full_saved")
        space = "" if language() == "zh" else " "
        return Notice(tr("safety.full"), (space.join((saving, tr("safety.full.remedy"))),), actions=(again,))


def _said(notice: Notice) -> tuple[Any, ...]:
    return notice.title, notice.lines, notice.field, [one.words for one in notice.actions]
