"""`auditor nps`: a 0–10 recommendation item over many finished audits."""

from __future__ import annotations

import argparse

from auditor.errors import AuditorError
from auditor.figures import half_up, plain
from auditor.recommendation import answers_to, recommendation, recommendation_item
from auditor.words import tr
from ui.commands.folder import reading
from ui.commands.outcome import Outcome
from ui.rows import where


def nps(arguments: argparse.Namespace) -> Outcome:
    """Count the answers of every finished audit whose checklist has the item; n stands beside the figure."""
    store = reading(arguments)
    rows = [row for row in where(store.rows(), arguments.where) if row.state == "finished"]
    values: list[int] = []
    audits = 0
    for row in rows:
        audit = store.read(row.id)
        if recommendation_item(audit.checklist, arguments.item) is None:
            continue
        given = answers_to(audit, arguments.item)
        audits += bool(given)
        values += given
    counted = recommendation(values)
    if counted.score is None:
        raise AuditorError("cli.no_recommendations", item=arguments.item)
    data = {
        "item": arguments.item,
        "nps": float(half_up(counted.score, 1)),
        "promoters": counted.promoters,
        "passives": counted.passives,
        "detractors": counted.detractors,
        "answers": counted.answers,
        "audits": audits,
    }
    return Outcome(data, tr("cli.nps", **{**data, "nps": plain(half_up(counted.score, 1))}))
