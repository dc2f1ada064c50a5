"""The engine: over nothing but the checklist and the answers (S8).

It scores from scratch, save that a step whose answers are those of the last scoring is not taken twice: what a layout
remembers (`read`, `standing`, the `part` of each section) is held beside all it was made of, and used for nothing else.
"""

from __future__ import annotations

from itertools import compress
from operator import is_not

from auditor.audit import Answer, Audit
from auditor.scoring.items import of_answer
from auditor.scoring.layout import Layout, Node, Read
from auditor.scoring.outcome import Outcome
from auditor.scoring.plan import plan_of
from auditor.scoring.results import assemble
from auditor.scoring.status import Run, stand
from auditor.scoring.tree import Score

ENGINE = 1
"""The engine's number, held with every frozen score (S9); it grows whenever a rule changes what a score is."""


def score(audit: Audit) -> Score:
    """What the answers are worth. Of a draft the running figure (S4), of a finished audit the final one."""
    run = start(audit)
    outcomes = stand(run) if run.acting or run.plan.order or run.plan.checked else run.alone
    return assemble(run, outcomes, audit.state != "finished")


def start(audit: Audit) -> Run:
    """A scoring with every answer read by itself."""
    plan = plan_of(audit.checklist)
    layout = plan.layout(audit.instances)
    read = _read(layout, audit)
    acting = [node for node in layout.able if read.outcomes[node.position].acts]
    return Run(plan, layout, audit, list(read.outcomes), acting, layout.standing)


def _read(layout: Layout, audit: Audit) -> Read:
    """What every answer comes to by itself; an answer read before is not read again."""
    before = layout.read
    answers = list(map(audit.answers.get, layout.by_path))
    outcomes = list(before.outcomes)
    for node in compress(layout.nodes, map(is_not, answers, before.answers)):
        outcomes[node.position] = _alone(node, answers[node.position])
    read = layout.read = Read(answers, outcomes)
    return read


def _alone(node: Node, answer: Answer | None) -> Outcome:
    if answer is None or node.plan.computes is not None:
        return node.unanswered
    return of_answer(node, answer)
