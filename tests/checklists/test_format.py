"""The format's guide and schema say what the reader does."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

import checklists
from auditor.audit import Photo
from auditor.checklist import Checklist
from auditor.checklist.parts import Part
from checklists import library, reader
from checklists.answers import read_answers
from checklists.schema import schema

FOLDER = Path(checklists.__file__).parent
README = (FOLDER / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
WHOLE = "format: 1\nid: example\nversion: 1\ntitle: T\n"


def as_checklist(example: str) -> str:
    """An example that shows items or sections only, made a whole file."""
    if example.startswith("items:"):
        return f"{WHOLE}sections:\n- id: section\n  title: S\n  " + example.replace("\n", "\n  ")
    return WHOLE + example if example.startswith("sections:") else example


CHECKLISTS = [as_checklist(example) for example in EXAMPLES if not example.startswith("# answers")]


@pytest.mark.parametrize("text", CHECKLISTS, ids=lambda text: re.findall(r"id: (\w+)", text)[0])
def test_every_example_of_the_guide_is_read_without_a_word(text: str) -> None:
    checklist, problems = reader.check_text(text, "README.md")
    assert [(one.place(), one.message()) for one in problems] == []
    assert checklist is not None


def test_the_examples_of_answers_are_taken(tmp_path: Path) -> None:
    (example,) = (example for example in EXAMPLES if example.startswith("# answers"))
    name = example.split()[3]
    (text,) = (text for text in CHECKLISTS if f"id: {name}\n" in text)
    file = tmp_path / "answers.yaml"
    file.write_text(example, "utf-8")
    checklist, _ = reader.check_text(text)
    assert checklist is not None
    assert len(read_answers(file, checklist, lambda _: Photo(""))) == 6


def _keys(part: type[Part], found: set[str]) -> None:
    from checklists.model_words import _model_in

    for name, field in part.model_fields.items():
        key = field.alias or name
        if (key, part) in found:  # type: ignore[comparison-overlap]
            continue
        found.add((key, part))  # type: ignore[arg-type]
        inner = _model_in(field.annotation)
        if inner and issubclass(inner, Part):
            _keys(inner, found)


def test_the_guide_names_every_key_of_the_format() -> None:
    found: Any = set()
    _keys(Checklist, found)
    short = {"name", "at"}  # an effect is written `fail` or `{cap: 59.9}`
    missing = {key for key, _ in found if key not in short and not re.search(rf"\b{key}\b", README)}
    assert missing == set()


def test_the_guide_names_every_function() -> None:
    from auditor.expressions.functions import SIGNATURES

    assert [name for name in SIGNATURES if name not in README] == []


def test_the_schema_in_the_repository_is_current() -> None:
    """`auditor checklist schema` is what the first line of each shipped file points editors at."""
    kept = json.loads((FOLDER / "checklist.schema.json").read_text("utf-8"))
    assert kept == schema()
    for path in library.shipped():
        assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../checklist.schema.json\n"), (
            path.name
        )


def test_the_schema_speaks_of_every_key_as_yaml_writes_it() -> None:
    document = schema()
    item = document["$defs"]["Item"]
    assert set(item["required"]) == {"id", "text"}
    assert item["additionalProperties"] is False
    assert {"pass", "grades", "repeat"} <= document["$defs"]["Section"]["properties"].keys()
    assert {"else", "up_to"} <= document["$defs"]["Band"]["properties"].keys()
    assert document["$defs"]["Text"]["anyOf"][0] == {"type": ["string", "number"]}
    assert "pass_" not in json.dumps(document)
    assert "null" not in json.dumps(document)


def _allows(document: dict[str, Any], rule: Any, value: Any) -> bool:
    """A small judge of the part of JSON Schema that ours uses."""
    if "$ref" in rule:
        rule = document["$defs"][rule["$ref"].rpartition("/")[2]]
    if "anyOf" in rule:
        return any(_allows(document, one, value) for one in rule["anyOf"])
    if "enum" in rule:
        return value in rule["enum"]
    if "const" in rule:
        return bool(value == rule["const"])
    if rule.get("type") == "object":
        known = rule["properties"]
        return (
            isinstance(value, dict)
            and value.keys() <= known.keys()
            and set(rule.get("required", ())) <= value.keys()
            and all(_allows(document, known[key], one) for key, one in value.items())
        )
    if rule.get("type") == "array":
        return isinstance(value, list) and all(_allows(document, rule["items"], one) for one in value)
    return not isinstance(value, (dict, list))


@pytest.mark.parametrize("path", library.shipped(), ids=lambda path: path.stem)
def test_every_shipped_checklist_fits_the_schema(path: Path) -> None:
    import yaml

    class Editor(yaml.SafeLoader):
        """YAML as an editor reads it: `yes` and dates are text, numbers and true are not."""

        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
            sign: [pair for pair in pairs if pair[0].rpartition(":")[2] in ("int", "float", "null")]
            for sign, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    document = schema()
    value = yaml.load(path.read_text("utf-8"), Loader=Editor)
    assert _allows(document, document, value)
    assert not _allows(document, document, {**value, "titel": "x"})
    assert not _allows(document, document, {key: one for key, one in value.items() if key != "title"})
