#!/usr/bin/env python3
"""Two commands on a fresh machine: `python3 run.py` opens the program, `python3 run.py test` proves it.

Uses the standard library only. Makes its own environment beside itself (or in the user's cache folder
where the checkout is read-only), keeps it until pyproject.toml or constraints.txt change, and installs what
Qt needs from the system through apt where it may, else prints the line to type.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PACKAGES = ("auditor", "checklists", "exports", "ui")
WINDOWS = sys.platform == "win32"
USAGE = """python3 run.py                    open the window (without a display: fill and export a sample visit)
python3 run.py test [--full]      set up and run every test (--full: long soaks and full fault counts)
python3 run.py bench [NAME] [--json]   measure against bare peers
python3 run.py check              format, lint, types, contracts
python3 run.py COMMAND …          any command of the program: list, export, demo … (see: run.py --help)
"""
QT_LIBRARIES = {
    "GL": "libgl1",
    "EGL": "libegl1",
    "xkbcommon": "libxkbcommon0",
    "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1",
    "glib-2.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-shape": "libxcb-shape0",
    "xcb-xkb": "libxcb-xkb1",
    "xkbcommon-x11": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - someone may well start it with an older one
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    command = arguments[0] if arguments else ""
    try:
        if command == "test":
            return run_tests(full="--full" in arguments, extra=[a for a in arguments[1:] if a != "--full"])
        if command == "bench":
            return in_environment("-m", "tests.bench", *arguments[1:], extra="test")
        if command == "check":
            return run_checks()
        if command in ("help", "-h"):
            print(USAGE, end="")
            return 0
        return run_program(arguments)
    except (SetupError, OSError) as failure:
        print(failure, file=sys.stderr)
        return 1


class SetupError(Exception):
    """Set-up could not go on; the text says what to do."""


# --- what the commands do -------------------------------------------------------------------------------------


def run_program(arguments: list[str]) -> int:
    """The window, or the same job without one where there is no display; any other command as it is."""
    if named(arguments) not in ("", "open") or {"-h", "--help", "--version"} & set(arguments):
        return in_environment("-m", "ui", *arguments)
    options = [argument for argument in arguments if argument != "open"]
    if has_display():
        system_libraries({**QT_LIBRARIES, **WINDOW_LIBRARIES})
        return in_environment("-m", "ui", *options, "open")
    print("没有显示器：改为在命令行完成一次样例检查。/ No display here: a sample visit is filled and exported instead.")
    return in_environment("-m", "ui", *options, "sample")


def named(arguments: list[str]) -> str:
    """The command among the arguments, passing over options and their values."""
    following = iter(arguments)
    for argument in following:
        if argument in ("--data", "--lang"):
            next(following, None)
        elif not argument.startswith("-"):
            return argument
    return ""


def run_tests(*, full: bool, extra: list[str]) -> int:
    """Every test, offscreen, over all cores; then a line per kind of test that could not run here. Full counts and
    chosen tests run one after the other."""
    system_libraries(QT_LIBRARIES)
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "AUDITOR_FULL": "1" if full else "",
        "PYTHONUTF8": "1",
    }
    chosen = [] if full else ["-m", "not full"]
    if not (full or extra):
        chosen += ["-n", "auto", "--maxprocesses", "8", "--dist", "loadfile"]
    return in_environment("-m", "pytest", *chosen, "-rs", *extra, extra="test", environment=environment)


def run_checks() -> int:
    steps = (
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "ruff", "check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"),
    )
    return max(in_environment(*step, extra="test") for step in steps)


# --- the environment ------------------------------------------------------------------------------------------


def in_environment(
    *arguments: str, extra: str = "", environment: dict[str, str] | None = None, folder: Path = ROOT
) -> int:
    """Run our own environment's Python with these arguments, in the user's folder for the program itself."""
    python = prepare(extra)
    working = Path.cwd() if arguments[:2] == ("-m", "ui") else folder
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **(environment or {})}
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.run([str(python), *arguments], cwd=working, env=own).returncode
    return 130


def prepare(extra: str) -> Path:
    """The environment's Python, made or renewed when it must be. Two runs at once wait for each other."""
    home = environment_folder(extra)
    python = python_of(home)
    if is_ready(home, extra):
        return python
    home.parent.mkdir(parents=True, exist_ok=True)
    with waiting_for(home.with_suffix(".lock")):
        if is_ready(home, extra):
            return python
        started = time.monotonic()
        print(f"正在准备运行环境 / setting up in {home} …", flush=True)
        if not works(python):
            make_environment(home)
        install(python, extra)
        # bytecode made once here: the first start is as quick as every other, even where none may be written later
        subprocess.run([str(python), "-m", "compileall", "-q", *PACKAGES], cwd=ROOT, stdout=subprocess.DEVNULL)
        for name in {extra, ""}:
            stamp(home, name).write_text(fingerprint(), "utf-8")
        print(f"准备完成 / ready after {time.monotonic() - started:.0f} s", flush=True)
    return python


def environment_folder(extra: str) -> Path:
    """`.venv` in the checkout; where that can be neither used nor made, a folder of the user's cache."""
    beside = ROOT / ".venv"
    if os.access(ROOT, os.W_OK) or is_ready(beside, extra):
        return beside
    cache = Path(os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "branch-auditor" / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12] / "venv"


def python_of(home: Path) -> Path:
    return home / ("Scripts/python.exe" if WINDOWS else "bin/python")


def fingerprint() -> str:
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp(home: Path, extra: str) -> Path:
    return home / f"installed-{extra or 'program'}"


def is_ready(home: Path, extra: str) -> bool:
    """Whether this user can run it as it is: root's environment may be out of another user's reach."""
    try:
        return os.access(python_of(home), os.X_OK) and stamp(home, extra).read_text("utf-8") == fingerprint()
    except OSError:
        return False


def works(python: Path) -> bool:
    """Whether an environment is there and whole (an interrupted one has no pip)."""
    if not os.access(python, os.X_OK):
        return False
    return subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True).returncode == 0


def make_environment(home: Path) -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(home)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        apt_install(["python3-venv"], reason=f"Python's venv module is incomplete ({version})")
        made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        raise SetupError(f"The environment could not be made in {home}:\n{made.stderr or made.stdout}")


def install(python: Path, extra: str) -> None:
    """The project itself where the checkout can be written, else what it depends on (PYTHONPATH does the rest)."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["-c", str(ROOT / "constraints.txt")]
    if os.access(ROOT, os.W_OK):
        command += ["-e", f"{ROOT}[{extra}]" if extra else str(ROOT)]
    else:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        command += project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    if subprocess.run(command).returncode:
        raise SetupError(
            "The packages could not be installed (see above). Is there a network, or a folder of wheels?\n"
            "Without a network: pip download the packages elsewhere, then set PIP_NO_INDEX=1 and PIP_FIND_LINKS=FOLDER."
        )


@contextlib.contextmanager
def waiting_for(lock: Path):  # type: ignore[no-untyped-def]
    """Hold a lock file; one older than 20 minutes is left over from a killed run."""
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            with contextlib.suppress(OSError):
                if time.time() - lock.stat().st_mtime > 1200:
                    lock.unlink()
            time.sleep(0.5)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


# --- the system -----------------------------------------------------------------------------------------------


def has_display() -> bool:
    if sys.platform != "linux":
        return True
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def system_libraries(wanted: dict[str, str]) -> None:
    """What Qt links to and no wheel carries (Linux only)."""
    if sys.platform != "linux":
        return
    missing = [package for library, package in wanted.items() if not found(library)]
    if missing:
        apt_install(missing, reason="Qt needs system libraries")


def found(library: str) -> bool:
    """Whether the loader finds it; the number after `.so` differs by library."""
    for version in ("", ".0", ".1", ".2", ".3", ".4"):
        with contextlib.suppress(OSError):
            ctypes.CDLL(f"lib{library}.so{version}")
            return True
    return False


def apt_install(packages: list[str], *, reason: str) -> None:
    """Install through apt as root, or through sudo where it asks nothing; else say the line to type."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    apt = shutil.which("apt-get")
    prefix: list[str] | None = None
    if apt and os.geteuid() == 0:
        prefix = []
    elif apt and shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        prefix = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    if prefix is None:
        raise SetupError(f"{reason}. Please type:\n    sudo {line}\nand run this again.")
    print(f"{reason}: {line}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    done = subprocess.run([*prefix, *line.split()], env=environment, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise SetupError(f"{reason}, and apt could not install them. Please type:\n    {line}\nand run this again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
