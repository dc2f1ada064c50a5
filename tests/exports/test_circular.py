"""通报: what a comparison comes to as an official document (report conventions)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from auditor.errors import AuditorError
from exports.comparison import write_circular
from exports.comparison.circular import MARGINS, WIDTH, laid_out
from exports.comparison.document import render_circular
from exports.letterhead import Letterhead
from exports.pdf.ink import Anchor, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import MM, OFFICIAL
from exports.register import Options, Summed
from exports.register.wording import Wording
from exports.speech import Speech
from tests.exports.pdf_text import bare, pages, whole
from tests.exports.test_comparison import summed
from tests.exports.test_register import SOME

HEAD = Letterhead(bank="滨江商业银行", red_head=True, red_words="滨江商业银行文件")


def wording(letterhead: Letterhead = HEAD, lang: str = "zh", **options: Any) -> Wording:
    days = tuple(sorted(one.header.visited[:10] for one in SOME))
    return Wording(Speech(lang), "compliance", days, Options(**options), letterhead)


def test_the_page_is_that_of_an_official_document() -> None:
    """A4; 37, 35, 28, 26 mm of margin; title in 22 points, body in 16, 22 lines a page."""
    flow = laid_out(summed(), wording(), Typesetter())
    assert (MARGINS.top, MARGINS.bottom, MARGINS.left, MARGINS.right) == (37 * MM, 35 * MM, 28 * MM, 26 * MM)
    texts = [
        (x + ink.x, y + ink.y, ink)
        for one in flow.sheets
        for x, y, inks in one.placed
        for ink in inks
        if type(ink) is Text
    ]
    setter = Typesetter()
    for x, y, ink in texts:
        assert x >= MARGINS.left - 0.01
        assert x + setter.width(ink.words, ink.style) <= MARGINS.left + WIDTH + 0.5
        assert MARGINS.top <= y <= flow.sheets[0].height - MARGINS.bottom
    sizes = {ink.style.size for _, _, ink in texts}
    assert {22, 16} <= sizes
    assert {ink.style.leading for _, _, ink in texts if ink.style.size == 16} == {225 * MM / 22}


def test_it_says_whose_visits_how_they_went_and_what_is_wanted() -> None:
    text = whole(render_circular(summed(), wording()))
    for words in ("滨江商业银行文件", "关于", "网点服务检查情况的通报", "各分支机构：", "一、总体情况", "二、得分排名"):
        assert bare(words) in text
    for words in ("三、主要问题", "四、工作要求", "附件：网点得分排名表", "年月日"):
        assert bare(words) in text


def test_the_red_head_is_there_when_the_settings_have_one_and_its_room_always() -> None:
    def red(letterhead: Letterhead) -> list[Rule]:
        flow = laid_out(summed(), wording(letterhead), Typesetter())
        inks = [ink for one in flow.sheets for _, _, inks in one.placed for ink in inks]
        return [ink for ink in inks if type(ink) is Rule and ink.colour == OFFICIAL]

    assert len(red(HEAD)) == 1
    assert red(Letterhead()) == []
    assert _title_at(Letterhead()) == _title_at(Letterhead(red_head=True))


def _title_at(letterhead: Letterhead) -> float:
    placed = laid_out(summed(), wording(letterhead), Typesetter()).sheets[0].placed
    return next(y for _, y, inks in placed for ink in inks if type(ink) is Anchor)


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
@pytest.mark.parametrize("count", range(1, 6))
def test_whose_document_it_is_never_stands_alone_on_a_page(lang: str, count: int) -> None:
    """The body's last lines come along, however long it is."""
    made = render_circular(summed(SOME[:count]), wording(lang=lang))
    closing = bare("附件：网点得分排名表" if lang != "en" else "Annex: ranking of outlets")
    page = next(one for one in map(bare, pages(made)) if closing in one)
    before = page[: page.index(closing)]
    assert len(before) > 5, before
    assert made == render_circular(summed(SOME[:count]), wording(lang=lang))


def test_it_is_written_under_its_own_name_and_refused_where_nothing_was_scored(tmp_path: Path) -> None:
    path = write_circular(summed(), tmp_path, letterhead=HEAD)
    assert path.name == "检查情况通报_20260305.pdf"
    assert PdfReader(BytesIO(path.read_bytes()), strict=True).metadata.title.endswith("通报")  # type: ignore[union-attr]
    with pytest.raises(AuditorError) as refused:
        write_circular(Summed(), tmp_path)
    assert refused.value.key == "register.empty"
