"""The sample bank: everything a real one has, the same for the same seed, nothing in it that contradicts itself."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from datetime import date, datetime
from pathlib import Path

import pytest

from auditor import corrective, jotting
from auditor.audit import Audit
from auditor.scoring import current
from auditor.store import Store
from ui.commands.demo import LAST_DAY, demo
from ui.demo.bank import ALIASES
from ui.demo.pictures import ready

TODAY: date = LAST_DAY.date()


def made(folder: Path, audits: int, seed: int = 1) -> Store:
    demo(Namespace(data=folder, audits=audits, branches=6, months=4, seed=seed, lang=None, json=False))
    return Store.open(folder)


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return made(tmp_path_factory.mktemp("bank"), 40)


def audits(bank: Store) -> list[Audit]:
    return [bank.read(row.id) for row in bank.rows()]


def test_the_same_seed_gives_the_same_bytes(bank: Store, tmp_path: Path) -> None:
    """Findings, jots, duties and photos too, not only the figures of the list."""

    def fingerprints(store: Store) -> dict[str, str]:
        paths = [one for one in store.folder.glob("audits/*/*/**/*") if one.is_file()]
        return {str(one.relative_to(store.folder)): hashlib.sha256(one.read_bytes()).hexdigest() for one in paths}

    assert fingerprints(made(tmp_path / "again", 40)) == fingerprints(bank)
    assert fingerprints(made(tmp_path / "other", 6, seed=2)).keys().isdisjoint(fingerprints(bank))


def test_corrective_actions_are_in_every_state_and_their_days_follow_each_other(bank: Store) -> None:
    states = set()
    for audit in audits(bank):
        states |= {one.state for one in corrective.actions(audit, current(audit), TODAY)}
        for finding in audit.findings.values():
            assert corrective.doubts(finding, audit.header.visited, TODAY) == ()
            assert finding.owner
    assert states == {"wanted", "doing", "overdue", "done", "cleared"}


def test_jots_agree_with_the_time_answers_and_the_narrative(bank: Store) -> None:
    covert = [one for one in audits(bank) if one.header.kind == "mystery" and one.answers]
    assert covert
    for audit in covert:
        paths = {mark.name: mark.path for mark in jotting.marks(audit.checklist) if not mark.timed}
        for name, (_, jot) in jotting.latest(audit.jots).items():
            if paths.get(name) in audit.answers:
                assert audit.answers[paths[name]].value == jot.at[11:19]
        assert audit.header.left == jotting.latest(audit.jots)["left"][1].at
        times = {reason.time for answer in audit.answers.values() for reason in answer.reasons}
        assert all(audit.header.visited[11:16] <= time <= audit.header.left[11:16] for time in times)
        assert audit.header.narrative
        assert jotting.is_drafted(audit)
        assert not audit.header.scenario or datetime.fromisoformat(audit.header.acknowledged)


def test_nothing_contradicts_itself(bank: Store) -> None:
    """A sample must not teach what the check before finishing warns of; equal notes may happen by chance."""
    found = [one for audit in audits(bank) for one in bank.contradictions(audit, current(audit))]
    assert [one for one in found if one.rule not in ("copied_note", "same_answer")] == []
    assert len(found) < 5


def test_drafts_are_few_and_one_is_nothing_but_jots(bank: Store) -> None:
    drafts = [one for one in audits(bank) if one.state == "draft"]
    assert len(drafts) == 3
    (jotted,) = [one for one in drafts if not one.answers]
    assert {jot.kind for jot in jotted.jots.values()} >= {"stamp", "note", "photo"}
    assert not any(one.header.summary or one.header.highlights for one in drafts)


def test_self_inspections_are_signed_by_two_or_three(bank: Store) -> None:
    inspected = [one for one in audits(bank) if one.header.kind == "self" and one.state == "finished"]
    assert inspected
    for audit in inspected:
        assert set(audit.duties) == {section.id for section in audit.checklist.sections}
        assert len({duty.person for duty in audit.duties.values()}) in (2, 3)
        assert all(duty.signature and duty.signed for duty in audit.duties.values())


def test_shoppers_are_known_by_alias_only(bank: Store) -> None:
    assert {one.header.shopper for one in audits(bank) if one.header.kind == "mystery"} <= set(ALIASES)
    assert any(one.header.praises for one in audits(bank))
    assert all(praise.person[:4].isdigit() for one in audits(bank) for praise in one.header.praises)


def test_photos_come_in_pairs_of_before_and_after(bank: Store) -> None:
    pairs = [one for audit in audits(bank) for one in audit.findings.values() if one.photos_after]
    assert pairs
    assert all(len(one.photos_before) == len(one.photos_after) == 1 for one in pairs)
    assert any(answer.fixed for audit in audits(bank) for answer in audit.answers.values())
    assert ready("a").sha256 == ready("a").sha256 != ready("a", tidy=True).sha256
