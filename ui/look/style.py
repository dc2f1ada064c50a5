"""The look (design §6): one place that dresses the application from the tokens.

Widgets say what they are through dynamic properties and the stylesheet says how that looks:
`label.setProperty("role", "quiet|small|body|strong|title|figure")`, a label's `tone`
(`quiet|brand|good|lost|failed`), `button.setProperty("look", "primary|plain|quiet|chip|danger|answer|icon|row|tile")`,
`frame.setProperty("panel", "card|strip|head|page|rail|well|brand|lost|failed|line")`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.look import fonts, stylesheet
from ui.look.tokens import (
    ANSWER,
    DARK,
    LARGE,
    LIGHT,
    MEDIUM,
    RADIUS,
    SCALES,
    SMALL,
    SPACING,
    TARGET,
    TIGHT,
    TYPE,
    WIDE,
    Colours,
    Look,
    Role,
    Theme,
    Tone,
)

__all__ = [
    "ANSWER",
    "DARK",
    "LARGE",
    "LIGHT",
    "MEDIUM",
    "RADIUS",
    "SCALES",
    "SMALL",
    "SPACING",
    "TARGET",
    "TIGHT",
    "TYPE",
    "WIDE",
    "Colours",
    "Look",
    "Role",
    "Theme",
    "Tone",
    "apply",
    "choose",
    "dress",
    "is_dark",
    "look",
    "palette",
    "put",
    "tone_of",
]


_look = Look(LIGHT, 100, "", "")
"""The look of this process's one application: asked for thousands of times a page."""


def look() -> Look:
    """The look `apply` gave the application; light at 100 % before that."""
    return _look


def is_dark(theme: Theme) -> bool:
    """Whether a theme comes out dark now; `system` asks the desktop, and is light where it doesn't say."""
    if theme == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return theme == "dark"


def apply(app: QApplication, theme: Theme = "system", scale: int = 100) -> Look:
    """Dress the application: font, palette and stylesheet. Widgets that exist are dressed anew."""
    now = choose(app, theme, scale)
    dress(app)
    return now


def choose(app: QApplication, theme: Theme = "system", scale: int = 100) -> Look:
    """The look from now on, with its font and palette; the stylesheet follows with `dress`."""
    global _look
    family, bold_family = fonts.load()
    now = Look(DARK if is_dark(theme) else LIGHT, max(100, min(200, scale)), family, bold_family)
    if not _look == now == app.property("look"):
        _look = now
        app.setFont(now.font("body"))
        app.setPalette(palette(now.colours))
    return now


def dress(app: QApplication) -> None:
    """Put the stylesheet of the look on. The first window is built before: Qt would dress every part of it anew
    each time it is put into a larger one, which is a tenth of the start."""
    if app.property("look") != _look:
        app.setProperty("look", _look)
        app.setStyleSheet(stylesheet.text(_look))


def palette(c: Colours) -> QPalette:
    """Our own palette, since not every desktop (and no offscreen one) has a colour scheme."""
    made, role = QPalette(), QPalette.ColorRole
    roles = {
        role.Window: c.ground,
        role.WindowText: c.ink,
        role.Base: c.card,
        role.AlternateBase: c.ground,
        role.Text: c.ink,
        role.Button: c.card,
        role.ButtonText: c.ink,
        role.PlaceholderText: c.quiet,
        role.Highlight: c.brand,
        role.HighlightedText: c.on_brand,
        role.ToolTipBase: c.card,
        role.ToolTipText: c.ink,
        role.Link: c.brand,
        role.Mid: c.line,
    }
    for name, colour in roles.items():
        made.setColor(name, QColor(colour))
    for name in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(c.quiet))
    return made


def put(widget: QWidget, name: str, value: object) -> None:
    """Set a property the stylesheet looks at, and dress the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is dressed when first shown; to ask for its style before would load every flag of QStyle
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def tone_of(value: object) -> Tone:
    """A widget's `tone` property as a tone."""
    return value if value in ("quiet", "brand", "good", "lost", "failed") else "ink"
