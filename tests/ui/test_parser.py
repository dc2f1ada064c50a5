"""`--help` of every command in both languages: whole, aligned, in words of ours (design §8)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from auditor.words import LANGUAGES, speaking
from ui.command_line import _parser
from ui.commands.tables import width
from ui.parser import wrapped


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser and those of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for one in action.choices.values():
                yield from parsers(one)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_fits_a_terminal_and_says_what_everything_is(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with speaking(language):
        for parser in parsers(_parser()):
            for line in parser.format_help().splitlines():
                assert width(line) <= 80 or line.strip().startswith("[--"), line
            for action in parser._actions:
                if not isinstance(action, argparse._SubParsersAction):
                    assert action.help, (parser.prog, action.dest)


def test_english_help_begins_small() -> None:
    with speaking("en"):
        for parser in parsers(_parser()):
            said = [action.help or "" for action in parser._actions]
            assert [one for one in said if one[:1].isupper() and not one[:3].isupper()] == [], parser.prog


def test_headings_are_ours_and_commands_stand_right_below() -> None:
    with speaking("zh"):
        text = _parser().format_help()
    assert text.startswith("用法：auditor")
    assert "\n选项：\n" in text
    assert "\n命令：\n  open " in text


@pytest.mark.parametrize("place", ["before", "after"])
def test_every_command_takes_the_global_options(place: str) -> None:
    """design §8: accepted before and after the command."""
    given = ["--data", "somewhere", "--lang", "en", "--json"]
    for words in (["list"], ["settings", "show"], ["checklist", "list"], ["branch", "list"], ["verify"], ["undelete"]):
        chosen = _parser().parse_args([*given, *words] if place == "before" else [*words, *given])
        assert (str(chosen.data), chosen.lang, chosen.json) == ("somewhere", "en", True), words


def test_chinese_breaks_between_characters_and_not_before_a_comma() -> None:
    assert wrapped("汇总表和对比，按名次", 12) == ["汇总表和对", "比，按名次"]
    assert wrapped("one two three", 7) == ["one two", "three"]
