"""The first page in words: title, head table, result, what decided it, the appraisal (report conventions)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from auditor.figures import plain
from auditor.formats import duration
from auditor.scoring.tree import Fired, Score
from exports.blocks import Decision, Fact, ItemRow, Layout, LossRow, Result, SectionRow
from exports.copies import View
from exports.moments import day_and_time, moment
from exports.periods import named
from exports.places import Place, Register, placed
from exports.speech import Speech
from exports.unscored import gathered, is_course, is_scored
from exports.wording import effect_text, grade_title, pass_mark

OF_THEIR_OWN = frozenset({"self", "rectification"})
"""Layouts that are papers of their own, not parts of the report."""
VETOES = frozenset({"fail", "zero_total"})
"""The effects that are a 一票否决; the others are named by their effect (glossary)."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Totals to compare with: of the last period and of the same period last year."""

    last_period: Decimal | None = None
    last_year: Decimal | None = None


def place(view: View, register: Register | None) -> Place:
    """Where it was (see `placed`)."""
    header = view.audit.header
    return placed(header.branch, header.branch_name, header.parent, register)


def title(view: View, where: Place, bank: str, layout: Layout = "full") -> str:
    """××银行××支行2026年第一季度神秘人暗访检查报告, …整改通知书: never an internal id."""
    speech, header = view.speech, view.audit.header
    name = where.name if not bank or where.name.startswith(bank) else f"{bank}{where.name}"
    if layout == "certificate":
        kind = speech.tr(f"layouts.certificate.{'course' if is_course(view.audit) else 'outlet'}")
    elif layout in OF_THEIR_OWN:
        kind = speech.tr(f"layouts.title.{layout}")
    elif is_scored(view.audit.checklist):
        kind = speech.tr(f"report.title.{header.kind}")
    else:
        kind = speech.tr("report.title.unscored", checklist=speech.text(view.audit.checklist.title))
    words = speech.tr("report.title", branch=name, period=period(view), kind=kind).strip()
    part = layout in ("summary", "losses")
    return speech.tr(f"layouts.title.{layout}", title=words) if part else words


def period(view: View) -> str:
    """The wave as named, else the quarter of the visit."""
    header = view.audit.header
    return named(header.period.strip(), header.visited, view.speech)


def facts(view: View, where: Place, result: Result, earlier: Earlier) -> tuple[Fact, ...]:
    """The head table, in the order of the conventions; without points nothing of score, grade and veto."""
    speech, audit = view.speech, view.audit
    none = speech.tr("common.no_score")
    code = speech.tr("common.brackets", text=where.code) if where.code else ""
    version = f"{speech.text(audit.checklist.title)} {audit.checklist.version}".replace("\n", " ")
    rows = {
        "branch": f"{where.name}{code}",
        "parent": where.parent or none,
        "kind": speech.tr(f"common.kind.{audit.header.kind}"),
        "period": period(view),
        "visited": visited(view),
        "inspector": inspector(view),
        "checklist": version,
        "points": " / ".join(
            none if one is None else str(one) for one in (result.scale, result.deducted, result.total)
        ),
        "grade": result.grade or none,
        "veto": result.veto,
        "trend": " / ".join(_change(result.total, one, none) for one in (earlier.last_year, earlier.last_period)),
    }
    if audit.header.scenario:
        rows["scenario"] = _scenario(view)
    if not is_scored(audit.checklist):
        for key in ("points", "grade", "veto", "trend"):
            del rows[key]
    if view.anonymous:
        del rows["inspector"]
    own = {"inspector": "self_inspector"} if audit.header.kind == "self" else {}
    return tuple(Fact(key, speech.tr(f"report.fact.{own.get(key, key)}"), value) for key, value in rows.items())


def visited(view: View) -> str:
    """Date, start and end; the half-day or the date alone where the copy shows no more."""
    header, speech = view.audit.header, view.speech
    start, end = moment(header.visited), moment(header.left)
    words = day_and_time(header.visited, view.precision, speech)
    if start is None or end is None or view.precision != "exact" or end <= start:
        return words
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"
    minutes = Decimal(int((end - start).total_seconds()))
    spent = speech.say(lambda: duration(minutes))
    return f"{words}–{until}" + speech.tr("common.brackets", text=spent)


def inspector(view: View) -> str:
    """The alias in the compliance copy; else 神秘人 and nothing else of a covert visit, or a word to see who signs."""
    if view.shows.inspector:
        return view.audit.header.shopper or view.speech.tr("common.no_score")
    return view.speech.tr("common.mystery_shopper" if view.covert else "report.see_signature")


def _scenario(view: View) -> str:
    wanted = view.audit.header.scenario
    return next((view.speech.text(one.title) for one in view.audit.checklist.scenarios if one.id == wanted), wanted)


def _change(now: Decimal | None, then: Decimal | None, none: str) -> str:
    if now is None or then is None:
        return none
    change = now - then
    return f"+{change}" if change > 0 else f"{change}".replace("-", "−")


def result(view: View, score: Score, decisions: tuple[Decision, ...]) -> Result:
    """The figures and what they come to."""
    speech, checklist = view.speech, view.audit.checklist
    total, scale = score.total, Decimal(plain(score.scale))
    passed = None if score.so_far else score.passed
    before = score.before_critical if score.critical and score.before_critical != total else None
    verdict = "" if passed is None else speech.tr("common.passed" if passed else "common.failed")
    return Result(
        total=total,
        scale=scale,
        deducted=None if total is None else max(Decimal(0), score.scale - total),
        before_critical=before,
        passed=passed,
        verdict=verdict,
        grade="" if score.so_far else grade_title(checklist.grades, score.grade, speech).replace("\n", " "),
        pass_mark=pass_mark(checklist, speech),
        veto=_veto(score.critical, decisions, speech),
        decisions=decisions,
        answered=score.answered,
        applicable=score.applicable,
        so_far=score.so_far,
        bonus=Decimal(plain(score.bonus)),
    )


def _veto(fired: tuple[Fired, ...], decisions: tuple[Decision, ...], speech: Speech) -> str:
    """是（2.1.3 一票否决）, 否（总分封顶 59.9 分）or 否."""
    yes = speech.tr("common.yes" if any(one.effect in VETOES for one in fired) else "common.no")
    said = dict.fromkeys(f"{one.number} {one.words}".strip() for one in decisions)
    return yes + (speech.tr("common.brackets", text=speech.tr("common.semicolon").join(said)) if said else "")


def decisions(view: View, score: Score, items: dict[str, ItemRow]) -> tuple[Decision, ...]:
    """Which answer did it (S6), in reading order. What a copy does not show is named by its effect alone."""
    found = []
    for fired in score.critical:
        row = items.get(fired.path)
        found.append(
            Decision(
                path=fired.path if row else "",
                number=row.number if row else "",
                item=row.name if row else "",
                answer=row.answer if row else "",
                effect=fired.effect,
                words=effect_text(fired, view.speech),
                clause=row.clause if row else "",
                figures=row.figures if row else (),
            )
        )
    return tuple(found)


def appraisal(
    view: View,
    result: Result,
    sections: tuple[SectionRow, ...],
    items: tuple[ItemRow, ...],
    losses: tuple[LossRow, ...],
) -> tuple[str, ...]:
    """一、总体评价: composed from the figures, then in the inspector's words."""
    speech = view.speech
    if not is_scored(view.audit.checklist):
        return (_unscored(view), *filter(None, view.audit.header.summary.split("\n")))
    looked = [one for one in items if one.status in ("answered", "lost", "na")]
    points = plain(sum((one.deducted for one in losses), Decimal(0)))
    key = "report.sum.items" if losses else "report.sum.no_loss"
    sentences = [
        _outcome(view, result),
        speech.tr(key, looked=len(looked), lost=len(losses), points=points) if looked else "",
        _heaviest(speech, sections),
        _below(speech, result, sections),
        _triggered(speech, result),
    ]
    composed = ("" if speech.lang == "zh" else " ").join(filter(None, sentences))
    return (composed, *filter(None, view.audit.header.summary.split("\n")))


def _unscored(view: View) -> str:
    """That nothing is scored, and how many instances there are of each repeating section."""
    speech, audit = view.speech, view.audit
    kind = speech.tr(f"common.kind.{audit.header.kind}")
    sentences = [speech.tr("report.sum.unscored", kind=kind)]
    for section, n in gathered(audit.checklist, audit.instances):
        sentences.append(speech.tr("report.sum.gathered", section=speech.text(section.title), n=n))
    return ("" if speech.lang == "zh" else " ").join(sentences)


def _outcome(view: View, result: Result) -> str:
    speech, kind = view.speech, view.speech.tr(f"common.kind.{view.audit.header.kind}")
    if result.total is None:
        parts = [speech.tr("report.sum.no_score", kind=kind)]
    else:
        key = "report.sum.so_far" if result.so_far else "report.sum.total"
        parts = [speech.tr(key, kind=kind, total=result.total, scale=result.scale)]
    if result.grade:
        parts.append(speech.tr("report.sum.grade", grade=result.grade))
    parts.append(result.verdict)
    return speech.tr("report.comma").join(filter(None, parts)) + speech.tr("common.stop")


def _heaviest(speech: Speech, sections: tuple[SectionRow, ...]) -> str:
    tops = [one for one in sections if one.depth == 0]
    worst = max(tops, key=lambda one: one.lost, default=None)
    if worst is None or not worst.lost or len(tops) < 2:
        return ""
    return speech.tr("report.sum.worst", section=worst.title, points=plain(worst.lost))


def _below(speech: Speech, result: Result, sections: tuple[SectionRow, ...]) -> str:
    """Which sections miss a pass mark of their own, where that may be why the whole does not pass (S7)."""
    failed = [one for one in sections if one.passed is False and one.pass_mark]
    if result.passed is not False or not failed:
        return ""
    told = (speech.tr("report.sum.section", section=one.title, mark=one.pass_mark) for one in failed)
    return speech.tr("report.sum.below", sections=speech.tr("common.comma").join(told))


def _triggered(speech: Speech, result: Result) -> str:
    """What a critical effect changed, in one sentence."""
    if not result.decisions:
        return ""
    comma = speech.tr("common.comma")
    items = comma.join(dict.fromkeys(one.number for one in result.decisions if one.number))
    effects = comma.join(dict.fromkeys(one.words for one in result.decisions))
    if result.before_critical is None:
        return speech.tr("report.sum.triggered", items=items, effects=effects)
    return speech.tr("report.sum.changed", items=items, effects=effects, before=result.before_critical)
