"""The page that says who works here joined to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.role.page import RolePage
from ui.start.wiring import import_branches

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.role.today import Person


def role_page(window: MainWindow) -> RolePage:
    page = RolePage(window.person, window.desk.rows)
    page.chosen.connect(lambda person: become(window, person))
    page.left.connect(lambda: window.go("home"))
    page.branches.register_wanted.connect(lambda: import_branches(window, page))
    window.desk.when_ready(lambda: page.show_branches(window.desk.branches()))
    return page


def become(window: MainWindow, person: Person) -> None:
    """Work as somebody: the first page is made for him."""
    role, alias, branch, name, day = person
    window.change(role=role, alias=alias, own_branch=branch, own_branch_name=name, due_day=day)
    window.go("home")
    window.rebuild()
