"""Blank forms: everything a checklist asks, a box for every option, nothing that a blind shopper may not see."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from auditor.errors import AuditorError
from checklists.library import all as all_checklists
from checklists.library import find
from exports.forms import write_form
from exports.pdf.form import blank_form
from exports.pdf.form_lines import Line, boxed, ticks
from exports.pdf.ink import Box
from exports.pdf.lines import Typesetter
from exports.pdf.look import LONG, PORTRAIT
from tests.exports.pdf_text import bare, pages, whole
from tests.exports.visits import checklist


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_item_and_every_option_is_asked_in_the_words_of_the_scale(lang):
    text = whole(blank_form(checklist(), lang))
    codes = ("zh", "en") if lang == "both" else (lang,)
    for item in checklist().items():
        for code in codes:
            assert bare(item.text.in_(code)) in text
            for option in item.options:
                assert bare(option.text.in_(code)) in text


def test_points_are_named_unless_the_checklist_is_blind():
    assert "扣2.5分" in whole(blank_form(checklist()))
    blind = whole(blank_form(checklist(blind=True)))
    assert "扣2.5分" not in blind
    assert "一票否决" not in blind


def test_every_page_says_which_of_how_many_and_which_version():
    read = pages(blank_form(find("branch_mystery_visit")))
    for number, text in enumerate(read, 1):
        assert f"第{number}页/共{len(read)}页" in bare(text)
        assert "检查表版本 1.0" in text


def test_guidance_is_printed_where_it_is_wanted():
    sheet = find("course_assessment")
    guidance = next(str(item.guidance) for item in sheet.items() if item.guidance)
    assert bare(guidance) not in whole(blank_form(sheet))
    assert bare(guidance) in whole(blank_form(sheet, guidance=True))


def test_an_anonymous_questionnaire_asks_for_no_name_and_no_signature():
    text = whole(blank_form(find("well_being")))
    assert "检查人" not in text
    assert "签字" not in text
    assert "签名" not in text


def test_every_shipped_checklist_makes_a_form_with_nothing_over_the_edge():
    for sheet in all_checklists():
        reader = PdfReader(BytesIO(blank_form(sheet, "both", guidance=True, paper="letter")))
        for page in reader.pages:
            lows: list[float] = []
            page.extract_text(visitor_text=lambda words, _cm, at, *_, lows=lows: words.strip() and lows.append(at[5]))
            assert min(lows) > 15, sheet.id


def test_the_same_checklist_gives_the_same_bytes():
    assert blank_form(checklist(), "both") == blank_form(checklist(), "both")
    assert blank_form(checklist()) != blank_form(checklist(), paper="letter")


def test_a_box_stands_before_every_label_and_a_long_label_goes_on_below():
    setter = Typesetter()
    labels = ["符合", "不符合", "很长的一个选项，" * 30]
    lines = ticks(labels, setter, 300)
    boxes = [ink for line in lines for ink in line.inks if isinstance(ink, Box)]
    assert len(boxes) == len(labels)
    assert len(lines) > 5


def test_a_frame_is_never_taller_than_a_page():
    frames = boxed([Line(20, [])] * 200, PORTRAIT)
    assert len(frames) > 1
    assert max(one.height for one in frames) < LONG - 200


def test_a_form_is_a_pdf_in_a_folder_that_is_there(tmp_path):
    """P3: refused in a sentence, nothing written."""
    with pytest.raises(AuditorError) as wrong:
        write_form(checklist(), tmp_path / "form.txt")
    assert wrong.value.key == "layouts.not_pdf"
    with pytest.raises(AuditorError) as missing:
        write_form(checklist(), tmp_path / "no" / "form.pdf")
    assert missing.value.key == "report.folder_missing"
    with pytest.raises(AuditorError):
        write_form(checklist(), tmp_path / "form.pdf", paper="a5")
    assert not list(tmp_path.iterdir())
    assert write_form(checklist(), tmp_path / "form.pdf").read_bytes().startswith(b"%PDF-1.7")
