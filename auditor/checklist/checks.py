"""Everything that needs the whole checklist: one rule one function, in one table.

Pure: a rule sees an outline and yields `Flaw`s, each with its path in the document; the reader knows their lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from auditor.checklist.model import Checklist
from auditor.checklist.outline import Flaw, Outline
from auditor.checklist.rules import cycles, kinds, language, naming, outcome, sections, wording

RULES: tuple[Callable[[Outline], Iterable[Flaw]], ...] = (
    naming.unique_ids,
    naming.words_of_the_language,
    naming.known_targets,
    naming.known_options,
    naming.known_grades,
    naming.kinds_of_check,
    naming.known_personas,
    kinds.fitting_keys,
    kinds.stamps_once,
    kinds.options_wanted,
    kinds.ordered_bands,
    kinds.whole_ratings,
    kinds.points_there,
    kinds.required_or_not,
    sections.items_or_sections,
    sections.weights_of_all,
    sections.repeats,
    sections.any_fault,
    sections.caps_of_deductions,
    sections.declared_points,
    sections.something_scored,
    outcome.critical_effects,
    outcome.falling_grades,
    outcome.reachable_pass,
    outcome.lost_points,
    outcome.skips_forward,
    outcome.reachable_items,
    language.expressions,
    cycles.cycles,
    wording.translations,
)


MOST = 100
"""Flaws told of one rule."""


def check(checklist: Checklist) -> list[Flaw]:
    """The flaws of a checklist, errors and warnings, rule by rule; at most `MOST` of each."""
    outline = Outline(checklist)
    return [flaw for rule in RULES for flaw in islice(rule(outline), MOST)]
