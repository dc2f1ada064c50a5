"""Editing keeps what nobody edited, byte for byte; a shipped checklist is never written; drafts are never used."""

from __future__ import annotations

import copy
import errno
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from auditor.checklist.model import Kind
from auditor.errors import AuditorError, ProblemsError
from auditor.store import files
from checklists import drafts, library, reader, yaml_nodes
from checklists.editing import Document
from checklists.splicing import Source
from checklists.templates import new_item, new_section, of_other_kind
from checklists.tree import next_version

GREETING = library.FOLDER / "greeting.yaml"
COMMENTED = """\
# a checklist of ours
format: 1
id: hall   # never changes
version: "1"
title: {zh: 厅堂,   en: 'Hall'}

sections:
  # --- the door
  - id: door
    title: {zh: 门口, en: Door}
    items:
      # asked first
      - id: opens
        text: {zh: 开门, en: Opens}   # by hand
        points: 2
        options:
          - {id: yes, text: {zh: 是, en: Yes}}
          - {id: no, text: {zh: 否, en: No}, share: 0, lose: [smiles]}

      # the second
      - id: smiles
        text: {zh: 微笑, en: Smiles}
        points: 2
        show_if: opens = yes
        options:
          - {id: yes, text: {zh: 是, en: Yes}}
          - {id: no, text: {zh: 否, en: No}, share: 0}
  # --- the exit
  - id: exit
    title: {zh: 出口, en: Exit}
    sections:
      - id: inner
        title: {zh: 里面, en: Inner}
        items:
          - id: bows
            text: {zh: 送别, en: Farewell}
            guidance: |
              两行
              说明
            points: 1
            options: [{id: yes, text: 是}, {id: no, text: 否, share: 0}]
# the end
"""
FIRST = ("sections", 0, "items", 0)


def test_nothing_edited_is_nothing_changed() -> None:
    for path in library.shipped():
        text = path.read_text("utf-8")
        assert Source(text).text_with(copy.deepcopy(Source(text).root)) == text, path.name


def test_one_text_edited_leaves_every_other_byte_of_a_shipped_file() -> None:
    """The issue: comments and order stay where nothing was edited."""
    before = GREETING.read_text("utf-8")
    document = Document(before)
    document.put((*FIRST, "text", "zh"), "大堂经理, 在岗: 全天")
    after = document.text()
    old = "text: {zh: 大堂经理在岗, en: Lobby manager on post}"
    new = 'text: {zh: "大堂经理, 在岗: 全天", en: Lobby manager on post}'
    assert after == before.replace(old, new)
    assert after != before


def test_line_ends_of_windows_stay() -> None:
    before = COMMENTED.replace("\n", "\r\n")
    document = Document(before)
    assert document.text() == before
    document.put((*FIRST, "points"), "3")
    assert document.text() == before.replace("points: 2", "points: 3", 1)
    assert document.check()[0] is not None


def test_a_moved_item_takes_its_comment_along_and_leaves_the_others_theirs() -> None:
    document = Document(COMMENTED)
    document.move(("sections", 0, "items", 1), ("sections", 0, "items"), 0)
    text = document.text()
    assert text.index("# the second") < text.index("id: smiles") < text.index("id: opens")
    assert text.count("#") == COMMENTED.count("#")
    assert "text: {zh: 开门, en: Opens}   # by hand\n" in text


def test_a_deleted_item_takes_only_its_own_comment() -> None:
    document = Document(COMMENTED)
    document.remove(("sections", 0, "items", 1))
    text = document.text()
    assert "# the second" not in text
    for kept in ("# asked first", "# --- the exit", "# the end", "# by hand", "# never changes"):
        assert kept in text


def test_an_item_moved_deeper_is_indented_and_says_the_same() -> None:
    document = Document(COMMENTED)
    path = document.move(FIRST, ("sections", 1, "sections", 0, "items"), 1)
    assert path == ("sections", 1, "sections", 0, "items", 1)
    text = document.text()
    assert "\n          - id: opens\n            text: {zh: 开门, en: Opens}   # by hand\n" in text
    assert yaml_nodes.load(text, "")[0] == document.root


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_edited_reads_back_as_it_stands(seed: int) -> None:
    """Random edits of random shipped files: the text written is the tree edited, and undo comes all the way back."""
    dice = random.Random(seed)
    before = dice.choice(library.shipped()).read_text("utf-8")
    document = Document(before)
    for _ in range(15):
        places = list(_lists(document.root))
        place = dice.choice(places)
        entries = document.get(place)
        do = dice.choice(("remove", "insert", "put", "move", "duplicate", "text"))
        if do == "insert":
            document.insert(place, dice.randrange(len(entries) + 1), {"id": f"n{dice.random()}", "text": "a: b #\n“c”"})
        elif do == "text" and entries:
            document.put((*place, 0, "text"), {"zh": "- 新 {x}", "en": dice.choice(("yes", " x ", "it's", "#", "1:2"))})
        elif do == "put" and entries:
            document.put((*place, len(entries) - 1, "guidance"), dice.choice(("一行", "两行\n\n三行", "", "\tx\n")))
        elif do == "move" and entries:
            document.move((*place, 0), dice.choice(places), 0)
        elif do == "duplicate" and entries:
            document.duplicate((*place, dice.randrange(len(entries))))
        elif do == "remove" and entries:
            document.remove((*place, dice.randrange(len(entries))))
        back, problems = yaml_nodes.load(document.text(), "")
        assert not problems
        assert back == document.root
    while document.can_undo:
        document.undo()
    assert document.text() == before


def _lists(tree: Any, path: tuple[str | int, ...] = ()) -> Any:
    if isinstance(tree, dict):
        for key, inner in tree.items():
            if key in ("items", "sections", "options", "faults"):
                yield (*path, key)
            yield from _lists(inner, (*path, key))
    elif isinstance(tree, list):
        for n, inner in enumerate(tree):
            yield from _lists(inner, (*path, n))


def test_undo_and_redo_say_where_they_were() -> None:
    document = Document(COMMENTED)
    document.put((*FIRST, "points"), "3")
    assert document.undo() == FIRST
    assert document.text() == COMMENTED
    assert document.redo() == FIRST
    assert document.get((*FIRST, "points")) == "3"
    document.put((*FIRST, "points"), "3")
    document.undo()
    assert not document.can_undo
    assert not document.changed


def test_a_new_key_stands_where_the_format_puts_it() -> None:
    document = Document(COMMENTED)
    document.put((*FIRST, "standard"), {"zh": "门开着", "en": "The door is open"})
    assert list(document.get(FIRST)) == ["id", "text", "standard", "points", "options"]
    assert "        standard: {zh: 门开着, en: The door is open}\n        points: 2\n" in document.text()


def test_a_new_id_reaches_every_place_that_names_it() -> None:
    document = Document(COMMENTED)
    document.rename(FIRST, "opened")
    document.rename(("sections", 0, "items", 1), "smiling")
    assert document.get(("sections", 0, "items", 1, "show_if")) == "opened = yes"
    assert document.get((*FIRST, "options", 1, "lose")) == ["smiling"]
    assert document.check()[0] is not None


def test_a_duplicate_has_ids_of_its_own_and_refers_to_its_own_parts() -> None:
    document = Document(COMMENTED)
    path = document.duplicate(("sections", 0))
    copied = document.get(path)
    assert copied["id"] == "door_2"
    assert [one["id"] for one in copied["items"]] == ["opens_2", "smiles_2"]
    assert copied["items"][0]["options"][1]["lose"] == ["smiles_2"]
    assert copied["items"][1]["show_if"] == "opens_2 = yes"
    assert document.check()[0] is not None


def test_each_problem_knows_its_node() -> None:
    document = Document(COMMENTED)
    document.put((*FIRST, "points"), "many")
    document.put(("sections", 0, "items", 1, "show_if"), "opens = = yes")
    checklist, problems = document.check()
    assert checklist is None
    places = {one.path for one in problems if one.problem.severity == "error"}
    assert {(*FIRST, "points"), ("sections", 0, "items", 1, "show_if")} <= places


@pytest.mark.parametrize("kind", get_args(Kind))
def test_what_is_new_is_valid_at_once(kind: str) -> None:
    document = Document(COMMENTED)
    document.insert(("sections", 0, "items"), 0, new_item({"opens"}, kind))
    document.insert(("sections",), 0, new_section({"opens", "item_1", "door"}))
    checklist, problems = document.check()
    assert checklist is not None, [one.problem.message() for one in problems]


def test_versions_go_up_by_their_last_number() -> None:
    assert [next_version(one) for one in ("1.0", "2026.9", "v3-beta", "first")] == [
        "1.1",
        "2026.10",
        "v4-beta",
        "first 2",
    ]


# --- files


def test_a_shipped_checklist_is_edited_as_the_users_own(tmp_path: Path) -> None:
    before = GREETING.read_bytes()
    opened = drafts.edit(tmp_path, "greeting")
    opened.document.put((*FIRST, "points"), "4")
    drafts.with_change(opened.document, "1.1", "大堂经理在岗改为 4 分")
    drafts.save(opened)
    assert GREETING.read_bytes() == before
    own = library.find("greeting", tmp_path)
    assert own.version == "1.1"
    assert str(own.changes[-1].note) == "大堂经理在岗改为 4 分"
    assert (tmp_path / "checklists" / "greeting.yaml").is_file()


def test_a_draft_is_no_checklist_and_is_taken_up_again(tmp_path: Path) -> None:
    opened = drafts.blank(tmp_path, "mine", "1", "我的检查表")
    opened.document.put(("title",), "")
    drafts.keep(opened)
    assert library.own(tmp_path) == []
    assert drafts.unfinished(tmp_path) == [("mine", "mine")]
    again = drafts.edit(tmp_path, "mine")
    assert again.restored
    assert again.document.root == opened.document.root
    with pytest.raises(AuditorError):
        drafts.blank(tmp_path, "mine", "1", "")


def test_a_document_with_errors_cannot_replace_the_file(tmp_path: Path) -> None:
    opened = drafts.blank(tmp_path, "mine", "1", "我的检查表")
    drafts.save(opened)
    before = opened.home.read_bytes()
    opened.document.put(("sections", 0, "items", 0, "points"), "many")
    with pytest.raises(ProblemsError) as caught:
        drafts.save(opened)
    assert caught.value.problems()
    assert opened.home.read_bytes() == before


def test_saving_drops_the_draft(tmp_path: Path) -> None:
    opened = drafts.copied(tmp_path, "greeting", "greeting_a", "2026.1", "我行迎接", "由“接待礼仪检查表”复制")
    drafts.keep(opened)
    assert opened.draft.is_file()
    drafts.save(opened)
    assert not opened.draft.exists()
    assert not opened.document.changed
    made = reader.read(opened.home)
    assert (made.id, made.version, str(made.title), len(made.changes)) == ("greeting_a", "2026.1", "我行迎接", 1)


@pytest.mark.parametrize("do", [drafts.save, drafts.keep])
def test_a_folder_that_cannot_be_written_says_so_and_keeps_the_file(
    do: Callable[[drafts.Opened], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused at the kernel's door, so that it holds for root too."""
    opened = drafts.blank(tmp_path, "mine", "1", "")
    drafts.save(opened)
    before = opened.home.read_bytes()
    opened.document.put(("title",), "改了")

    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(files, "open_file", refuse)
    with pytest.raises(AuditorError) as caught:
        do(opened)
    assert caught.value.key == "store.read_only_disk"
    assert caught.value.remedy()
    assert opened.document.changed
    assert opened.home.read_bytes() == before
    assert [one.name for one in opened.home.parent.iterdir()] == ["mine.yaml"]


@pytest.mark.parametrize("id", ["", "1st", "a b", "../x", "con", "x" * 65, "greeting"])
def test_ids_that_make_no_file_are_refused(id: str, tmp_path: Path) -> None:
    with pytest.raises(AuditorError):
        drafts.blank(tmp_path, id, "1", "")


def test_an_item_of_another_kind_keeps_what_fits() -> None:
    item = new_item(set(), "choice")
    multi = of_other_kind(item, "multi")
    assert multi["options"] == item["options"]
    text = of_other_kind(multi, "text")
    assert "options" not in text
    assert "points" not in text
    assert text["id"] == item["id"]
