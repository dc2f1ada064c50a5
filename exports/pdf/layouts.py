"""The layouts of one audit's PDF: which parts stand on which pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from exports.blocks import Layout, Report
from exports.pdf import body
from exports.pdf.annex import annex, photo_pages, texts
from exports.pdf.certificate import certificate
from exports.pdf.cover import banners, cover, head
from exports.pdf.flow import Flow
from exports.pdf.jpeg import Jpeg
from exports.pdf.lines import Typesetter
from exports.pdf.losses import losses
from exports.pdf.notice import notice
from exports.pdf.self_sheet import self_sheet
from exports.pdf.signatures import Drawings, signatures
from exports.pdf.unscored import unscored
from exports.speech import Speech


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a report shows besides words: photos by their number, signatures as they were drawn; None is gone."""

    photos: Mapping[int, Jpeg | None]
    drawings: Drawings


def laid_out(report: Report, setter: Typesetter, pictures: Pictures) -> Flow:
    """The pages of a report in its layout, on its paper."""
    flow = Flow(report.paper)
    _LAYOUTS[report.layout](flow, report, setter, Speech(report.lang), pictures)
    return flow


def _full(flow: Flow, report: Report, setter: Typesetter, speech: Speech, pictures: Pictures) -> None:
    cover(flow, report, setter)
    if not report.scored:
        unscored(flow, report, setter, speech)
        signatures(flow, report, setter, speech, pictures.drawings)
        annex(flow, report, setter, speech, pictures.photos)
        return
    body.appraisal(flow, report, setter, speech)
    body.scores(flow, report, setter, speech)
    body.highlights(flow, report, setter, speech)
    losses(flow, report, setter, speech, pictures.photos)
    body.actions(flow, report, setter, speech)
    signatures(flow, report, setter, speech, pictures.drawings)
    annex(flow, report, setter, speech, pictures.photos)


def _summary(flow: Flow, report: Report, setter: Typesetter, _speech: Speech, _pictures: Pictures) -> None:
    cover(flow, report, setter)


def _losses(flow: Flow, report: Report, setter: Typesetter, speech: Speech, pictures: Pictures) -> None:
    head(flow, report, setter)
    flow.add(banners(report, setter, speech))
    losses(flow, report, setter, speech, pictures.photos, "layouts.chapter.losses")
    texts(flow, report, setter, speech)
    photo_pages(flow, report, setter, speech, pictures.photos)


def _self(flow: Flow, report: Report, setter: Typesetter, speech: Speech, pictures: Pictures) -> None:
    self_sheet(flow, report, setter, speech, pictures.drawings)
    texts(flow, report, setter, speech)


def _rectification(flow: Flow, report: Report, setter: Typesetter, speech: Speech, pictures: Pictures) -> None:
    notice(flow, report, setter, speech)
    flow.turn(landscape=False)
    texts(flow, report, setter, speech)
    photo_pages(flow, report, setter, speech, pictures.photos)


def _certificate(flow: Flow, report: Report, setter: Typesetter, speech: Speech, _pictures: Pictures) -> None:
    certificate(flow, report, setter, speech)


_LAYOUTS: Mapping[Layout, Callable[[Flow, Report, Typesetter, Speech, Pictures], None]] = {
    "full": _full,
    "summary": _summary,
    "losses": _losses,
    "self": _self,
    "rectification": _rectification,
    "certificate": _certificate,
}
