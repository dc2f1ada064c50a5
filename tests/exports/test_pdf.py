"""The PDF: what it says is what the report says; whole rows, embedded fonts, the same bytes for the same audit."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image
from pypdf import PdfReader

from auditor.audit import Answer, Reason
from auditor.scoring import score
from exports.blocks import Report
from exports.pdf import jpeg
from exports.pdf.document import ATTACHED, as_json, render
from exports.pdf.faces import load, to_unicode
from exports.pdf.flow import Flow, Piece
from exports.pdf.lines import NO_END, NO_START, Typesetter
from exports.pdf.look import BODY, body_height
from exports.report import build
from tests.exports.pdf_text import bare, inflated, pages, whole
from tests.exports.visits import ANSWERS, HEADER, VETO, photo, visit


def made(*, copy="compliance", lang="zh", **more) -> tuple[Report, bytes]:
    audit, photos = visit(**more)
    report = build(audit, score(audit), copy=copy, lang=lang)
    return report, render(report, photos.get)


def needs(tool):
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_the_text_read_back_is_what_the_report_says(lang):
    report, data = made(lang=lang, photos=3, answers=VETO)
    text = whole(data)
    said = [report.title, *report.summary, *report.highlights, *(one.value for one in report.facts)]
    said += [one.caption for one in report.photos] + [one.label for one in report.signatures]
    for row in report.items:
        said += [row.name, row.standard, row.reason, row.note]
    for loss in report.losses:
        said += [loss.name, loss.action, loss.clause]
    for words in said:
        assert bare(words) in text, words


def test_chapters_stand_in_the_order_of_the_conventions():
    text = whole(made()[1])
    places = [
        text.index(one)
        for one in ("一、总体评价", "二、得分情况", "三、亮点", "四、主要问题及扣分", "五、整改要求", "六、附件")
    ]
    assert places == sorted(places)


def test_every_page_says_which_of_how_many_and_that_it_is_internal():
    read = pages(made(photos=4)[1])
    for number, text in enumerate(read, 1):
        assert f"第{number}页/共{len(read)}页" in bare(text)
        assert "内部资料" in text
        assert "检查表版本 2.1" in text


def test_a_draft_says_so_on_every_page_and_a_finished_report_on_none():
    assert all("草稿" in text for text in pages(made(state="draft")[1]))
    assert not any("草稿" in text for text in pages(made()[1]))
    assert all("DRAFT" in text for text in pages(made(state="draft", lang="en")[1]))


def test_the_same_report_gives_the_same_bytes(monkeypatch):
    """Design §7: dates, author and ID derive from the audit, not from the clock or the machine."""
    first = made(photos=2)[1]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert made(photos=2)[1] == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_metadata_derive_from_the_visit():
    info = PdfReader(BytesIO(made()[1])).metadata
    assert info.title == "滨江商业银行人民广场支行2026年第一季度神秘人暗访检查报告"
    assert info["/CreationDate"] == "D:20260305101200+08'00'"
    branch = PdfReader(BytesIO(made(copy="branch")[1])).metadata
    assert branch["/CreationDate"] == "D:20260305000000+08'00'"
    assert branch.author == "网点服务检查"


@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_the_copys_own_json_is_attached(copy):
    report, data = made(copy=copy, photos=1)
    attached = PdfReader(BytesIO(data)).attachments[ATTACHED][0]
    assert attached == as_json(report)
    read = json.loads(attached)
    assert read["copy"] == copy
    assert [row["path"] for row in read["items"]] == [row.path for row in report.items]


def test_the_outline_names_chapters_and_annexes():
    outline = PdfReader(BytesIO(made(photos=1)[1])).outline
    titles = [one.title for one in outline if not isinstance(one, list)]
    assert titles[1:] == ["一、总体评价", "二、得分情况", "三、亮点", "四、主要问题及扣分", "五、整改要求", "六、附件"]
    assert [one.title for one in outline[-1]][:2] == ["检查明细", "得分计算过程"]


def test_links_lead_somewhere():
    reader = PdfReader(BytesIO(made(photos=3, answers=VETO)[1]))
    numbers = {page.indirect_reference.idnum for page in reader.pages}
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", ())]
    assert len(links) > 10
    assert {list.__getitem__(one["/Dest"], 0).idnum for one in links} <= numbers


@needs("pdffonts")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_only_embedded_subset_fonts(tmp_path, lang):
    path = tmp_path / "a.pdf"
    path.write_bytes(made(lang=lang)[1])
    rows = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert re.search(r"AuditorSans-(Regular|Bold)\s+TrueType\s+\S+\s+yes\s+yes\s+yes", row), row


@needs("qpdf")
@pytest.mark.parametrize("photos", [0, 5])
def test_qpdf_finds_no_fault(tmp_path, photos):
    path = tmp_path / "a.pdf"
    path.write_bytes(made(photos=photos, answers=VETO)[1])
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_markup_is_text_and_nothing_is_fetched(tmp_path):
    """P6: an image named in a note is not embedded, a link not made, an unclosed tag no error."""
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 8), "red").save(secret)
    note = f'<img src="{secret}"/> <a href="https://evil.example">x</a> a <b unclosed </para> <!-- c --> &amp; (\\) =1'
    data = made(answers={"slips": replace(ANSWERS["slips"], note=note)})[1]
    assert bare(note) in whole(data)
    assert b"/URI" not in inflated(data)
    assert not re.search(rb"/Subtype\s*/Image", inflated(data))


def test_a_character_without_a_glyph_is_written_as_its_code_and_counted():
    data = made(answers={"slips": replace(ANSWERS["slips"], note="😀好\U00020bb7")})[1]
    text = whole(data)
    assert "[U+1F600]好[U+20BB7]" in text
    assert "字库中没有字形" in text


def test_right_to_left_text_is_noted():
    text = whole(made(answers={"slips": replace(ANSWERS["slips"], note="שלום")})[1])
    assert "[U+05E9]" in text
    assert "按录入顺序排列" in text


def test_characters_beyond_the_basic_plane_can_be_searched():
    """Design §7: ToUnicode in UTF-16, where reportlab writes five digits."""
    rare = next(char for char in sorted(load().known) if char > "\uffff")
    assert rare in whole(made(answers={"slips": replace(ANSWERS["slips"], note=f"姓{rare}者")})[1])
    assert f"<01> <{rare.encode('utf-16-be').hex().upper()}>" in to_unicode("X", [0, ord(rare)])
    many = to_unicode("X", [0, *range(0x4E00, 0x4E00 + 250)])
    assert max(int(n) for n in re.findall(r"(\d+) beginbfchar", many)) <= 100


def test_a_rare_character_in_a_bold_place_is_set_in_regular():
    faces = load()
    rare = next(char for char in sorted(faces.known - faces.known_bold) if "\u4e00" < char < "\u9fff")
    header = replace(HEADER, branch_name=f"{rare}水支行")
    report, data = made(header=header)
    assert rare in report.title
    assert bare(report.title) in whole(data)


def test_a_note_of_forty_thousand_characters_is_printed_once_in_full():
    """P6: linear time, nothing lost, and the tables stay readable."""
    note = "".join(f"{n:05}号凭条遗留在填单台。" for n in range(2600))[:40_000]
    start = time.perf_counter()
    data = made(answers={"slips": replace(ANSWERS["slips"], note=note)})[1]
    assert time.perf_counter() - start < 10
    read = pages(data)
    assert len(read) < 60
    edges = re.compile(r"滨江商业银行人民广场支行2026年第一季度神秘人暗访检查报告合规版内部资料.*$")
    text = "".join(edges.sub("", bare(page)) for page in read)
    for part in range(0, 39_000, 1000):
        assert note[part : part + 60] in text
    assert text.count(note[20_000:20_030]) == 1


def test_a_word_without_any_break_is_broken():
    data = made(answers={"slips": replace(ANSWERS["slips"], note="W" * 5000)})[1]
    assert whole(data).count("W") >= 5000


@pytest.mark.parametrize("room", [60, 97, 140, 500])
def test_no_line_begins_or_ends_where_chinese_forbids_it(room):
    setter = Typesetter()
    text = "大堂经理（值班）说：“您好，请问办理什么业务？”客户答：《个人开户申请书》在哪里领取……共计￥1,200.50元。" * 4
    lines = setter.wrap(text, BODY, room)
    assert "".join(lines) == text
    for before, line in pairwise(lines):
        assert line[0] not in NO_START, line
        assert before[-1] not in NO_END, before


def test_lines_fit_and_words_and_figures_stay_whole():
    setter = Typesetter()
    text = "Practise the seven steps 按标准2.1.3执行，得分96.35分 every morning"
    lines = setter.wrap(text, BODY, 80)
    assert all(setter.width(line, BODY) <= 80.01 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert any("96.35" in line for line in lines)
    assert any("2.1.3" in line for line in lines)


def test_no_piece_is_cut_and_no_heading_stays_alone():
    flow = Flow()
    flow.page()
    room = body_height(False)
    heading = Piece(20, (), keep=True)
    flow.add([Piece(room - 40, ()), heading, Piece(60, ())])
    assert [len(sheet.placed) for sheet in flow.sheets] == [1, 2]


def test_a_tables_head_is_repeated_on_every_page_it_goes_on():
    flow = Flow()
    flow.page()
    head = Piece(20, (), keep=True)
    flow.add([head, *(Piece(100, (), head=head) for _ in range(20))])
    assert len(flow.sheets) > 2
    assert all(sheet.placed[0][2] is head.inks for sheet in flow.sheets)
    for sheet in flow.sheets:
        assert sum(1 for placed in sheet.placed) <= 8


def test_the_item_table_repeats_its_head():
    read = [bare(text) for text in pages(made()[1])]
    first = next(at for at, text in enumerate(read) if "1.1门楣与门前环境" in text and "检查标准" in text)
    last = next(at for at, text in enumerate(read) if "5.2叫号时间" in text)
    assert last > first
    assert all("佐证(图号)" in text for text in read[first : last + 1])


def test_nothing_is_drawn_outside_the_page():
    reader = PdfReader(BytesIO(made(lang="both", photos=4, answers=VETO)[1]))
    for page in reader.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)

        def check(text, _cm, tm, _font, size, width=width, height=height):
            if text.strip():
                assert 0 <= tm[4] <= width
                assert 0 <= tm[5] <= height - size * 0.5

        page.extract_text(visitor_text=check)


def test_photos_pass_through_once_and_without_metadata():
    """P7: a camera's name, place and minute are in no stream; pixels are not touched."""
    image = Image.open(BytesIO(photo(1)))
    exif = image.getexif()
    exif[0x013B] = "ARTIST-CANARY"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif.tobytes(), comment=b"COMMENT-CANARY", quality=80)
    read = jpeg.read(out.getvalue())
    assert read
    assert b"CANARY" not in read.data
    assert Image.open(BytesIO(read.data)).tobytes() == Image.open(BytesIO(out.getvalue())).tobytes()
    audit, _ = visit(photos=1)
    data = render(build(audit, score(audit)), lambda _: out.getvalue())
    assert data.count(read.data) == 1
    assert b"CANARY" not in data


@pytest.mark.parametrize("damage", [None, b"", b"\xff\xd8", b"no picture at all", photo(3)[:4000]])
def test_a_photo_that_is_gone_or_broken_leaves_a_frame_that_says_so(damage):
    audit, _ = visit(photos=2)
    data = render(build(audit, score(audit)), lambda _: damage)
    assert whole(data).count("照片文件缺失或损坏") == 2


def test_the_first_page_shows_the_result_and_what_decided_it():
    first = bare(pages(made(answers=VETO, photos=2)[1])[0])
    for words in (
        "59.9",
        "否决前67.6分",
        "一票否决",
        "总分封顶59.9分",
        "3.2.1由客户本人在设备上确认",
        "超时",
        "达标线80分",
    ):
        assert words in first


def test_sixty_photos_stand_at_most_four_to_a_page():
    audit, photos = visit(photos=60)
    reader = PdfReader(BytesIO(render(build(audit, score(audit)), photos.get)))
    captions = [len(re.findall(r"图\d+ ?对应", page.extract_text())) for page in reader.pages]
    assert sum(captions) == 60
    assert max(captions) <= 4


@pytest.mark.parametrize("kind", ["self", "announced", "mystery"])
def test_lines_to_sign_stand_in_the_pdf_with_room_for_a_seal(kind):
    report, data = made(header=replace(HEADER, kind=kind))
    text = whole(data)
    for one in report.signatures:
        assert one.label in text
    assert text.count("年月日") == len(report.signatures)
    assert "（盖章）" in text


def test_an_audit_with_nothing_in_it_still_makes_a_report():
    data = made(
        state="draft",
        answers=dict.fromkeys(ANSWERS, Answer()),
        header=replace(HEADER, visited="", branch="", branch_name=""),
    )[1]
    assert "六、附件" in whole(data)


def test_a_reason_with_every_hostile_character_is_kept():
    words = "a\u202eb\u200b\u2028c\x85d\ufeff\u00ad\tz"
    data = made(answers={"slips": replace(ANSWERS["slips"], reasons=(Reason(words),))})[1]
    text = whole(data)
    assert "a[U+202E]b[U+200B]" in text
    assert "[U+FEFF][U+00AD]z" in text


def test_in_both_languages_the_kind_of_check_is_said_once_in_each():
    first = pages(made(lang="both")[1])[0]
    assert "服务质量检查报告 · 暗访 Service inspection report · Mystery visit" in first


def test_the_total_never_stands_alone_on_a_page():
    """Its row comes with the one before it, however many sections there are."""
    for narrative in range(0, 40, 3):
        audit, _ = visit(answers=VETO)
        audit = replace(audit, header=replace(audit.header, narrative="\n".join(["一段经过。"] * narrative)))
        for page in map(bare, pages(render(build(audit, score(audit), lang="both"), {}.get))):
            if "总分Total（满分100of100）" in page and "模块Section" in page:
                assert "否决前Beforeveto" in page
