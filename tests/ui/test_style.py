"""The look holds its promises: contrast, sizes, one stylesheet, icons in any colour (design §6)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QPushButton

from ui.look import icons, style
from ui.look.tokens import Colours
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label

pytestmark = pytest.mark.usefixtures("dressed")
TONES: tuple[style.Tone, ...] = ("quiet", "brand", "good", "lost", "failed")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    parts = [one / 255 for one in (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())]
    r, g, b = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_the_usual_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(colours: Colours) -> None:
    """design §6: 4.5:1 for words, 3:1 for the outline of a control."""
    for ground in (colours.ground, colours.card, colours.well):
        assert contrast(colours.ink, ground) >= 4.5
        assert contrast(colours.quiet, ground) >= 4.5
    for tone in TONES:
        ink, ground = colours.tone(tone)
        assert contrast(ink, ground) >= 4.5, tone
        assert contrast(ink, colours.card) >= 4.5, tone
    assert contrast(colours.on_brand, colours.brand) >= 4.5
    assert contrast(colours.on_brand, colours.brand_pressed) >= 4.5
    assert contrast(colours.edge, colours.card) >= 3


def test_the_colours_are_those_of_the_sketches() -> None:
    assert (style.LIGHT.ground, style.LIGHT.brand, style.LIGHT.failed) == ("#F5F6F4", "#0F5F6B", "#B3261E")
    assert (style.DARK.ground, style.DARK.brand, style.DARK.lost) == ("#12171C", "#5FC3CF", "#F0B565")


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_targets_grow_with_the_text(qapp: QApplication, scale: int) -> None:
    """design §6: 48 px and more at 100 %, in proportion above."""
    style.apply(qapp, "light", scale)
    looks = ("primary", "plain", "quiet", "chip", "danger", "answer", "icon", "row", "tile")
    for kind in looks:
        made = button("确定", kind)  # type: ignore[arg-type]
        made.ensurePolished()
        size = made.sizeHint().expandedTo(made.minimumSize())
        assert size.height() >= 48 * scale // 100, kind
        assert size.width() >= 48 * scale // 100, kind


def test_the_theme_changes_what_is_there(qapp: QApplication) -> None:
    style.apply(qapp, "dark")
    assert style.look().dark
    assert qapp.palette().window().color() == QColor(style.DARK.ground)
    style.apply(qapp, "light")
    assert not style.look().dark
    assert style.DARK.ground not in qapp.styleSheet()


def test_text_size_stays_within_100_and_200(qapp: QApplication) -> None:
    assert style.apply(qapp, "light", 20).scale == 100
    assert style.apply(qapp, "light", 900).scale == 200


def test_the_bundled_font_is_used() -> None:
    """design §6: the window writes in the font the PDF embeds, wherever it runs."""
    now = style.look()
    assert now.family
    assert QFontInfo(now.font("body")).family() == now.family
    assert QFontInfo(now.font("title")).bold()


def test_every_icon_draws_something_in_the_colour_asked_for() -> None:
    assert len(icons.names()) > 40
    for name in icons.names():
        image = icons.pixmap(name, "#FF0000", 24).toImage()
        inked = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
        assert inked, name
        assert all(one.red() > 200 and one.green() < 60 for one in inked), name


def test_an_icon_button_has_a_name() -> None:
    made = button("", "icon", icon="cross", name="关闭")
    assert made.accessibleName() == made.toolTip() == "关闭"


def test_an_ampersand_is_no_shortcut() -> None:
    assert button("问候 & 送别").text() == "问候 && 送别"


def test_segments_say_what_a_person_chose_and_not_what_was_shown() -> None:
    segments, heard = SegmentedButtons([("a", "甲"), ("b", "乙")], "a"), list[object]()
    segments.chosen.connect(heard.append)
    segments.show_value("b")
    assert (segments.value, heard) == ("b", [])
    segments.buttons()[0].click()
    assert (segments.value, heard) == ("a", ["a"])


def test_a_chosen_button_has_room_for_bold_text() -> None:
    chip = button("Announced inspection", "chip")
    chip.setCheckable(True)
    before = chip.minimumSizeHint().expandedTo(chip.minimumSize()).width()
    chip.setChecked(True)
    chip.ensurePolished()
    assert chip.sizeHint().width() <= before


def test_a_flow_breaks_lines_and_knows_its_height() -> None:
    flow = Flow(*[QPushButton(f"{number}") for number in range(6)])
    one = flow.heightForWidth(2000)
    assert flow.heightForWidth(flow.minimumSizeHint().width()) >= 6 * one
    flow.resize(300, 400)
    flow.show()
    boxes = [child.geometry() for child in flow.findChildren(QPushButton)]
    assert not any(a.intersects(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])
    assert max(box.right() for box in boxes) <= 300


def test_a_long_line_is_shortened_and_its_whole_text_stays_at_hand() -> None:
    line = ElidedLabel("网点服务质量神秘人检查评分表" * 4)
    line.resize(120, 24)
    line.show()
    assert line.is_elided()
    assert line.toolTip() == line.text()
    assert line.minimumSizeHint().width() < 60


def test_text_is_never_markup() -> None:
    assert label("<b>x</b>").text() == "<b>x</b>"
    assert label("<b>x</b>").sizeHint().width() > label("x").sizeHint().width() * 3
