"""Every shipped checklist filled in and drawn: its first section, a middle one and the review, for contact sheets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from auditor.audit import Answer, Header
from auditor.checklist.model import Checklist
from auditor.store import Store
from auditor.words import use_language
from checklists import library, reader
from tests.checklists.sample_visits import VISITED, best, instances, worst
from ui.capture.page import CapturePage
from ui.main_window import MainWindow

LOOKS = (("zh", "light"), ("en", "dark"))
EACH = 5
"""Every fifth item is answered as badly as it can be."""


def answers(sheet: Checklist) -> dict[str, Answer]:
    """Best answers, every fifth one the worst."""
    good, bad = best(sheet), worst(sheet)
    mixed = {path: bad.get(path, one) if not n % EACH else one for n, (path, one) in enumerate(good.items(), 1)}
    return {path: replace(one, photos=(), reasons=one.reasons[:2]) for path, one in mixed.items()}


def fill(folder: Path) -> dict[str, str]:
    """One draft of every shipped checklist; its audit by the checklist's id."""
    made = {}
    with Store.open(folder, write=True) as store:
        for path in library.shipped():
            sheet = reader.read(path)
            header = Header(
                kind=sheet.checks[0], visited=VISITED, branch="7301001", branch_name="城东支行", shopper="青松"
            )
            audit = store.create(sheet, header)
            for section, _ in sheet.walk():
                if section.repeat:
                    while len(audit.audit.instances.get(section.id, ())) < len(instances(section)):
                        audit.add_instance(section.id)
            audit.apply(answers(sheet))
            made[sheet.id] = audit.audit.id
            audit.close()
    return made


def draw(window: MainWindow, made: dict[str, str], to: Path, settle: Callable[[], None]) -> None:
    """Three pictures of each checklist in each look, at 1280 × 800."""
    window.resize(1280, 800)
    for language, theme in LOOKS:
        use_language(language)
        window.change(language=language, theme=theme, scale=100)
        for name, audit in made.items():
            window.open_audit(audit)
            settle()
            page = window.current_page()
            assert isinstance(page, CapturePage)
            places = [one for one in page.route.places if page.route.paths(one)]
            for n, place in enumerate((places[0], places[len(places) // 2])):
                page.show_place(place.key)
                settle()
                window.grab().save(str(to / f"{language}-{name}-{n}.png"))
            window.show_page("review")
            settle()
            window.grab().save(str(to / f"{language}-{name}-2.png"))
            window.go("home")
            settle()
