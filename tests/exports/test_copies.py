"""P7: a branch copy holds no byte of the shopper's identity; copies are allow-lists, not cleaned-up originals."""

from __future__ import annotations

import random
import re
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from auditor.audit import Answer, Audit, Clip, Duty, Finding, Header, Jot, Photo, Praise, Reason
from auditor.scoring import score
from exports import copies
from exports.csv import as_csv
from exports.moments import coarse_clock, coarse_duration, coarse_stamp, measured, without_clock
from exports.names import stem
from exports.pdf.document import as_json, render
from exports.report import build
from exports.speech import Speech
from tests.exports.pdf_text import inflated, whole
from tests.exports.visits import ANSWERS, HEADER, SHOPPER, VETO, visit

COVERT = ("mystery", "telephone", "revisit")
CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")


def branch(audit: Audit, **options):
    return build(audit, score(audit), copy="branch", **options)


@pytest.mark.parametrize("kind", COVERT)
def test_the_inspector_of_a_covert_visit_prints_as_mystery_shopper_and_nothing_else(kind):
    audit, _ = visit(header=replace(HEADER, kind=kind))
    assert next(one.value for one in branch(audit).facts if one.key == "inspector") == "神秘人"


@pytest.mark.parametrize("kind", ["announced", "cross", "offsite", "self"])
def test_no_branch_copy_prints_an_alias_of_other_checks_either(kind):
    audit, _ = visit(header=replace(HEADER, kind=kind))
    assert SHOPPER not in repr(branch(audit))


@pytest.mark.parametrize("copy", ["branch", "public"])
def test_no_clock_time_is_left_in_a_covert_visit(copy):
    """Reasons, captions, journey, head table, notes, header fields, attached JSON."""
    audit, photos = visit(photos=6, answers=VETO)
    made = build(audit, score(audit), copy=copy)
    data = render(made, photos.get)
    for text in (repr(made), whole(data), as_json(made).decode()):
        assert not CLOCK.search(re.sub(r"T(00|12):00:00\+08:00", "", text))
        assert "10点35分" not in text


def test_times_print_as_half_days_where_exact_ones_stood():
    audit, _ = visit(photos=2)
    made = branch(audit)
    rows = {one.path: one for one in made.items}
    assert rows["teller#1/stand"].reason == "上午，3号窗口柜员未起立迎接，扣1分"
    assert rows["slips"].note == "单据上可见姓名和账号，上午时仍未收走。"
    assert next(one.value for one in made.facts if one.key == "visited") == "2026-03-05 上午"
    assert all("2026-03-05 上午" in one.caption for one in made.photos)
    assert "10:31" not in "".join(made.summary)


def test_precision_is_a_setting():
    audit, _ = visit()
    assert "10:38" in repr(branch(audit, precision="exact"))
    dated = branch(audit, precision="date")
    assert next(one.value for one in dated.facts if one.key == "visited") == "2026-03-05"
    assert "上午" not in repr(dated)


def test_an_announced_inspection_keeps_its_times():
    audit, _ = visit(header=replace(HEADER, kind="announced"))
    assert "10:38" in repr(branch(audit))


def test_facts_that_identify_a_visit_are_withheld():
    """Ticket numbers, amounts and receipts stand in unscored items: a covert visit's branch copy has none of them."""
    audit, _ = visit()
    made = branch(audit)
    assert "A1047" not in repr(made)
    assert {"ticket", "called"}.isdisjoint(one.path for one in made.items)
    assert "A1047" in repr(build(audit, score(audit)))


def test_photos_kept_inside_stand_in_the_compliance_copy_only():
    audit, photos = visit(photos=3)
    slips = audit.answers["slips"]
    inside = replace(slips, photos=tuple(replace(one, inside=True) for one in slips.photos))
    audit = replace(audit, answers={**audit.answers, "slips": inside})
    assert len(build(audit, score(audit)).photos) == 3
    made = branch(audit)
    assert len(made.photos) == 2
    hidden = inside.photos[0].sha256
    asked: list[str] = []
    render(made, lambda sha: asked.append(sha) or photos[sha])
    assert hidden not in asked


def test_a_public_copy_has_figures_but_no_words_of_the_visit():
    audit, _ = visit(photos=3)
    made = build(audit, score(audit), copy="public")
    assert not made.photos
    assert not made.actions
    assert not made.signatures
    for words in ("客户凭条", "3号窗口", "老花镜", "设备检修"):
        assert words not in repr(made)
    assert made.result.total is not None


def test_the_alias_is_taken_out_of_free_words():
    answers = {"slips": replace(ANSWERS["slips"], note=f"{SHOPPER}在场，{SHOPPER}拍照。")}
    audit, _ = visit(answers=answers)
    made = branch(audit)
    assert SHOPPER not in repr(made)
    assert "神秘人在场" in repr(made)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("10:12，3号窗口", "上午，3号窗口"),
        ("于10：12进门", "于上午进门"),
        ("１５：１２离开", "下午离开"),
        ("10点12分到", "上午到"),
        ("下午3点半到", "下午到"),
        ("上午十点十二分", "上午"),
        ("十四点三十分叫号", "下午叫号"),
        ("8时许", "上午"),
        ("16:09-16:40等候", "下午等候"),
        ("at 3:05 pm he left", "at 下午 he left"),
        ("10:12:30", "上午"),
    ],
)
def test_clock_times_typed_into_free_text_become_half_days(typed, shown):
    assert without_clock(typed, "half_day", Speech("zh")) == shown


@pytest.mark.parametrize(
    "text",
    [
        "提出3点建议",
        "三点建议",
        "24小时服务",
        "等候18分40秒",
        "标准2.1.3",
        "得分96.3分",
        "两点要求",
        "比例3:2",
        "2点不足",
    ],
)
def test_words_that_are_no_time_stay(text):
    assert without_clock(text, "half_day", Speech("zh")) == text


def test_coarse_times_keep_the_half_day_only():
    assert [coarse_clock(one, "half_day") for one in ("09:59", "12:00", "23:10:05", "")] == ["am", "pm", "pm", ""]
    assert coarse_stamp("2026-03-05T10:12:33+08:00", "half_day") == "2026-03-05T00:00+08:00"
    assert coarse_stamp("2026-03-05T15:12:33+08:00", "date") == "2026-03-05T00:00+08:00"


def test_a_coarse_duration_stays_in_its_band():
    """The branch must not read a time that its deduction contradicts."""
    item = next(one for one in visit()[0].checklist.items() if one.id == "waited")
    assert coarse_duration(item, Decimal("1120"), "half_day") == 1140
    assert coarse_duration(item, Decimal("890"), "half_day") == 900
    assert coarse_duration(item, Decimal("22.4"), "half_day") == Decimal("22.4")
    assert measured(Decimal(1140), "half_day") == "约19分"


def test_every_field_of_an_audit_is_named_where_copies_are_made():
    """A field added to the nouns stays out of the copies until someone decides: these are all that are known."""
    known = {
        Header: "kind visited left branch branch_name parent shopper scenario period highlights summary "
        "praises narrative acknowledged",
        Answer: "value na note reasons photos flagged clips",
        Reason: "text time place post",
        Photo: "sha256 name caption taken inside stage",
        Praise: "person text",
        Finding: "required measure owner due done_on checked_by cleared_on remark photos_before photos_after",
        Jot: "kind at name seconds text proof photo",
        Duty: "person signature signed drawing",
        Clip: "sha256 name kind at caption",
    }
    for noun, names in known.items():
        assert {one.name for one in fields(noun)} == set(names.split())


def _canaries(dice: random.Random) -> tuple[Audit, dict[str, bytes], list[str]]:
    """A covert visit with a marked string in every field that tells who the shopper is."""
    marks = [f"CANARY{dice.randrange(10**12):012}牌" for _ in range(5)]
    alias, scenario, name, ticket, trap = marks
    minute = f"{dice.randrange(8, 18):02}:{dice.randrange(1, 60):02}"
    header = replace(
        HEADER,
        kind=dice.choice(COVERT),
        shopper=alias,
        scenario=scenario,
        visited=f"2026-03-05T{minute}:17+08:00",
        left=f"2026-03-05T18:{dice.randrange(60):02}:00+08:00",
        summary=f"由{alias}于{minute}检查。",
        highlights=(f"{alias}表扬",),
    )
    answers = {
        "ticket": Answer(ticket),
        "trap": Answer(trap),
        "slips": Answer("o2", note=f"{alias} {minute}", reasons=(Reason(f"{alias}看到", minute, "填单台"),)),
    }
    audit, photos = visit(header=header, answers=answers, photos=dice.randrange(3))
    given = {
        path: replace(one, photos=tuple(replace(shot, name=name) for shot in one.photos))
        for path, one in audit.answers.items()
    }
    marks += [f"{minute}:17", audit.id, "ab12cd"]
    return replace(audit, answers=given, created=f"2026-03-05T{minute}:59+08:00"), photos, [*marks, minute]


@pytest.mark.parametrize("copy", ["branch", "public"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_canaries_in_identity_fields_reach_no_branch_or_public_copy(copy, lang):
    """Streams inflated, attachments opened, text read back; UTF-8, UTF-16 and GBK."""
    dice = random.Random(f"{copy}{lang}")
    for round_ in range(8):
        audit, photos, marks = _canaries(dice)
        made = build(audit, score(audit), copy=copy, lang=lang)
        pdf = render(made, photos.get)
        held = b"\n".join([inflated(pdf), as_csv(made), as_json(made), stem(made).encode()])
        read = whole(pdf) if round_ < 2 else ""
        for mark in marks:
            assert mark not in read
            for code in ("utf-8", "utf-16-le", "utf-16-be", "gbk"):
                assert mark.encode(code) not in held, (mark, code)


def test_the_canaries_are_seen_where_they_may_be():
    """The search above finds what is there: the compliance copy holds the alias."""
    audit, photos, marks = _canaries(random.Random(1))
    made = build(audit, score(audit))
    pdf = render(made, photos.get)
    assert marks[0].encode() in inflated(pdf)
    assert marks[0] in whole(pdf)


def test_copies_allow_and_do_not_forbid():
    assert copies.Shows() == copies.SHOWS["public"]
    assert not any(getattr(copies.Shows(), one.name) for one in fields(copies.Shows))
