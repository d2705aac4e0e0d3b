"""``rushlock``: which command, or the window.

The rule: the first word decides. A command's name runs that command; no word at all, or the path of something
that exists, opens the window. A folder that is called like a command is written ``./sync``.
"""

import argparse
import difflib
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rushlock import __version__
from rushlock.base.errors import UsageError
from rushlock.cli import bench, calibrate, check_av, compare, demo, doctor, export, models, probe, sync, train
from rushlock.cli.codes import epilog
from rushlock.cli.guard import guarded
from rushlock.cli.window import check_display

Window = Callable[[Sequence[str]], int]

COMMANDS = {
    "sync": sync,
    "probe": probe,
    "export": export,
    "compare": compare,
    "check-av": check_av,
    "models": models,
    "demo": demo,
    "bench": bench,
    "calibrate": calibrate,
    "train": train,
    "doctor": doctor,
}

_USAGE = """rushlock [PROJECT.rushlock | FOLDER ...]     open the window
       rushlock COMMAND ...                         work without one"""


def main(argv: Sequence[str] | None = None, *, window: Window | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        argv: The words after the program's name; None: those of the process.
        window: Opens the window on some paths; None where there is none.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_safely()
    arguments = argparse.Namespace(run=lambda chosen: _open(window, chosen.words), words=words)
    if words and (words[0] in COMMANDS or words[0].startswith("-")):
        try:
            arguments = parser().parse_args(words)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 2
    return guarded(arguments.run, arguments)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="rushlock",
        usage=_USAGE,
        description="Find where every clip of a multi-camera shoot lies on one clock.",
        epilog=epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"rushlock {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        summary = _summary(command.__doc__ or "")
        sub = commands.add_parser(
            name,
            prog=f"rushlock {name}",
            help=summary,
            description=summary,
            epilog=epilog(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.declare(sub)
        sub.set_defaults(run=command.run)
    return top


def _summary(docstring: str) -> str:
    """Return what a command's docstring says after the command's name in its first line."""
    return docstring.partition("\n")[0].partition(": ")[2].rstrip(".")


def _open(window: Window | None, words: Sequence[str]) -> int:
    for word in words:
        if not Path(word).exists():
            raise UsageError(f"there is no command and no file called {word}{_guess(word)}")
    check_display()
    if window is None:
        raise UsageError("this installation has no window; see rushlock --help")
    return window(words)


def _guess(word: str) -> str:
    near = difflib.get_close_matches(word, COMMANDS, n=1)
    return f" (did you mean {near[0]}?)" if near else " (rushlock --help lists the commands)"


def _speak_safely() -> None:
    """Let no letter that the console lacks end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
