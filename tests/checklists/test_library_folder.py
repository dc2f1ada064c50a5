"""The checklists at hand: shipped ones and the user's own; a broken file hides no other (P4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.errors import AuditorError, ProblemsError
from checklists import library

OWN = """format: 1
id: {id}
version: {version}
title: T
sections: [{{id: s, title: S, items: [{{id: q, kind: text, text: Q}}]}}]
"""


def put(data: Path, name: str, id: str, version: str = "1") -> Path:
    path = data / "checklists" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OWN.format(id=id, version=version), "utf-8")
    return path


def test_shipped_checklists_are_found_without_a_data_folder() -> None:
    assert library.find("greeting").id == "greeting"
    assert {one.id for one in library.all()} == {path.stem for path in library.shipped()}


def test_the_users_own_come_first_and_stand_in_for_shipped_ones(data: Path) -> None:
    put(data, "mine.yaml", "mine")
    put(data, "greeting.yaml", "greeting", "9")
    found = library.all(data)
    assert [one.id for one in found[:2]] == ["greeting", "mine"]
    assert [one.version for one in found if one.id == "greeting"] == ["9"]
    assert library.find("greeting", data).version == "9"
    assert library.find("mine", data).id == "mine"


def test_a_path_finds_the_file_itself(data: Path) -> None:
    assert library.find(str(put(data, "mine.yaml", "mine", "7"))).version == "7"
    with pytest.raises(ProblemsError):
        library.find(str(data / "no.yaml"))


def test_a_file_may_be_called_anything(data: Path) -> None:
    put(data, "别名.yaml", "mine")
    assert library.find("mine", data).id == "mine"


def test_a_broken_file_hides_no_other_and_is_told(data: Path) -> None:
    """P4"""
    put(data, "b.yaml", "mine")
    broken = put(data, "a.yaml", "1x")
    found, problems = library.listed(data)
    assert found[0].id == "mine"
    assert [(one.file, one.key) for one in problems] == [(str(broken), "checklist.bad_id")]


def test_two_files_of_one_id_are_told(data: Path) -> None:
    put(data, "a.yaml", "mine", "1")
    put(data, "b.yaml", "mine", "2")
    found, (problem,) = library.listed(data)
    assert found[0].version == "1"
    assert (problem.key, problem.severity) == ("checklist.same_id", "warning")
    assert "a.yaml" in problem.message()


def test_an_unknown_id_names_those_there_are(data: Path) -> None:
    with pytest.raises(AuditorError, match="nowhere") as caught:
        library.find("nowhere", data)
    assert "greeting" in caught.value.remedy()


def test_a_wanted_checklist_that_is_broken_says_what_is_wrong(data: Path) -> None:
    put(data, "mine.yaml", "1x")
    with pytest.raises(ProblemsError):
        library.find("mine", data)


def test_a_changed_file_is_read_again(data: Path) -> None:
    path = put(data, "mine.yaml", "mine", "1")
    assert library.find("mine", data).version == "1"
    path.write_text(OWN.format(id="mine", version="2.0"), "utf-8")
    assert library.find("mine", data).version == "2.0"
