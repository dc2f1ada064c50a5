"""A self-inspection shared by several people: a signature locks its section, finishing wants them all, last month's
answers are no inspection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Answer, Audit, Duty, Photo
from auditor.contradictions import Beside, contradictions
from auditor.errors import AuditorError, ProblemsError
from auditor.scoring import score
from auditor.store import OpenAudit, Store
from auditor.store.beside import last_self
from tests.auditor.builders import audit, checklist, choice, item, section
from tests.faults.scene import header, small_checklist
from ui.demo.pictures import picture

SIGNED = Duty("张三", "张三", "2026-03-25T17:30:00+08:00")


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


def sheet(count: int = 10, **more: Any) -> Any:
    halves = [choice(f"q{at}") for at in range(count)]
    return checklist(section("hall", *halves[: count // 2]), section("counter", *halves[count // 2 :]), **more)


def self_check(visited: str = "2026-03-25T09:00:00+08:00", **more: Any) -> Any:
    return header(kind="self", visited=visited, shopper="", **more)


def begun(store: Store, made: Any = None, **more: Any) -> OpenAudit:
    return store.create(made or sheet(), self_check(**more))


def answer_all(opened: OpenAudit, value: str = "yes") -> None:
    opened.apply(
        {item.id: Answer(value, note="" if value == "yes" else "未到位") for item in opened.audit.checklist.items()}
    )


def test_a_signature_locks_its_section_until_it_is_taken_back(store: Store) -> None:
    opened = begun(store)
    opened.set_duties({"hall": SIGNED, "counter": Duty("李四")})
    with pytest.raises(AuditorError) as refused:
        opened.answer("q0", Answer("yes"), "张三")
    assert refused.value.key == "duties.signed"
    assert "张三" in str(refused.value)
    assert opened.audit.answers == {}
    opened.answer("q9", Answer("yes"), "李四")
    with pytest.raises(AuditorError):
        opened.apply({"q8": Answer("yes"), "q1": Answer("yes")})
    assert "q8" not in opened.audit.answers
    opened.set_duties({"hall": Duty("张三")})
    opened.answer("q0", Answer("yes"), "张三")
    assert opened.audit.answers["q0"].value == "yes"


def test_undo_takes_back_the_signature_before_it_comes_to_the_answers(store: Store) -> None:
    opened = begun(store)
    opened.answer("q0", Answer("yes"))
    opened.set_duties({"hall": SIGNED})
    opened.undo()
    assert not opened.audit.duties
    opened.undo()
    assert not opened.audit.answers


def test_tellers_of_a_signed_section_neither_come_nor_go(store: Store) -> None:
    opened = store.create(small_checklist(), self_check())
    repeating = next(one for one, _ in opened.audit.checklist.walk() if one.repeat)
    number = opened.add_instance(repeating.id)
    opened.set_duties({repeating.id: SIGNED})
    for change in (lambda: opened.add_instance(repeating.id), lambda: opened.remove_instance(repeating.id, number)):
        with pytest.raises(AuditorError) as refused:
            change()
        assert refused.value.key == "duties.signed"


def test_finishing_wants_every_shared_section_signed(store: Store) -> None:
    """One Problem for each, naming the section; sections that nobody has want no signature."""
    opened = begun(store)
    answer_all(opened)
    opened.set_duties({"hall": Duty("张三"), "counter": Duty("李四")})
    with pytest.raises(ProblemsError) as refused:
        opened.finish()
    said = [one.message() for one in refused.value.problems()]
    assert len(said) == 2
    assert all("尚未签字" in one for one in said)
    opened.set_duties({"hall": SIGNED, "counter": None})
    opened.finish()
    assert opened.audit.state == "finished"


def test_a_drawn_signature_is_kept_and_read_back(store: Store) -> None:
    opened = begun(store)
    kept = opened.keep_photo(picture("签字"))
    duty = replace(SIGNED, drawing=Photo(kept.sha256))
    opened.set_duties({"hall": duty}, "张三")
    opened.close()
    again = store.read(opened.audit.id)
    assert again.duties == {"hall": duty}
    assert [photo.sha256 for _, photo in again.photos()] == [kept.sha256]
    assert store.history(again.id)[-1].who == "张三"


def test_the_last_self_inspection_is_the_branchs_own_by_the_same_checklist(store: Store) -> None:
    """Any version; neither another branch's, nor a draft, nor a later one."""

    def done(visited: str, **more: Any) -> str:
        opened = begun(store, sheet(version=more.pop("version", "1")), visited=visited, **more)
        answer_all(opened)
        opened.finish()
        opened.close()
        return opened.audit.id

    older = done("2026-01-25T09:00:00+08:00")
    last = done("2026-02-25T09:00:00+08:00", version="0.9")
    done("2026-02-27T09:00:00+08:00", branch="9999")
    done("2026-04-25T09:00:00+08:00")
    begun(store, visited="2026-03-01T09:00:00+08:00").close()
    this = begun(store)
    found = last_self(store.library, this.audit)
    assert found is not None
    assert found.id == last != older
    assert last_self(store.library, replace(this.audit, header=replace(this.audit.header, kind="mystery"))) is None
    answer_all(this)
    assert [one.rule for one in this.contradictions()] == ["same_as_last"]


# -- copied unchanged ------------------------------------------------------------------------------------------


def month(count: int = 10, **answers: Any) -> Audit:
    said = {f"q{at}": "yes" for at in range(count)} | answers
    made = audit(sheet(count), said, finished=False)
    return replace(made, header=replace(made.header, kind="self"))


def found(now: Audit, last: Audit | None) -> list[str]:
    rules = contradictions(now, score(now), Beside(last=last))
    return [one.rule for one in rules if one.rule == "same_as_last"]


def test_the_same_answers_and_notes_as_last_time_are_said() -> None:
    assert found(month(q1={"value": "no", "note": "未起立"}), month(q1={"value": "no", "note": "未起立。"})) == [
        "same_as_last"
    ]


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (month(q1="no"), month()),
        (month(q1={"value": "yes", "note": "已更换设备"}), month()),
        (month(q1={"value": "no", "reason": "玩手机"}), month(q1={"value": "no", "reason": "未起立"})),
        (month(q1={"value": "yes", "photos": (Photo("b" * 64),)}), month()),
        (month(9), month(9)),
        (month(11), month(10)),
        (month(), None),
    ],
)  # fmt: skip
def test_whoever_looked_said_something_else(now: Audit, last: Audit | None) -> None:
    """One other answer, word or new photo is a look; fewer than ten items may be the same by chance."""
    assert found(now, last) == []


def test_dates_are_others_every_month_and_tell_nothing() -> None:
    def dated(day: str) -> Audit:
        made = audit(checklist(section("s", item("d", "date"), *(choice(f"q{at}") for at in range(10)))),
                     {"d": day, **{f"q{at}": "yes" for at in range(10)}}, finished=False)  # fmt: skip
        return replace(made, header=replace(made.header, kind="self"))

    assert found(dated("2026-03-25"), dated("2026-02-25")) == ["same_as_last"]


def test_a_mystery_visit_is_compared_with_none() -> None:
    made = month()
    assert found(replace(made, header=replace(made.header, kind="mystery")), month()) == []


def test_the_checklist_decides_whether_it_blocks(store: Store) -> None:
    strict = sheet(contradictions={"same_as_last": "block"})
    for visited in ("2026-02-25T09:00:00+08:00", "2026-03-25T09:00:00+08:00"):
        opened = begun(store, strict, visited=visited)
        answer_all(opened)
        if visited.startswith("2026-03"):
            with pytest.raises(ProblemsError) as refused:
                opened.finish()
            assert refused.value.key == "contradictions.refused"
        else:
            opened.finish()
        opened.close()
