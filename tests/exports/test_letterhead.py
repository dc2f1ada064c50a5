"""A bank's identity on its reports: name, logo, colour, head and foot, red head; what is not fit is refused."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from PIL import Image

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.scoring import score
from exports.letterhead import LONGEST, PLAIN, Letterhead, contrast, read_colour, read_line, read_logo
from exports.pdf.document import as_json, render
from exports.report import build
from exports.xlsx.workbook import as_xlsx
from tests.exports.pdf_text import bare, inflated, pages, whole
from tests.exports.visits import visit


def picture(form: str = "PNG", mode: str = "RGBA", size=(640, 200)) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "#8C1D2B").save(out, form)
    return out.getvalue()


OWN = Letterhead("滨江商业银行", "服务质量检查", "注意保存", "8C1D2B", read_logo(picture()))


def made(letterhead=OWN, copy="compliance", **more):
    audit, photos = visit(photos=1)
    return audit, build(audit, score(audit), copy=copy, letterhead=letterhead, **more), photos


def test_the_bank_stands_before_the_outlet_in_the_title():
    assert made()[1].title.startswith("滨江商业银行")
    assert made(Letterhead("甲银行"))[1].title == "甲银行滨江商业银行人民广场支行2026年第一季度神秘人暗访检查报告"


def test_header_and_footer_stand_on_every_page_of_the_pdf():
    _, report, photos = made()
    read = pages(render(report, photos.get))
    assert all("服务质量检查" in bare(one) and "注意保存" in bare(one) for one in read)
    assert "内部资料" not in bare("".join(read))


def test_a_certificate_and_a_notice_carry_the_banks_own():
    """The issuer is named and its logo shown; a notice begins with the red head where there is one."""
    red = Letterhead("滨江商业银行", logo=OWN.logo, red_head=True, red_words="滨江商业银行文件")
    passed = {"waited": Answer(Decimal(600)), "slips": Answer("o0")}
    audit, photos = visit(answers=passed)
    certificate = render(build(audit, score(audit), layout="certificate", letterhead=red), photos.get)
    assert "滨江商业银行" in whole(certificate).replace("滨江商业银行人民广场支行", "")
    assert b"/DCTDecode" in certificate
    audit, photos = visit()
    for own, words in ((red, "滨江商业银行文件"), (OWN, "服务问题整改通知书")):
        data = render(build(audit, score(audit), layout="rectification", letterhead=own), photos.get)
        assert words in bare(pages(data)[0])
        assert "网点版" in pages(data)[0]
        assert (b"/DCTDecode" in data) is (own is OWN)


def test_a_public_copy_keeps_its_own_footer():
    _, report, photos = made(copy="public")
    assert "注意保存" not in whole(render(report, photos.get))


def test_colour_and_logo_are_drawn():
    _, report, photos = made()
    data = inflated(render(report, photos.get))
    assert b"0.549 0.114 0.169 rg" in data
    assert b"0.059 0.373 0.420" not in data
    assert OWN.logo[-200:] in data
    plain = inflated(render(made(PLAIN)[1], photos.get))
    assert b"0.059 0.373 0.420 rg" in plain
    assert OWN.logo[-200:] not in plain


def test_excel_has_them_too():
    audit, report, photos = made()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(report, audit, score(audit), photos.get))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    styles = parts["xl/styles.xml"]
    assert b"008C1D2B" in styles
    assert b"000F5F6B" not in styles
    summary = parts["xl/worksheets/sheet1.xml"].decode()
    assert "服务质量检查" in summary
    assert "注意保存" in summary
    assert any(name.startswith("xl/media/") for name in parts)


def test_the_logo_itself_is_not_attached():
    assert len(as_json(made()[1])) - len(as_json(made(PLAIN)[1])) < 400


def test_the_same_letterhead_gives_the_same_bytes():
    _, report, photos = made()
    assert render(report, photos.get) == render(report, photos.get)


def test_the_red_head_is_a_slot_above_the_title():
    words = whole(render(made(Letterhead(red_head=True, red_words="滨江商业银行文件"))[1], {}.get))
    assert words.index("滨江商业银行文件") < words.index("神秘人暗访检查报告")
    empty = render(made(Letterhead(red_head=True))[1], {}.get)
    assert b"0.753 0.000 0.000 RG" in inflated(empty)
    assert b"0.753 0.000 0.000 RG" not in inflated(render(made(PLAIN)[1], {}.get))


def test_times_of_a_copy_hold_for_that_copy_only():
    said = (("branch", "date"), ("compliance", "half_day"))
    assert made(copy="branch", times=said)[1].precision == "date"
    assert made(times=said)[1].precision == "half_day"
    assert made(copy="public", times=said)[1].precision == "half_day"
    assert made()[1].precision == "exact"


@pytest.mark.parametrize("text", ["", "  "])
def test_no_colour_is_the_programs_own(text):
    assert read_colour(text) == ""


@pytest.mark.parametrize(
    ("text", "key"), [("red", "not_a_colour"), ("#12345", "not_a_colour"), ("FFFF00", "too_light")]
)
def test_a_colour_that_cannot_be_read_is_refused(text, key):
    with pytest.raises(AuditorError) as caught:
        read_colour(text)
    assert caught.value.key == f"letterhead.{key}"
    assert caught.value.remedy()


def test_contrast_is_that_of_the_standard():
    assert round(contrast("000000"), 2) == 21
    assert contrast("FFFFFF") == 1
    assert read_colour("#8c1d2b") == "8C1D2B"


def test_lines_are_one_line_and_not_too_long():
    assert read_line(" 内部\n资料\x07 ") == "内部 资料"
    with pytest.raises(AuditorError):
        read_line("字" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "LA")]
)
def test_logos_become_plain_pixels(form, mode):
    """P6: through the gate of photos; on white, without metadata."""
    image = Image.new(mode if mode != "LA" else "LA", (1200, 400))
    out = io.BytesIO()
    image.save(out, form)
    kept = Image.open(io.BytesIO(read_logo(out.getvalue())))
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (800, 267))
    assert not kept.getexif()


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"x" * 99])
def test_what_is_no_picture_is_refused_by_name(data):
    with pytest.raises(AuditorError) as caught:
        read_logo(data, "行标.svg")
    assert caught.value.key == "letterhead.logo_unusable"
    assert "行标.svg" in str(caught.value)
    assert "PNG" in caught.value.remedy()
