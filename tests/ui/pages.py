"""Every page of the window, each reached in one call: drawn by pictures.py, measured by test_every_page.py.

A new page is covered by adding one line to `PAGES`. Each entry takes a window on the folder that `sample` made,
whatever page it shows now, and brings it to its page.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QScrollArea

from auditor.audit import Answer, Jot, Photo, Reason
from tests.ui import scene
from ui import background
from ui.capture.page import CapturePage
from ui.checklists.page import ChecklistsPage
from ui.jot.page import JotPage
from ui.main_window import MainWindow
from ui.review.page import ReviewPage

KINDS = "scene"
"""The checklist with every kind of item."""


def settle(seconds: float = 20) -> None:
    """Let everything under way come to its end and be painted."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        if background.idle():
            break
        time.sleep(0.01)
    for _ in range(5):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # else no page that was left ever goes


def sample(folder: Path) -> None:
    """A bank's audits in `folder`, and a draft with every kind of item, some of it answered, some of it lost."""
    from auditor.store import Store
    from ui.commands.demo import demo
    from ui.demo.pictures import picture

    demo(Namespace(data=folder, audits=40, branches=10, months=6, seed=1, lang=None, json=False))
    with Store.open(folder, write=True) as store:
        opened = store.create(scene.checklist(), scene.header())
        said = Reason("大堂经理坐着招呼客户, the lobby manager stayed seated", "10:05", "大堂", "大堂经理")
        shown: tuple[Photo, ...] = tuple(opened.keep_photo(picture(name), f"{name}.jpg") for name in ("a", "b"))
        opened.apply(
            {
                "q_choice": Answer("no", reasons=(said,), photos=shown, flagged=True),
                "q_multi": Answer(("papers",), reasons=(Reason("桌上有客户资料"),)),
                "q_occurrences": Answer(2, note="一次是柜员，一次是大堂"),
                "q_duration": Answer("21.4"),
                "greets": Answer("no"),
            }
        )
        opened.close()


def draft(window: MainWindow) -> str:
    return next(row.id for row in window.desk.rows if row.state == "draft" and row.checklist != KINDS)


def home(window: MainWindow, role: str = "") -> None:
    """The first page of somebody in a role, with nothing left over from before."""
    from ui.role import wiring
    from ui.role.today import Person

    window.go("home")
    window.messages.clear()
    row = next(row for row in window.desk.rows if row.kind == "self")
    wanted = Person(role, "青松", row.branch, row.branch_name) if role else Person()  # type: ignore[arg-type]
    if wanted != window.person:
        wiring.become(window, wanted)
    window.library.show_rows(window.desk.rows)
    window.library.clear_filters()
    settle()


def finished(window: MainWindow) -> str:
    return next(row.id for row in window.desk.rows if row.state == "finished")


def start(window: MainWindow) -> None:
    """With the checklist whose scenarios have the longest names."""
    home(window)
    window.on_start_check()
    settle()
    page = window.current_page()
    offered = [one.id for one in page._checklists]  # type: ignore[attr-defined]
    page._tiles.button(offered.index("customer_journey")).click()  # type: ignore[attr-defined]
    page.branches.choose(1)  # type: ignore[attr-defined]


def editor(window: MainWindow) -> None:
    """A shipped checklist open in the editor, at an item, with something wrong in another."""
    from checklists import drafts
    from ui.editor.page import EditorPage
    from ui.editor.state import Editing

    window.editing = Editing(drafts.edit(window.desk.folder, "greeting"))
    window.editing.document.put(("sections", 0, "items", 2, "points"), "两分")
    window.editing.path = ("sections", 0, "items", 1)
    window.show_page("home")
    window.show_page("editor")
    settle()
    page = window.current_page()
    assert isinstance(page, EditorPage)
    page._show_preview()


def chosen_role(window: MainWindow, name: str) -> None:
    home(window, name)
    window.show_page("role")


def capture(window: MainWindow, checklist: str = "", place: int = 0) -> CapturePage:
    """A draft open at one of its places."""
    home(window)
    rows = (row for row in window.desk.rows if row.state == "draft" and row.checklist == checklist)
    window.open_audit(next(rows).id if checklist else draft(window))
    settle()
    page = window.current_page()
    assert isinstance(page, CapturePage)
    page.show_place(page.route.places[place].key)
    settle()
    page.column.wake_all()
    return page


def every_kind(window: MainWindow, *, below: bool = False) -> None:
    page = capture(window, KINDS)
    settle()
    bar = page.column.area.verticalScrollBar()
    bar.setValue(bar.maximum() if below else 0)


def searching(window: MainWindow) -> None:
    page = capture(window, KINDS)
    page.show_search()
    page.beside.search.field.setText("项目")


def reviewed(window: MainWindow) -> None:
    """A draft with much missing, looked over."""
    capture(window, KINDS)
    window.show_page("review")


def result(window: MainWindow) -> None:
    home(window)
    window.open_audit(finished(window))


def erasing(window: MainWindow) -> None:
    home(window)
    window.notices.ask_erasing(finished(window))


def no_audits(window: MainWindow) -> None:
    home(window)
    window.library.show_rows([])


def none_found(window: MainWindow) -> None:
    home(window)
    window.library.look_for("没有这样的")


def told(window: MainWindow) -> None:
    """Something went wrong, with a remedy, in the strip."""
    from auditor.errors import AuditorError

    home(window)
    window.say_wrong(AuditorError("store.disk_full", file=str(window.desk.folder / "settings.yaml"), said=""))


def checked(window: MainWindow) -> None:
    home(window)
    window.go("check")
    window.notices.jobs.check()


def photo(window: MainWindow) -> None:
    """A photo of a draft, large, with a blur, an arrow and a box on it."""
    from auditor.store.marks import Mark
    from ui.demo.pictures import picture
    from ui.photos.page import PhotoPage

    capture(window)
    assert window.session is not None
    path = next(one.path for one in window.session.score.items if one.status in ("open", "met", "lost"))
    window.session.add_photos(path, [picture(path)])
    settle()
    window.photo = (path, window.session.current(path).photos[-1].sha256)
    window.show_page("photo")
    settle()
    page = window.current_page()
    assert isinstance(page, PhotoPage)
    page._choose("blur")
    for mark in (
        Mark("blur", 0.14, 0.32, 0.24, 0.44),
        Mark("arrow", 0.4, 0.85, 0.52, 0.68),
        Mark("box", 0.6, 0.58, 0.8, 0.7),
    ):
        page.canvas._put((*page.canvas.shapes, mark), -1)


def jotting(window: MainWindow, *, correcting: bool = False) -> JotPage:
    """A covert visit in the middle of being jotted down."""
    from auditor.audit import Header
    from checklists import library

    now = datetime.now().astimezone()

    def ago(minutes: int) -> str:
        return (now - timedelta(minutes=minutes, seconds=9 * minutes)).isoformat(timespec="seconds")

    home(window, "shopper")
    header = Header("mystery", ago(13), branch="7301001", branch_name="城东支行", shopper="青松")
    window.start_audit(library.find("service_details", None), header)
    settle()
    page = window.current_page()
    assert isinstance(page, JotPage)
    for one in (
        Jot("stamp", ago(12), "arrived"),
        Jot("stamp", ago(11), "ticket", proof="ticket"),
        *(Jot("note", ago(9 - at), text=text) for at, text in enumerate(("没人招呼 坐着", "桌上有单据", "保安帮老人"))),
        Jot("timing", ago(2), page.watch.marks[0].name),
    ):
        page.session.jot(one)
    if correcting:
        page.correct("ticket")
    return page


def narrated(window: MainWindow) -> None:
    """What became of it: the review page with the course of the visit."""
    page = jotting(window)
    page.stamp("left")
    page.unfold()
    window.messages.clear()
    window.show_page("review")
    settle()
    review = window.current_page()
    assert isinstance(review, ReviewPage)
    assert review.course is not None
    review.findChildren(QScrollArea)[0].ensureWidgetVisible(review.course)


def correcting(window: MainWindow) -> None:
    """A finished audit with the form of a corrective action open, below the losses."""
    result(window)
    settle()
    page = window.current_page()
    assert isinstance(page, ReviewPage)
    assert page.losses is not None
    next(iter(page.losses.rows.values())).open(True)


def beginning(window: MainWindow) -> None:
    """Asked for the title and id of a new checklist."""
    home(window)
    window.go("checklists")
    settle()
    page = window.current_page()
    assert isinstance(page, ChecklistsPage)
    page.ask_for_new()


def one_checklist(window: MainWindow) -> None:
    """A checklist, also where there is no room for the list beside it."""
    home(window)
    window.go("checklists")
    settle()
    page = window.current_page()
    assert isinstance(page, ChecklistsPage)
    page._group.buttons()[-1].click()


def settings_below(window: MainWindow) -> None:
    home(window)
    window.go("settings")
    settle()
    bar = window.current_page().findChildren(QScrollArea)[0].verticalScrollBar()
    bar.setValue(bar.maximum())


PAGES: dict[str, Callable[[MainWindow], object]] = {
    "library": home,
    "welcome": no_audits,
    "none-found": none_found,
    "told": told,
    "role": lambda window: chosen_role(window, "branch_head"),
    "role-shopper": lambda window: chosen_role(window, "shopper"),
    "home-shopper": lambda window: home(window, "shopper"),
    "home-branch-head": lambda window: home(window, "branch_head"),
    "home-officer": lambda window: home(window, "officer"),
    "start": start,
    "checklists": lambda window: (home(window), window.go("checklists")),
    "checklists-one": one_checklist,
    "checklists-new": beginning,
    "editor": editor,
    "settings": lambda window: (home(window), window.go("settings")),
    "settings-below": settings_below,
    "check": checked,
    "jot": jotting,
    "jot-correcting": lambda window: jotting(window, correcting=True),
    "jot-cover": lambda window: jotting(window).put_cover(),
    "jot-narrative": narrated,
    "capture": capture,
    "capture-kinds": every_kind,
    "capture-kinds-below": lambda window: every_kind(window, below=True),
    "capture-tellers": lambda window: capture(window, KINDS, -1),
    "capture-explained": lambda window: capture(window, KINDS).head.score.click(),
    "capture-search": searching,
    "photo": photo,
    "review": result,
    "review-draft": reviewed,
    "review-action": correcting,
    "erasing": erasing,
    "export": lambda window: (home(window), window.export_audit(finished(window))),
    "batch": lambda window: (home(window), window.export_rows(window.desk.rows)),
    "register": lambda window: (home(window), window.export_rows(window.desk.rows, "register")),
}
