"""通报: what a comparison comes to as an official document, red head and all (report conventions; GB/T 9704).

A4; margins 37, 35, 28, 26 mm; title 2号 (22 points), body 3号 (16 points) at 22 lines a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from auditor.figures import shown
from auditor.formats import long_date
from auditor.words import speaking
from exports.comparison.figures import Overall, overall
from exports.pdf.flow import Flow, Piece, kept_with
from exports.pdf.formal import evenly
from exports.pdf.ink import Anchor, Ink, Text
from exports.pdf.letterhead import SLOT, red_head
from exports.pdf.lines import Typesetter
from exports.pdf.look import INK, MM, SHORT, SMALL, Margins, Style
from exports.pdf.tables import Column, Row, Table
from exports.periods import within_one
from exports.register.ranking import Ranked, rate
from exports.register.summed import OutletSum, Summed
from exports.register.wording import Wording

MARGINS = Margins(top=37 * MM, bottom=35 * MM, left=28 * MM, right=26 * MM)
WIDTH = SHORT - MARGINS.left - MARGINS.right
_TITLE = Style(22, 32, INK, True)
_BODY = Style(16, 225 * MM / 22, INK)
_HEADING = _BODY._replace(bold=True)
_NAMED = 5
"""Outlets named at either end of the ranking, and losses."""
_COLUMNS = (("rank", 44.0), ("code", 72.0), ("outlet", 0.0), ("parent", 112.0), ("this_period", 66.0))


def laid_out(summed: Summed, words: Wording, setter: Typesetter) -> Flow:
    """The letter, then the ranking as its annex."""
    flow, ranked = Flow(margins=MARGINS), summed.ranked()
    flow.page()
    flow.add(red_head(words.letterhead, setter, WIDTH) or [Piece(SLOT + 14, [])])
    flow.add([_line(_say(words, "number"), setter, _BODY, "middle"), *_title(words, setter)])
    flow.add(kept_with(_body(summed, ranked, words, setter), _closing(words, setter)))
    flow.page()
    heading = _line(_say(words, "annex"), setter, _HEADING, "left", keep=True)
    flow.add([heading, *_annex(ranked, words, setter)])
    return flow


def title(words: Wording) -> str:
    """关于2026年第一季度网点服务检查情况的通报."""
    return ("" if words.speech.first == "zh" else " ").join(_title_lines(words))


def _title_lines(words: Wording) -> list[str]:
    """Broken by its sense, as official documents have it."""
    return _say(words, "title", period=_period(words).replace("\n", " ")).split("\n")


def _period(words: Wording) -> str:
    """As the register has it, days written out as in running text: 2026年5月4日至2026年10月29日."""
    if words.options.period or not words.days or within_one(words.days):
        return words.period()
    with speaking(words.speech.first):
        first, last = (long_date(date.fromisoformat(one[:10])) for one in (min(words.days), max(words.days)))
    return first if first == last else _say(words, "span", first=first, last=last)


def _say(words: Wording, key: str, **values: object) -> str:
    return words.speech.one(f"circular.{key}", **values)


def _title(words: Wording, setter: Typesetter) -> list[Piece]:
    """In the middle, each part on even lines where it is long."""
    lines = [line for part in _title_lines(words) for line in evenly(part, setter, WIDTH, _TITLE)]
    inks: list[Ink] = [Anchor("circular", 0, title(words))]
    inks += [setter.middle(WIDTH / 2, at * _TITLE.leading, line, _TITLE) for at, line in enumerate(lines)]
    return [Piece(len(lines) * _TITLE.leading + 18, inks, keep=True, gap=14)]


def _body(summed: Summed, ranked: Ranked, words: Wording, setter: Typesetter) -> list[Piece]:
    whole = overall(ranked, words.options.places)
    opening = _say(words, "opening", period=_period(words), outlets=whole.outlets, visits=whole.visits)
    pieces = [_line(_say(words, "addressees"), setter, _BODY, "left", keep=True), *_paragraph(opening, words, setter)]
    told = {
        "results": [_results(whole, ranked, words)],
        "ranking": _ends(ranked, words),
        "findings": _findings(summed, words),
        "wanted": [_say(words, "wanted.told")],
    }
    for key, paragraphs in told.items():
        if paragraphs:
            pieces += _paragraph(_say(words, f"chapter.{key}"), words, setter, _HEADING, keep=True)
            pieces += [one for text in paragraphs for one in _paragraph(text, words, setter)]
    return pieces


def _results(whole: Overall, ranked: Ranked, words: Wording) -> str:
    """平均得分 86.33 分，最高 96.12 分 … 达标率 79.32%，触发一票否决 2 次."""
    names = _say(words, "comma").join(one.outlet.name for _, one, _ in ranked if one.vetoes)
    told = [_say(words, "figures", mean=whole.mean, highest=whole.highest, lowest=whole.lowest)]
    if whole.judged:
        told.append(_say(words, "passed", rate=rate(whole.passed, whole.judged)))
    told.append(_say(words, "vetoed", n=whole.vetoed, names=names) if whole.vetoed else _say(words, "no_veto"))
    return _say(words, "between").join(told)


def _ends(ranked: Ranked, words: Wording) -> list[str]:
    """Who is at the head of the ranking and who at its end; of few outlets none is called the last."""
    scored = [(one, shown(exact, words.options.places)) for _, one, exact in ranked if exact is not None]
    scored.sort(key=lambda one: -one[1])
    if len(scored) <= _NAMED:
        return [_say(words, "first", outlets=_listed(scored, words))]
    most = min(_NAMED, len(scored) // 2)
    return [
        _say(words, "first", outlets=_listed(scored[:most], words)),
        _say(words, "last", outlets=_listed(scored[-most:], words)),
    ]


def _listed(outlets: Sequence[tuple[OutletSum, Decimal]], words: Wording) -> str:
    told = [_say(words, "outlet", name=one.outlet.name, figure=figure) for one, figure in outlets]
    return _say(words, "comma").join(told)


def _findings(summed: Summed, words: Wording) -> list[str]:
    """The most frequent losses, in the order of the TOP10."""
    return [
        _say(
            words,
            "finding",
            number=_say(words, f"number.{place}"),
            item=one.name.replace("\n", " "),
            checklist=one.title.replace("\n", " "),
            lost=one.lost,
            rate=f"{shown(Fraction(one.lost, one.looked), 2, 100)}%",
            outlets=len(one.outlets),
        )
        for place, (_, one) in enumerate(summed.most_frequent()[:_NAMED], 1)
    ]


def _closing(words: Wording, setter: Typesetter) -> list[Piece]:
    """The annex named, then whose document it is and the day, on one page."""
    bank = words.options.unit or words.letterhead.bank
    return [
        Piece(_BODY.leading, [], keep=True),
        _line(_say(words, "annexed"), setter, _BODY, "indented", keep=True),
        Piece(_BODY.leading * 2, [], keep=True),
        _line(bank, setter, _BODY, "right", keep=True),
        _line(words.speech.one("report.signed_on"), setter, _BODY, "right"),
    ]


def _annex(ranked: Ranked, words: Wording, setter: Typesetter) -> list[Piece]:
    spare = WIDTH - sum(width for _, width in _COLUMNS)
    table = Table(
        setter, [Column(words.heading(key), width or spare, style=SMALL) for key, width in _COLUMNS], grid=True
    )
    none = words.speech.one("common.no_score")
    rows = []
    for rank, one, exact in ranked:
        figure = none if exact is None else str(shown(exact, words.options.places))
        place = none if rank is None else str(rank)
        rows.append(Row([place, one.outlet.code, one.outlet.name, one.outlet.parent, figure]))
    return table.pieces(rows)


def _paragraph(text: str, words: Wording, setter: Typesetter, style: Style = _BODY, keep: bool = False) -> list[Piece]:
    """Line by line, the first one two letters in; no first or last line of several stands alone."""
    indent = "\u3000\u3000" if words.speech.first == "zh" else ""
    lines = setter.wrap(indent + text, style, WIDTH)
    last = len(lines) - 1
    kept = [keep or (last > 0 and at in (0, last - 1)) for at in range(len(lines))]
    kept[-1] = keep
    return [
        Piece(style.leading, [Text(0, style.over(0), line, style)], keep=stays)
        for line, stays in zip(lines, kept, strict=True)
    ]


def _line(text: str, setter: Typesetter, style: Style, at: str, keep: bool = False) -> Piece:
    words = setter.fitted(text.replace("\n", " "), style, WIDTH)
    spare = WIDTH - setter.width(words, style)
    left = {"left": 0.0, "middle": spare / 2, "right": spare - 2 * style.size, "indented": min(spare, 2 * style.size)}
    return Piece(style.leading, [Text(max(0.0, left[at]), style.over(0), words, style)], keep=keep)
