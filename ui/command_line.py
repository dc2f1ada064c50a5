"""The command line `auditor` (design §8). Builds the parser only; a command's module is imported when it runs."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.check_kinds import CHECK_KINDS
from auditor.words import LANGUAGES, tr, use_language
from ui.parser import WRONG_USAGE, Parser

if TYPE_CHECKING:
    from ui.commands.outcome import Outcome

DONE, PROBLEMS, INTERRUPTED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 problems, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    use_language(_language_before_parsing(arguments))
    try:
        chosen = _parser().parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else WRONG_USAGE
    try:
        return _run(chosen)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _say_no_more()
        return DONE
    except OSError as error:
        # what was to be done is done; only its words found no place (a full disk behind `>`)
        _say_no_more()
        sentence = tr("cli.not_said", said=error.strerror) + "\n    " + tr("cli.not_said.remedy")
        print(tr("cli.error") + sentence, file=sys.stderr)
        return PROBLEMS


def _run(chosen: argparse.Namespace) -> int:
    from auditor.errors import AuditorError
    from ui.commands.outcome import Outcome

    module, _, function = chosen.run.partition(":")
    try:
        if not chosen.lang and "AUDITOR_LANG" not in os.environ:
            from ui.commands.folder import saved_language

            use_language(saved_language(chosen) or LANGUAGES[0])
        outcome = getattr(import_module(module), function)(chosen)
    except AuditorError as error:
        outcome = Outcome(problems=error.problems())
    except (KeyboardInterrupt, BrokenPipeError):
        raise
    except OSError as error:
        outcome = _disk_said(error, chosen)
    except Exception as error:
        from ui.commands.crash import crashed

        outcome = crashed(error, chosen)
    return _say(outcome, as_json=chosen.json)


def _disk_said(error: OSError, chosen: argparse.Namespace) -> Outcome:
    """What the disk said of a file it named, which nobody foresaw (a name too long, a loop of links)."""
    from auditor.store.files import explained
    from ui.commands.crash import crashed
    from ui.commands.outcome import Outcome

    if not isinstance(error.filename, str):
        return crashed(error, chosen)
    return Outcome(problems=explained(error, Path(error.filename)).problems())


def _say(outcome: Outcome, *, as_json: bool) -> int:
    """Print the outcome: JSON alone on stdout, or text; problems for people go to stderr."""
    if as_json:
        import json

        print(json.dumps(outcome.document(), ensure_ascii=False, indent=2))
    elif outcome.text:
        print(outcome.text)
    for problem in outcome.problems:
        mark = tr(f"cli.{problem.severity}")
        place = f"{problem.place()}: " if problem.file else ""
        remedy = problem.remedy()
        print(f"{place}{mark}{problem.message()}" + (f"\n    {remedy}" if remedy else ""), file=sys.stderr)
    sys.stdout.flush()
    return PROBLEMS if outcome.failed else DONE


def _say_no_more() -> None:
    """What is left in the buffer goes nowhere: the interpreter would try once more on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Chinese on any terminal and in any pipe, whatever the machine's locale; a stream that is closed swallows it."""
    sys.stdout, sys.stderr = (io.StringIO() if one is None else one for one in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _language_before_parsing(arguments: list[str]) -> str:
    """`--lang` wherever it stands, so that help and usage errors speak it too; else AUDITOR_LANG."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or (arguments[position + 1] if position + 1 < len(arguments) else "")
            return value if value in LANGUAGES else LANGUAGES[0]
    wanted = os.environ.get("AUDITOR_LANG", "")
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


# --- the parser -----------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="auditor", description=tr("cli.help.description"))
    _global_options(parser, default_here=True)
    parser.add_argument("--version", action="version", version=_version(), help=tr("cli.help.version"))
    parser.set_defaults(run="ui.commands.window:open_window")
    commands = parser.add_subparsers(title=tr("cli.help.commands"), metavar=tr("cli.help.command"), parser_class=Parser)
    _audit_commands(commands)
    _checklist_commands(commands)
    _branch_commands(commands)
    _bank_commands(commands)
    return parser


def _version() -> str:
    from auditor import __version__

    return f"auditor {__version__}"


def _global_options(parser: argparse.ArgumentParser, *, default_here: bool = False) -> None:
    """`--data --lang --json`, before and after the command: only the outermost parser sets defaults."""
    quiet: Any = argparse.SUPPRESS
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=None if default_here else quiet, help=tr("cli.help.data")
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=None if default_here else quiet, help=tr("cli.help.lang"))
    parser.add_argument(
        "--json", action="store_true", default=False if default_here else quiet, help=tr("cli.help.json")
    )


def _command(commands: Any, name: str, run: str, *, words: str = "", about: str = "") -> argparse.ArgumentParser:
    sentence = tr(about or f"cli.command.{words or name}")
    parser: argparse.ArgumentParser = commands.add_parser(name, help=sentence, description=sentence)
    _global_options(parser)
    parser.set_defaults(run=run)
    return parser


def _audit_commands(commands: Any) -> None:
    _command(commands, "open", "ui.commands.window:open_window")
    start = _command(commands, "start", "ui.commands.audits:start")
    start.add_argument("checklist", metavar="CHECKLIST", help=tr("cli.arg.checklist"))
    start.add_argument("--branch", default="", metavar="CODE_OR_NAME", help=tr("cli.arg.branch"))
    start.add_argument("--shopper", default="", metavar="ALIAS", help=tr("cli.arg.shopper"))
    start.add_argument("--kind", choices=CHECK_KINDS, metavar="KIND", help=tr("cli.arg.kind"))
    start.add_argument("--visited", default="", metavar="ISO", help=tr("cli.arg.visited"))
    start.add_argument("--scenario", default="", metavar="ID", help=tr("cli.arg.scenario"))
    fill = _command(commands, "fill", "ui.commands.audits:fill")
    fill.add_argument("audit", metavar="AUDIT", help=tr("cli.arg.audit"))
    fill.add_argument("answers", metavar="ANSWERS.yaml|FILLED.xlsx", type=Path, help=tr("cli.arg.answers"))
    changing = ("finish", "reopen")
    for name in (*changing, "show", "history", "score"):
        parser = _command(commands, name, f"ui.commands.{'audits' if name in changing else 'shown'}:{name}")
        parser.add_argument("audit", metavar="AUDIT", help=tr("pdf.arg.audit" if name == "show" else "cli.arg.audit"))
        if name == "reopen":
            parser.add_argument("--reason", required=True, metavar="TEXT", help=tr("cli.arg.reopen_reason"))
        if name == "score":
            parser.add_argument("--explain", action="store_true", help=tr("cli.arg.explain"))
    listing = _command(commands, "list", "ui.commands.shown:listing")
    listing.add_argument("--where", default="", metavar="EXPR", help=tr("cli.arg.where"))
    findings = _command(commands, "findings", "ui.commands.findings:findings", about="corrective.command")
    findings.add_argument("audit", metavar="AUDIT", nargs="?", default="", help=tr("corrective.arg.audit"))
    findings.add_argument("--open", action="store_true", help=tr("corrective.arg.open"))
    _command(commands, "delete", "ui.commands.audits:delete").add_argument(
        "audit", metavar="AUDIT", help=tr("cli.arg.audit")
    )
    _export_command(commands)


def _export_command(commands: Any) -> None:
    export = _command(commands, "export", "ui.commands.export:export")
    export.add_argument("audits", metavar="AUDIT", nargs="*", help=tr("cli.arg.audits"))
    export.add_argument("--where", default="", metavar="EXPR", help=tr("cli.arg.where"))
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help=tr("cli.arg.to"))
    export.add_argument("--format", default="", metavar="pdf,xlsx,csv", help=tr("cli.arg.format"))
    layouts = "full,summary,losses,self,rectification,certificate"
    export.add_argument("--layout", action="append", metavar=layouts, help=tr("layouts.help.layout"))
    export.add_argument("--paper", choices=("a4", "letter"), help=tr("layouts.help.paper"))
    export.add_argument(
        "--copy", choices=("compliance", "branch", "public"), default="compliance", help=tr("cli.arg.copy")
    )
    export.add_argument("--blank", action="store_true", help=tr("sheets.help.blank"))
    export.add_argument("--sign", type=Path, metavar="FILE.p12", help=tr("signing.help.sign"))
    export.add_argument("--password-file", type=Path, metavar="FILE", help=tr("signing.help.password_file"))
    _register_options(export)
    export.add_argument("--report-lang", choices=(*LANGUAGES, "both"), help=tr("cli.arg.report_lang"))
    export.add_argument("--jobs", type=_count(1, 61), default=0, metavar="N", help=tr("batch.jobs"))


def _register_options(export: argparse.ArgumentParser) -> None:
    """One workbook or one PDF for the whole selection."""
    export.add_argument("--register", action="store_true", help=tr("cli.arg.register"))
    export.add_argument("--comparison", action="store_true", help=tr("cli.arg.comparison"))
    export.add_argument("--circular", action="store_true", help=tr("cli.arg.circular"))
    export.add_argument("--blend", metavar="KIND=WEIGHT,…", help=tr("cli.arg.blend"))
    export.add_argument("--several", choices=("mean", "weighted", "worst"), help=tr("cli.arg.several"))
    export.add_argument("--decimals", type=_count(0, 4), metavar="N", help=tr("cli.arg.decimals"))
    export.add_argument("--order", choices=("rank", "code"), help=tr("cli.arg.order"))
    export.add_argument("--unit", metavar="TEXT", help=tr("cli.arg.unit"))
    export.add_argument("--period", metavar="TEXT", help=tr("cli.arg.period"))


def _checklist_commands(commands: Any) -> None:
    parent = _command(commands, "checklist", "ui.commands.checklists:listing")
    parts = parent.add_subparsers(title=tr("cli.help.commands"), metavar=tr("cli.help.command"), parser_class=Parser)
    parts.required = True
    _command(parts, "list", "ui.commands.checklists:listing", words="checklist_list")
    show = _command(parts, "show", "ui.commands.checklists:show", words="checklist_show")
    show.add_argument("checklist", metavar="ID", help=tr("cli.arg.checklist"))
    form = _command(parts, "print", "ui.commands.checklists:print_form", words="checklist_print")
    form.add_argument("checklist", metavar="ID", help=tr("cli.arg.checklist"))
    form.add_argument("--to", type=Path, required=True, metavar="FILE.pdf", help=tr("layouts.help.to"))
    form.add_argument("--report-lang", choices=(*LANGUAGES, "both"), help=tr("cli.arg.report_lang"))
    form.add_argument("--paper", choices=("a4", "letter"), help=tr("layouts.help.paper"))
    form.add_argument("--guidance", action="store_true", help=tr("layouts.help.guidance"))
    book = _command(parts, "workbook", "ui.commands.checklists:write_workbook", about="sheets.command")
    book.add_argument("checklist", metavar="ID", help=tr("cli.arg.checklist"))
    book.add_argument("--to", type=Path, required=True, metavar="FILE.xlsx", help=tr("sheets.help.to"))
    book.add_argument("--report-lang", choices=(*LANGUAGES, "both"), help=tr("cli.arg.report_lang"))
    check = _command(parts, "check", "ui.commands.checklists:check", words="checklist_check")
    check.add_argument("files", metavar="FILE", nargs="+", type=Path, help=tr("cli.arg.checklist_files"))
    _command(parts, "schema", "ui.commands.checklists:schema", words="checklist_schema")
    diff = _command(parts, "diff", "ui.commands.checklists:diff", words="checklist_diff")
    diff.add_argument("old", metavar="OLD", help=tr("cli.arg.checklist"))
    diff.add_argument("new", metavar="NEW", help=tr("cli.arg.checklist"))


def _branch_commands(commands: Any) -> None:
    parent = _command(commands, "branch", "ui.commands.branches:listing")
    parts = parent.add_subparsers(title=tr("cli.help.commands"), metavar=tr("cli.help.command"), parser_class=Parser)
    parts.required = True
    _command(parts, "list", "ui.commands.branches:listing", words="branch_list")
    read = _command(parts, "import", "ui.commands.branches:read", words="branch_import")
    read.add_argument("file", metavar="FILE.xlsx|csv", type=Path, help=tr("cli.arg.branch_file"))


def _count(least: int, most: int) -> Any:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(tr("cli.not_a_count", text=text, least=least, most=most))
        return int(text)

    return read


def _day(text: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(tr("cli.not_a_date", text=text)) from error


def _bank_commands(commands: Any) -> None:
    demo = _command(commands, "demo", "ui.commands.demo:demo")
    demo.add_argument("--audits", type=_count(1, 100_000), default=60, metavar="N", help=tr("cli.arg.audits_count"))
    demo.add_argument("--branches", type=_count(1, 500), default=12, metavar="B", help=tr("cli.arg.branches_count"))
    demo.add_argument("--months", type=_count(1, 120), default=6, metavar="M", help=tr("cli.arg.months_count"))
    demo.add_argument("--seed", type=int, default=1, metavar="S", help=tr("cli.arg.seed"))
    sample = _command(commands, "sample", "ui.commands.sample:sample")
    sample.add_argument("--to", type=Path, metavar="DIR", help=tr("cli.arg.to"))
    settings = _command(commands, "settings", "ui.commands.report_settings:show", about="reports.command")
    parts = settings.add_subparsers(title=tr("cli.help.commands"), metavar=tr("cli.help.command"), parser_class=Parser)
    _command(parts, "show", "ui.commands.report_settings:show", about="reports.command.show")
    change = _command(parts, "set", "ui.commands.report_settings:change", about="reports.command.set")
    change.add_argument("name", metavar="NAME", help=tr("reports.arg.name"))
    change.add_argument("value", metavar="VALUE", help=tr("reports.arg.value"))
    nps = _command(commands, "nps", "ui.commands.nps:nps")
    nps.add_argument("item", metavar="ITEM", help=tr("cli.arg.item"))
    nps.add_argument("--where", default="", metavar="EXPR", help=tr("cli.arg.where"))
    verify = _command(commands, "verify", "ui.commands.verify:verify")
    verify.add_argument("audits", metavar="AUDIT", nargs="*", help=tr("cli.arg.audits"))
    verify.add_argument("--backups", action="store_true", help=tr("cli.arg.verify_backups"))
    verify.add_argument("--from", dest="source", type=Path, metavar="DIR", help=tr("cli.arg.verify_from"))
    backup = _command(commands, "backup", "ui.commands.backups:backup")
    backup.add_argument("--to", type=Path, metavar="DIR", help=tr("cli.arg.backup_to"))
    restore = _command(commands, "restore", "ui.commands.backups:restore")
    restore.add_argument("audit", metavar="AUDIT", nargs="?", default="", help=tr("cli.arg.restore_audit"))
    restore.add_argument("--all", action="store_true", help=tr("cli.arg.restore_all"))
    restore.add_argument("--from", dest="source", type=Path, metavar="DIR", help=tr("cli.arg.restore_from"))
    restore.add_argument("--at", type=_day, metavar="DATE", help=tr("cli.arg.restore_at"))
    erase = _command(commands, "erase", "ui.commands.erase:erase", about="safety.command.erase")
    erase.add_argument("audit", metavar="AUDIT", help=tr("cli.arg.audit"))
    erase.add_argument("--reason", required=True, metavar="TEXT", help=tr("safety.arg.erase_reason"))
    undelete = _command(commands, "undelete", "ui.commands.erase:undelete", about="safety.command.undelete")
    undelete.add_argument("audit", metavar="AUDIT", nargs="?", default="", help=tr("safety.arg.undelete"))


if __name__ == "__main__":
    sys.exit(main())
