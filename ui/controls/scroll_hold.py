"""While a finger draws or drags on a control, the page below it does not scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QWidget


def hold_scrolling(widget: QWidget, held: bool) -> None:
    """Keep the scroll area around a widget from taking the finger, or let it again."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    if above is None:
        return
    view = above.viewport()
    if not held:
        QScroller.grabGesture(view, QScroller.ScrollerGestureType.TouchGesture)
    elif QScroller.hasScroller(view):
        QScroller.scroller(view).stop()
        QScroller.ungrabGesture(view)
