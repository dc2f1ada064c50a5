"""Above the cards of a self-inspection: whose section it is, who is writing, and the signature that locks it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from auditor import review
from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.words import tr
from ui.controls.signature import SignaturePad
from ui.look.style import MEDIUM, SMALL
from ui.session import AuditSession
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row


class DutyBand(Card):
    """One section's; `sharing_wanted` when sections are to be shared out."""

    sharing_wanted = Signal()

    def __init__(self, session: AuditSession, section: str) -> None:
        super().__init__("well", margin=MEDIUM, spacing=SMALL)
        self._session, self._section = session, section
        self._sharing = session.sharing
        self.words = label("", "body", wrap=True)
        self.writer = button("", "chip", icon="person", on_click=self._offer_writers)
        self.sign = button(tr("duties.sign"), icon="signature", on_click=self._on_sign)
        self.unsign = button(tr("duties.unsign"), on_click=lambda: self._sharing.unsign(section))
        self.share = button(tr("duties.title"), "quiet", on_click=self.sharing_wanted.emit)
        self.note = label("", "body", "lost", wrap=True)
        self.note.hide()
        self.pad: SignaturePad | None = None
        head = row(self.words, self.share)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        self._deeds = Flow(self.writer, self.sign, self.unsign)
        self.column.addWidget(self._deeds)
        self.column.addWidget(self.note)
        self._sharing.writer_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Paint what is saved."""
        duty, fixed = self._sharing.duties.get(self._section), self._session.read_only
        signed = duty is not None and bool(duty.signed)
        self.words.setText(self._said())
        name = self._sharing.writer or (duty.person if duty else "")
        words = tr("duties.writing", person=name) if name else tr("duties.writing_nobody")
        self.writer.setText(words.replace("&", "&&"))
        self.writer.setAccessibleName(words)
        self.writer.setVisible(bool(self._sharing.people) and not fixed and not signed)
        self.sign.setVisible(duty is not None and not signed and not fixed)
        self.unsign.setVisible(signed and not fixed)
        self.share.setVisible(not fixed)
        self._deeds.setVisible(not fixed and (signed or bool(self._sharing.people)))
        self.setVisible(not fixed or duty is not None)

    def _said(self) -> str:
        duty = self._sharing.duties.get(self._section)
        if duty is None:
            return tr("duties.nobody" if self._sharing.duties else "duties.offer")
        if duty.signed:
            when = duty.signed[:16].replace("T", " ")
            return tr("duties.is_signed", person=duty.signature or duty.person, when=when)
        return tr("duties.has", person=duty.person)

    def menu_of_writers(self) -> QMenu:
        """Everybody who has a section; each section by the person who has it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("duties.writing_nobody"))
        group = QActionGroup(menu)
        for person in ("", *self._sharing.people):
            action = QAction((person or tr("duties.by_section")).replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(person == self._sharing.writer)
            action.triggered.connect(partial(self._on_writer, person))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _offer_writers(self) -> None:
        self.menu_of_writers().popup(self.writer.mapToGlobal(QPoint(0, self.writer.height())))

    def _on_writer(self, person: str, _checked: bool = False) -> None:
        self._sharing.set_writer(person)

    def _on_sign(self) -> None:
        """Sign when through: what is still open is said instead."""
        if self.pad is not None:
            self._close_pad()
            return
        lacking = {one.path for one in review.missing(self._session.audit, self._session.score)} - {self._section}
        count = sum(self._sharing.section(path) == self._section for path in lacking)
        self._say(tr("duties.not_through", n=count) if count else "")
        if not count:
            self._open_pad()

    def _open_pad(self) -> None:
        person = self._sharing.duties[self._section].person
        item = Item.model_validate({"id": "sign", "kind": "signature", "text": tr("duties.sign")})
        self.pad = SignaturePad(item)
        self.pad.show_answer(Answer(value=person))
        self.pad.signed.connect(self._on_signed)
        self.column.addWidget(self.pad)

    def _close_pad(self) -> None:
        if self.pad is not None:
            self.pad.hide()
            self.pad.deleteLater()
            self.pad = None

    def _on_signed(self, drawing: bytes | None) -> None:
        if self.pad is None or drawing is None:
            return
        name = self.pad.name.text().strip()
        self._say("" if name else tr("duties.name_wanted"))
        if name:
            self._sharing.sign(self._section, name, drawing)

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
