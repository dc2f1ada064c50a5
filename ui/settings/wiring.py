"""The page of settings joined to the window: its own, those of reports, and the cards about the data's safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.errors import AuditorError
from exports import report_settings
from ui.safety.wiring import settings_cards
from ui.settings.page import SettingsPage
from ui.settings.report_settings_card import ReportSettingsCard
from ui.shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def settings_page(window: MainWindow) -> SettingsPage:
    cards = (*settings_cards(window), _report_settings(window))
    page = SettingsPage(window.settings, window.desk.folder, SHORTCUTS, cards)
    page.changed.connect(lambda values: window.change(**values))
    return page


def _report_settings(window: MainWindow) -> ReportSettingsCard:
    """What every report is asked to be, kept in a file of its own."""
    settings, wrong = report_settings.load(window.desk.folder)
    if wrong is not None:
        window.say_wrong(wrong)
    card = ReportSettingsCard(settings)

    def keep(changed: report_settings.ReportSettings) -> None:
        try:
            report_settings.save(window.desk.folder, changed)
        except AuditorError as error:
            window.say_wrong(error)

    card.changed.connect(keep)
    return card
