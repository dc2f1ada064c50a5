"""Layouts of one audit's PDF: each says what it is for and nothing else, on whole pages, in both languages."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from auditor.audit import Answer, Audit, Duty, Finding, Header, Jot, Photo, Praise
from auditor.errors import AuditorError
from auditor.scoring import score
from checklists.library import find
from exports.blocks import LAYOUTS, Report
from exports.layouts import fitting, read, runs
from exports.names import stem
from exports.pdf.document import ATTACHED, as_json, render
from exports.report import build
from tests.exports.pdf_text import bare, inflated, pages, whole
from tests.exports.visits import ANSWERS, HEADER, SHOPPER, VETO, photo, visit

SELF = replace(HEADER, kind="self")


def made(layout, *, copy="compliance", lang="zh", paper="a4", audit=None, **more) -> tuple[Report, bytes]:
    made_audit, photos = audit or visit(**more)
    report = build(made_audit, score(made_audit), copy=copy, lang=lang, layout=layout, paper=paper)
    return report, render(report, photos.get)


def worked_off(header=HEADER) -> tuple[Audit, dict[str, bytes]]:
    """A visit with findings, praise by name, moments and duties."""
    audit, photos = visit(photos=3, answers=VETO, header=header)
    after = photo(91)
    sha = hashlib.sha256(after).hexdigest()
    photos[sha] = after
    finding = Finding(
        required="三日内清理完毕。",
        measure="每小时巡台并登记。",
        owner="王芳",
        due="2026-03-20",
        done_on="2026-03-08",
        checked_by="赵强",
        cleared_on="2026-03-12",
        remark="已设登记簿",
        photos_after=(Photo(sha),),
    )
    header = replace(
        header, praises=(Praise("0123 号柜员", "帮老人填单"),), narrative="进门后在等候区坐下。\n随后到3号窗口。"
    )
    jots = {
        "1": Jot("stamp", "2026-03-05T10:12:00+08:00", "arrived"),
        "2": Jot("stamp", "2026-03-05T10:37:00+08:00", "served", proof="estimated"),
        "3": Jot("note", "2026-03-05T10:20:00+08:00", text="随手一记"),
    }
    duties = {"entering": Duty("王芳", "王芳", "2026-03-05T18:00:00+08:00")} if header.kind == "self" else {}
    return replace(audit, header=header, findings={"slips": finding}, jots=jots, duties=duties), photos


def course(**answers) -> tuple[Audit, dict[str, bytes]]:
    """A course assessment that is passed unless `answers` say otherwise."""
    checklist = find("course_assessment")
    given: dict[str, Answer] = {}
    for item in checklist.items():
        if item.kind == "choice" and item.scored:
            given[item.id] = Answer(item.options[0].id)
        elif item.kind == "occurrences":
            given[item.id] = Answer(0)
        elif item.kind == "number" and not item.computed:
            given[item.id] = Answer(Decimal(100))
        elif item.kind == "date":
            given[item.id] = Answer("2026-03-05")
    header = Header(
        "self", "2026-03-05T10:12:00+08:00", branch="3101007", branch_name="人民广场支行", shopper="学员012"
    )
    audit, _ = visit(header=header)
    return replace(audit, checklist=checklist, answers={**given, **answers}, instances={}), {}


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("more", [{}, {"answers": VETO, "photos": 60}])
def test_the_summary_is_one_page_whatever_it_holds(lang, paper, more):
    report, data = made("summary", lang=lang, paper=paper, **more)
    (text,) = pages(data)
    for words in (report.title, str(report.result.total), report.losses[0].number):
        assert bare(words) in bare(text)
    for stage in report.journey:
        assert bare(stage.title) in bare(text)
    assert not report.photos


def test_the_summary_of_the_longest_checklist_is_one_page_too():
    """Sections and stages that find no room are counted."""
    audit, photos = visit(answers=VETO)
    report = build(audit, score(audit), layout="summary")
    many = replace(
        report,
        sections=tuple(replace(report.sections[0], path=f"s{n}", title=f"模块{n}", lost=Decimal(n)) for n in range(40)),
        journey=report.journey * 6,
        highlights=tuple(f"亮点{n}" for n in range(30)),
    )
    (text,) = pages(render(many, photos.get))
    assert "另有" in text
    assert "模块39" in text


def test_losses_only_has_each_loss_with_its_correction_and_no_other_item():
    report, data = made("losses", audit=worked_off())
    text = whole(data)
    for loss in report.losses:
        assert bare(f"{loss.number}{loss.name}") in text
    for words in ("三日内清理完毕。", "每小时巡台并登记。", "王芳", "2026-03-20", "赵强", "整改后"):
        assert words in text
    assert {row.path for row in report.items} == {loss.path for loss in report.losses}
    assert {one.path for one in report.photos} <= {loss.path for loss in report.losses}


def test_a_self_inspection_sheet_has_every_item_its_signatures_and_its_duties():
    report, data = made("self", audit=worked_off(SELF))
    text = whole(data)
    assert report.title.endswith("服务自查表")
    for row in report.items:
        assert bare(row.name) in text
    for words in ("自查人：", "网点负责人签字：", "（盖章）", "年月日", "分工与签名", "2026-03-0518:00"):
        assert words in text
    assert "符合不符合不适用" in text


def test_a_rectification_notice_is_addressed_to_the_branch_and_answered_on_a_sheet():
    report, data = made("rectification", audit=worked_off())
    text = whole(data)
    for words in (
        "滨江商业银行人民广场支行：",
        "整改反馈表",
        "签发单位：",
        "（盖章）",
        "于2026年3月20日前完成整改",
        "责任人",
        "完成情况",
        "验收人",
        "销号日期",
    ):
        assert bare(words) in text
    for action in report.actions:
        assert text.count(bare(action.problem.split("\n")[0])) >= 2, "in the letter and on the sheet"


@pytest.mark.parametrize("layout", ["rectification", "certificate"])
def test_what_is_handed_to_a_branch_names_no_shopper_and_no_minute(layout):
    """P7, whatever copy was asked for: pages, metadata and attachment."""
    audit = worked_off() if layout == "rectification" else visit(answers={"remind": Answer("o0"), "greeted": Answer(9)})
    if layout == "certificate":
        strong = {"slips": Answer("o0"), "waited": Answer(Decimal(60)), "greeted": Answer(Decimal(9))}
        audit = visit(answers=strong)
    everything = inflated(made(layout, audit=audit)[1]) + whole(made(layout, audit=audit)[1]).encode()
    for planted in (SHOPPER, "影子", "T10:12", "10:38", "10:46", "A1047"):
        assert planted.encode() not in everything, planted
    assert SHOPPER in whole(made("full", audit=audit)[1]), "it would be found"


def test_a_certificate_names_who_passed_which_course_with_what():
    report, data = made("certificate", audit=course())
    (text,) = pages(data)
    for words in ("学员012", "培训结业考核表", "100.0", "2026年3月5日", "颁发单位", "（盖章）"):
        assert bare(words) in bare(text)
    assert not report.items
    assert not report.losses
    assert "培训结业考核表" in whole(made("certificate", audit=course(), lang="both")[1])
    assert "Certificate of Completion" in pages(made("certificate", audit=course(), lang="en")[1])[0]


def test_a_copy_that_names_nobody_leaves_a_line_for_the_name():
    assert "学员012" not in whole(made("certificate", audit=course(), copy="branch")[1])


@pytest.mark.parametrize(
    ("layout", "audit", "key"),
    [
        ("certificate", lambda: visit(answers=VETO), "layouts.not_passed"),
        ("certificate", lambda: visit(state="draft"), "layouts.not_finished"),
        ("self", visit, "layouts.not_self"),
        ("rectification", lambda: (_flawless(), {}), "layouts.nothing_lost"),
        ("poster", visit, "layouts.unknown"),
    ],
)
def test_a_layout_that_makes_no_sense_is_refused_in_a_sentence(layout, audit, key):
    with pytest.raises(AuditorError) as refused:
        made(layout, audit=audit())
    assert refused.value.key == key
    assert refused.value.remedy()


def test_only_layouts_that_make_sense_are_offered():
    audit, _ = visit(answers=VETO)
    assert fitting(audit, score(audit)) == ("full", "summary", "losses", "rectification")
    assert "rectification" not in fitting(audit, score(audit), "public")
    inspected, _ = visit(header=SELF, answers=VETO)
    assert "self" in fitting(inspected, score(inspected))
    passed, _ = course()
    assert "certificate" in fitting(passed, score(passed))


def test_a_slip_of_an_anonymous_questionnaire_is_on_no_sheet():
    audit, _ = visit(of=find("well_being"), answers=dict.fromkeys(ANSWERS, Answer()), header=SELF)
    assert fitting(audit, score(audit)) == ("full",)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layouts_word_stands_in_its_file_name_and_its_attachment_says_what_it_prints(layout):
    """Report conventions: 机构号_网点_类型_20260305.pdf."""
    audit = course() if layout == "certificate" else worked_off(SELF) if layout == "self" else worked_off()
    report, data = made(layout, audit=audit)
    attached = PdfReader(BytesIO(data)).attachments[ATTACHED][0]
    assert attached == as_json(report)
    assert json.loads(attached)["layout"] == layout
    words = {
        "full": "暗访_2026",
        "summary": "暗访_摘要_2026",
        "losses": "扣分清单",
        "self": "自查表",
        "rectification": "暗访_整改通知书_20260305",
        "certificate": "证书",
    }
    assert words[layout] in stem(report)


@pytest.mark.parametrize("layout", ["full", "losses", "self", "rectification"])
@pytest.mark.parametrize("lang", ["zh", "both"])
def test_nothing_runs_over_the_edge_of_letter_paper(layout, lang):
    """Letter is shorter than A4: what is not cut must still fit."""
    audit = worked_off(SELF) if layout == "self" else worked_off()
    for page in PdfReader(BytesIO(made(layout, audit=audit, lang=lang, paper="letter")[1])).pages:
        assert sorted(map(float, page.mediabox[2:])) == [612, 792]
        lows: list[float] = []
        page.extract_text(visitor_text=lambda words, _cm, at, *_, lows=lows: words.strip() and lows.append(at[5]))
        assert min(lows) > 15


@pytest.mark.parametrize("layout", ["summary", "losses", "rectification"])
def test_the_same_audit_gives_the_same_bytes_in_every_layout(layout):
    assert made(layout, audit=worked_off())[1] == made(layout, audit=worked_off())[1]


def test_the_full_report_tells_what_the_findings_praise_and_moments_say():
    report, data = made("full", audit=worked_off())
    text = whole(data)
    for words in (
        "点名表扬：0123号柜员，帮老人填单",
        "访问经过",
        "随后到3号窗口。",
        "到达10:12→开始办理10:37（估计）",
        "每小时巡台并登记。",
        "2026-03-12",
        "整改后",
    ):
        assert words in text, words
    action = next(one for one in report.actions if one.path == "slips")
    assert len(action.before) == 1
    assert len(action.after) == 1
    assert action.done == "2026-03-08\n已设登记簿"
    assert "随手一记" not in text


def test_a_branch_copy_of_a_covert_visit_has_no_moments():
    """P7: minutes make a shopper known."""
    report, _ = made("full", audit=worked_off(), copy="branch")
    assert not report.stamps
    assert report.actions


def test_other_layouts_are_pdf_alone_and_other_formats_are_written_once():
    assert runs(("summary", "losses"), ("pdf",)) == [("summary", ("pdf",)), ("losses", ("pdf",))]
    assert runs(("full", "summary"), ("pdf", "xlsx")) == [("full", ("pdf", "xlsx")), ("summary", ("pdf",))]
    assert runs(("summary",), ("pdf", "csv")) == [("full", ("csv",)), ("summary", ("pdf",))]
    assert read("summary, full,summary") == ("summary", "full")
    with pytest.raises(AuditorError):
        read("")


def _flawless() -> Audit:
    audit, _ = visit()
    best = {
        "front": "o0",
        "slips": "o0",
        "rest": "o0",
        "teller#1/stand": "o0",
        "remind": "o0",
    }
    clean = {path: Answer(value) for path, value in best.items()}
    clean |= {"greeted": Answer(Decimal(5)), "waited": Answer(Decimal(60)), "teller#1/hands": Answer(0)}
    return replace(audit, answers={**audit.answers, **clean})


@pytest.mark.parametrize("layout", ["full", "summary", "rectification"])
def test_endless_words_in_a_finding_break_no_page(layout):
    """P6: names and measures of any length; the summary stays one page."""
    audit, photos = worked_off()
    endless = replace(audit.findings["slips"], owner="名" * 300, measure="措施" * 2000, checked_by="x" * 500)
    audit = replace(audit, findings={"slips": endless}, header=replace(audit.header, branch_name="很长的支行" * 40))
    data = made(layout, audit=(audit, photos), paper="letter")[1]
    assert len(pages(data)) < 30
    if layout == "summary":
        assert len(pages(data)) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_verdict_of_a_section_is_never_cut_off_its_bar(lang):
    """Where there is little room the weight goes, which the table of scores says too."""
    report = made("summary", lang=lang)[0]
    first = replace(report.sections[0], weight=Decimal("12.5"), lost=Decimal("16.5"), passed=False, status_text="")
    text = whole(render(replace(report, sections=(first, *report.sections[1:])), lambda _: None))
    assert bare("扣 16.5 分 · 不达标" if lang == "zh" else "−16.5 · Fail") in text
    assert "…" not in text[: text.index(bare(report.losses[0].number))]
