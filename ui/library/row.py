"""One audit as a row of the library reads: its words, and the delegate that paints them in the house's type."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from auditor.words import tr
from ui.library.listing import COLUMNS, branch, title, versioned
from ui.look import icons
from ui.look.style import MEDIUM, Tone, look
from ui.rows import concluded

if TYPE_CHECKING:
    from auditor.store import Row

Index = QModelIndex | QPersistentModelIndex
MENU = len(COLUMNS)
"""The column of the dots."""
ROW = Qt.ItemDataRole.UserRole
HEIGHT = 56
STATE_TONES: dict[str, Tone] = {"draft": "brand", "finished": "good", "damaged": "failed"}


def text(row: Row, column: str) -> str:
    """What a cell says."""
    match column:
        case "visited":
            return moment(row.visited)
        case "branch":
            return branch(row) or tr("window.no_branch")
        case "checklist":
            return f"{title(row)} {versioned(row)}"
        case "kind":
            return tr(f"common.kind.{row.kind}", default=row.kind)
        case "state":
            return state(row)
        case "score":
            return figure(row)
        case _:
            return conclusion(row)


def spoken(row: Row, column: str) -> str:
    """A cell for a screen reader: with what the picture shows beside it."""
    was = before(row) if column == "score" else ""
    return f"{tr(f'window.column.{column}')} {text(row, column)} {was}".strip()


def moment(visited: str) -> str:
    """`09-22 10:04` in this year, `2025-09-22` before."""
    if len(visited) < 16:
        return visited[:10]
    this_year = visited[:4] == f"{datetime.now().year}"
    return f"{visited[5:10]} {visited[11:16]}" if this_year else visited[:10]


def state(row: Row) -> str:
    name = tr(f"common.state.{row.state}", default=row.state)
    if row.state == "draft" and row.applicable:
        return f"{name} {row.answered * 100 // row.applicable}%"
    return name


def figure(row: Row) -> str:
    """The total of a finished audit; a draft has none yet."""
    return tr("common.no_score") if row.total is None or row.state != "finished" else f"{row.total}"


def before(row: Row) -> str:
    """The figure before critical effects, where they changed it."""
    changed = row.state == "finished" and row.before_critical is not None and row.before_critical != row.total
    return tr("window.was", figure=row.before_critical) if changed else ""


def conclusion(row: Row) -> str:
    """Grade, and what matters more than it: a veto, a cap, a fail."""
    return tr("window.see_damage") if row.state == "damaged" else concluded(row)


class RowPainter(QStyledItemDelegate):
    """Paints cells: the branch and the score strong, the state on a pill, failed in red and in words."""

    narrow = False
    """Whether the checklist has no column: it then stands below the branch."""
    chosen, hovered = -1, -1
    """Rows, told by the view: asking the option would load every flag of QStyle before the first paint."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), look().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, column, now = index.data(ROW), index.column(), look()
        box = option.rect
        painter.save()
        if index.row() == self.chosen:
            painter.fillRect(box, QColor(now.colours.brand_ground))
        elif index.row() == self.hovered:
            painter.fillRect(box, QColor(now.colours.well))
        painter.setPen(QColor(now.colours.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inside = box.adjusted(MEDIUM, 0, -MEDIUM, 0)
        if column == MENU:
            self._dots(painter, box)
        elif COLUMNS[column] == "state":
            tone = STATE_TONES.get(row.state, "quiet")
            pill(painter, inside, state(row), tone, icon="warning" if row.state == "damaged" else "")
        elif COLUMNS[column] == "branch" and self.narrow:
            self._two_lines(painter, inside, row)
        elif COLUMNS[column] == "score":
            self._score(painter, inside, row)
        else:
            self._plain(painter, inside, row, COLUMNS[column])
        painter.restore()

    def _plain(self, painter: QPainter, box: QRect, row: Row, column: str) -> None:
        now = look()
        red = column == "conclusion" and (row.effects or row.passed is False or row.state == "damaged")
        font = now.font("strong", bold=column == "branch" or bool(red))
        font.setPixelSize(now.px(15))
        painter.setFont(font)
        painter.setPen(now.colour("failed" if red else "ink"))
        write(painter, box, text(row, column))

    def _two_lines(self, painter: QPainter, box: QRect, row: Row) -> None:
        now, half = look(), box.height() // 2
        self._plain(painter, box.adjusted(0, 6, 0, -half + 4), row, "branch")
        painter.setFont(now.font("quiet"))
        painter.setPen(now.colour("quiet"))
        write(painter, box.adjusted(0, half, 0, -6), f"{text(row, 'kind')} · {text(row, 'checklist')}")

    def _score(self, painter: QPainter, box: QRect, row: Row) -> None:
        now, was = look(), before(row)
        right = Qt.AlignmentFlag.AlignRight
        if was:
            painter.setFont(now.font("quiet"))
            painter.setPen(now.colour("quiet"))
            write(painter, box, was, right)
            box = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(was) - 6, 0)
        known = row.total is not None and row.state == "finished"
        font = now.font("strong", bold=known)
        painter.setFont(font)
        painter.setPen(now.colour("ink" if known else "quiet"))
        write(painter, box, figure(row), right)

    def _dots(self, painter: QPainter, box: QRect) -> None:
        now = look()
        side = now.px(20)
        picture = icons.pixmap("more", now.colours.quiet, side, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPoint(box.center().x() - side // 2, box.center().y() - side // 2), picture)


def write(painter: QPainter, box: QRect, words: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    """One line in a box, shortened with … where there is no room."""
    fitting = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitting)


def pill(painter: QPainter, box: QRect, words: str, tone: Tone, icon: str = "") -> None:
    """A state's badge, painted, with a picture before the words where there is one."""
    now = look()
    font = now.font("quiet", bold=True)
    metrics = QFontMetrics(font)
    side = now.px(14) if icon else 0
    wide, tall = metrics.horizontalAdvance(words) + 16 + (side + 4 if icon else 0), metrics.height() + 6
    ground = QRectF(box.left(), box.center().y() - tall / 2 + 1, min(wide, box.width()), tall)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.ground(tone))
    painter.drawRoundedRect(ground, 6, 6)
    painter.setFont(font)
    painter.setPen(now.colour(tone))
    if icon:
        picture = icons.pixmap(icon, now.colours.tone(tone)[0], side, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPoint(round(ground.left()) + 7, round(ground.center().y()) - side // 2), picture)
        ground = ground.adjusted(side + 4, 0, 0, 0)
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, words)
