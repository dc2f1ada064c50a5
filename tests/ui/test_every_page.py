"""Every page in every size, text size, theme and language: nothing clipped, covered, faint, small, lost or unnamed
(design §6: 48 px, 4.5:1, landscape and portrait, 100–200 %). What the pages are stands in pages.py."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from auditor import words
from tests.ui import looking
from tests.ui.contrast import faint
from tests.ui.pages import PAGES, sample, settle
from tests.ui.painted import Seen, cramped, render
from tests.ui.tongues import misplaced
from ui import app as opening
from ui.look import style
from ui.main_window import MainWindow

SIZES = ((1024, 768), (1280, 800), (800, 1280), (1920, 1200))
PSEUDO = "pseudo"
"""English of accented letters, 40 % longer: what the next language may bring."""
LONGER = 0.4


class Look(NamedTuple):
    size: tuple[int, int]
    scale: int
    theme: str
    language: str

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]}-{self.scale}-{self.theme}-{self.language}"


def looks() -> list[Look]:
    """All of them; the large screen at 150 % too."""
    sizes = [*product(SIZES, (100, 200)), ((1920, 1200), 150)]
    return [Look(*size, *rest) for size, rest in product(sizes, product(("light", "dark"), ("zh", "en", PSEUDO)))]


SOME = [
    Look((1280, 800), 100, "light", "zh"),
    Look((1280, 800), 100, "dark", "en"),
    Look((1024, 768), 100, "light", PSEUDO),
    Look((800, 1280), 100, "dark", PSEUDO),
    Look((800, 1280), 200, "light", "en"),
    Look((1024, 768), 200, "dark", "zh"),
    Look((1920, 1200), 150, "light", "en"),
    Look((1280, 800), 200, "light", PSEUDO),
]
"""Each size, text size, theme and language with each other at least once but for few."""


def test_the_sample_is_balanced() -> None:
    """Every pair of theme, language and text size (100 or 200) occurs; every size too."""
    assert {one.size for one in SOME} == set(SIZES)
    assert {(one.theme, one.language) for one in SOME} == set(product(("light", "dark"), ("zh", "en", PSEUDO)))
    assert {(one.scale, one.language) for one in SOME} >= set(product((100, 200), ("zh", "en", PSEUDO)))
    assert set(SOME) <= set(looks())


MEASURES: dict[str, Callable[[QWidget, Seen], list[str]]] = {
    "clipped": lambda page, _: looking.clipped(page),
    "overlapping": lambda page, _: looking.overlapping(page),
    "small": lambda page, _: looking.small_targets(page),
    "unnamed": lambda page, _: looking.unnamed(page),
    "out of reach": lambda page, _: looking.beside_the_page(page),
    "cramped": lambda _, seen: cramped(seen),
    "faint": faint,
    "in another language": lambda page, seen: misplaced(page, seen, words.language()),
}


def measured(page: QWidget) -> list[str]:
    """All that is wrong with a page as it stands there."""
    seen = render(page)
    return [f"{name}: {one}" for name, measure in MEASURES.items() for one in measure(page, seen)]


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("bank") / "data"
    sample(folder)
    window = opening.open_window(qapp, folder)
    settle()
    yield window
    window.close()
    settle()
    style.apply(qapp, "light", 100)


def bring_into(window: MainWindow, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dress the window in a look; `monkeypatch` takes the pseudo-language off again."""
    if look.language == PSEUDO:
        plain = words.catalogue

        @cache
        def longer(code: str, area: str) -> dict[str, str]:
            return {name: lengthened(said) for name, said in plain(code, area).items()}

        monkeypatch.setattr(words, "catalogue", longer)
    window.resize(*look.size)
    language = "en" if look.language == PSEUDO else look.language
    words.use_language(language)
    window.change(language=language, theme=look.theme, scale=look.scale)
    window.rebuild()
    settle()
    assert window.size().toTuple() == look.size


ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéîñöüýÁÇÉÎÑÖÜÝ")


def lengthened(sentence: str) -> str:
    """With accents, and 40 % more letters at the end of its words; what stands in braces stays."""
    made, inside = [], False
    for part in sentence.replace("{", "\0{").replace("}", "}\0").split("\0"):
        inside = part.startswith("{")
        made.append(part if inside else " ".join(_longer(word) for word in part.split(" ")))
    return "".join(made)


def _longer(word: str) -> str:
    letters = word.rstrip(".,:;…?")
    more = round(len(letters) * LONGER) if letters.isalpha() else 0
    return (letters + (letters * 2)[:more]).translate(ACCENTS) + word[len(letters) :]


def test_the_pseudo_language_is_longer_and_keeps_what_is_filled_in() -> None:
    assert lengthened("Saved {time}.") == "SávédSá {time}."
    assert lengthened("{n} of {m}: open") == "{n} öfö {m}: öpéñöp"
    said = "Everything is saved"
    assert 1.3 <= len(lengthened(said)) / len(said) <= 1.5


def faults(window: MainWindow) -> list[str]:
    found = []
    for page, bring in PAGES.items():
        bring(window)
        settle()
        found += [f"{page}: {one}" for one in measured(window)]
    return found


@pytest.mark.parametrize("look", SOME, ids=str)
def test_every_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch, look: Look) -> None:
    bring_into(window, look, monkeypatch)
    found = faults(window)
    assert not found, "\n".join(found)


@pytest.mark.full
def test_every_page_on_a_display_scaled_by_half() -> None:
    """1920×1200 at 150 % of the desktop, where a pixel of ours is one and a half of the screen's."""
    wanted = [f"{__file__}::test_every_page[{one}]" for one in SOME if one.size == (1280, 800)]
    command = [sys.executable, "-m", "pytest", "-q", *wanted]
    done = subprocess.run(command, env=os.environ | {"QT_SCALE_FACTOR": "1.5"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.full
@pytest.mark.parametrize("look", [one for one in looks() if one not in SOME], ids=str)
def test_every_page_in_every_look(window: MainWindow, monkeypatch: pytest.MonkeyPatch, look: Look) -> None:
    bring_into(window, look, monkeypatch)
    found = faults(window)
    assert not found, "\n".join(found)
