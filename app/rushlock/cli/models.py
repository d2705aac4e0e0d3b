"""``rushlock models``: list, install, import, verify and remove the weights of published networks."""

import argparse
import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import ModelError
from rushlock.base.paths import models_folder
from rushlock.cli.codes import Exit
from rushlock.cli.running import add_quiet, run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import printable

if TYPE_CHECKING:
    from rushlock.nets.store import Listed, Stored

_COLUMNS = (
    Column("model"),
    Column("state"),
    Column("size", right=True),
    Column("trained on"),
    Column("kind"),
)
_TEXT_WIDTH = 110
_INDENT = "    "


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's own commands and their arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    def action(name: str, summary: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=summary, description=summary)
        added.add_argument("--json", action="store_true", help="print JSON on stdout, and nothing else")
        add_quiet(added)
        added.set_defaults(act=act)
        return added

    listing = action("list", "list all models: what they add, and which are installed", _list)
    listing.add_argument("-v", "--verbose", action="store_true", help="with licence, source and checksum")
    fetching = action("install", "fetch models; the same command again goes on where it broke off", _install)
    fetching.add_argument("names", nargs="+", metavar="NAME", help="as listed")
    _declare_import(action("import", "take weights from a file, without a net", _import))
    checking = action("verify", "compare installed models with their checksums", _verify)
    checking.add_argument("names", nargs="*", metavar="NAME", help="default: all that are installed")
    removing = action("remove", "delete installed models", _remove)
    removing.add_argument("names", nargs="+", metavar="NAME", help="as listed")


def _declare_import(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "file",
        type=Path,
        metavar="FILE",
        help=".pt, .pth or .safetensors; published files are known by checksum",
    )
    add("--as", dest="name", default="", metavar="NAME", help="what to call weights that are not published")
    add(
        "--like",
        default="",
        metavar="NAME",
        help="such weights were trained like this model and share its bias",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    code: int = arguments.act(arguments)
    return code


def _list(arguments: argparse.Namespace) -> int:
    from rushlock.nets.store import catalogue

    listed = catalogue()
    if arguments.json:
        _print_json([facts(line) for line in listed])
        return Exit.DONE
    head, *rows = table(_COLUMNS, [_row(line) for line in listed]).splitlines()
    print(head)
    for row, line in zip(rows, listed, strict=True):
        print(row, *_told(line, verbose=arguments.verbose), sep="\n")
    print(f"\nInstalled models lie in {printable(str(models_folder()))}")
    return Exit.DONE


def _install(arguments: argparse.Namespace) -> int:
    from rushlock.nets.install import install
    from rushlock.nets.registry import entry_named
    from rushlock.nets.store import Listed, stored

    speaks = not (arguments.json or arguments.quiet)
    kept = []
    for entry in [entry_named(name) for name in arguments.names]:
        here = stored(entry.name)
        if here is None or not here.whole:
            if speaks:
                print(f"{entry.name} from {entry.url}\n{_wrapped(entry.licence)}", flush=True)
            here = run_stage(partial(install, entry), quiet=arguments.quiet)
        kept.append(here)
        if speaks:
            print(_kept_words(here))
    if arguments.json:
        _print_json([facts(Listed(here.entry, here)) for here in kept])
    return Exit.DONE


def _import(arguments: argparse.Namespace) -> int:
    from rushlock.nets.install import import_file
    from rushlock.nets.store import Listed

    here = run_stage(
        lambda token: import_file(arguments.file, token, name=arguments.name, like=arguments.like),
        quiet=arguments.quiet,
    )
    if arguments.json:
        _print_json(facts(Listed(here.entry, here)))
    elif not arguments.quiet:
        print(_kept_words(here))
    return Exit.DONE


def _verify(arguments: argparse.Namespace) -> int:
    from rushlock.nets.verify import verify

    verdicts = [run_stage(partial(verify, here), quiet=arguments.quiet) for here in _chosen(arguments.names)]
    if arguments.json:
        _print_json([{"name": each.name, "good": each.good, "words": each.words} for each in verdicts])
    elif not arguments.quiet:
        for each in verdicts:
            print(f"{'ok  ' if each.good else 'FAIL'}  {each.name}: {printable(each.words)}")
    return Exit.DONE if all(each.good for each in verdicts) else Exit.MODEL


def _remove(arguments: argparse.Namespace) -> int:
    from rushlock.nets.registry import size_words
    from rushlock.nets.store import remove

    freed = {name: remove(name) for name in arguments.names}
    if arguments.json:
        _print_json([{"name": name, "freed": size} for name, size in freed.items()])
    elif not arguments.quiet:
        for name, size in freed.items():
            print(f"removed {printable(name)}, {size_words(size)} free again")
    return Exit.DONE


def _chosen(names: Sequence[str]) -> "Sequence[Stored]":
    """Return the installed models of some names; all of them where none is named."""
    from rushlock.nets.store import all_stored

    here = {each.entry.name: each for each in all_stored()}
    for name in names:
        if name not in here:
            raise ModelError(f"{name} is not installed; installed: {', '.join(here) or 'nothing'}")
    return [here[name] for name in names or here]


def facts(line: "Listed") -> dict[str, Any]:
    """Return what is known of a model as plain data."""
    entry, here = line.entry, line.stored
    return {
        "name": entry.name,
        "state": line.state,
        "family": entry.family,
        "kind": entry.kind,
        "trained_on": entry.trained_on,
        "bias_seconds": entry.bias,
        "adds": entry.adds,
        "experimental": entry.experimental,
        "licence": entry.licence,
        "url": entry.url,
        "published_size": entry.size,
        "published_digests": [str(digest) for digest in entry.digests],
        "path": None if here is None else str(here.path),
        "sha256": None if here is None else here.digest,
        "origin": None if here is None else here.origin,
        "proof": None if here is None else here.proof,
    }


def _row(line: "Listed") -> Sequence[str]:
    from rushlock.nets.registry import size_words

    entry, here = line.entry, line.stored
    size = entry.size_words if here is None else size_words(here.size)
    return entry.name, line.state, size, entry.trained_on, entry.kind


def _told(line: "Listed", *, verbose: bool) -> Iterator[str]:
    """Yield the lines below a model's row."""
    entry, here = line.entry, line.stored
    yield _wrapped(entry.adds)
    if not verbose:
        return
    yield _wrapped(f"licence: {entry.licence}")
    if entry.url:
        yield _wrapped(f"source: {entry.url}")
    published = ", ".join(f"{digest}{'' if digest.whole else '…'}" for digest in entry.digests)
    yield _wrapped(f"published checksum: {published or 'none'}")
    if here is not None:
        yield _wrapped(f"here: {here.path}, from {here.origin}: {here.proof}")


def _kept_words(here: "Stored") -> str:
    entry = here.entry
    return f"installed {entry.name} ({entry.family}, {entry.kind}): {printable(here.proof)}"


def _wrapped(words: str) -> str:
    cells = min(output_width() or _TEXT_WIDTH, _TEXT_WIDTH)
    return textwrap.fill(
        printable(words), cells, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
    )


def _print_json(content: object) -> None:
    print(json.dumps(content, indent=2))
