"""``rushlock bench av [FOLDER]`` and ``rushlock bench codec-probe [NET ...]``.

The first measures how well window networks tell the offset of sound and picture: on any folder of clips in
sync, on the papers' sets with their fixed lists (``--offsets``), or without a folder on generated scenes. The
second asks whether a network can tell by the codec alone where a trim began; one that can is not shipped.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.options import settings_from
from rushlock.cli.running import run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.terminal import output_width
from rushlock.cli.text import percent, printable

if TYPE_CHECKING:
    from rushlock.evaluation.av.codec_probe import Finding, Probed
    from rushlock.evaluation.av.trials import Trial
    from rushlock.nets.protocol import WindowNet

NAME, PROBE = "av", "codec-probe"
_TRIALS, _CLIPS, _SCENES = 3, 150, 40
_WORDS = {"single": "one window", "mean": "mean over windows (APA)", "streaming": "memory"}
_FIGURES = (
    Column("by"),
    Column("items", right=True),
    Column("right", right=True),
    Column("within one", right=True),
    Column("of three", right=True),
    Column("ROC AUC", right=True),
    Column("mAP", right=True),
    Column("error", right=True),
)
_PROBED = (
    Column("asked"),
    Column("of"),
    Column("right", right=True),
    Column("within one", right=True),
    Column("of first five", right=True),
    Column("by chance: first; five", right=True),
    Column("p: first; five", right=True),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that only these suites know."""
    group = parser.add_argument_group(f"{NAME} [FOLDER]; {PROBE} [NET ...]")
    add = group.add_argument
    add(
        "--offsets",
        type=Path,
        metavar="FILE",
        help="fixed offsets as SparseSync (path,offset_sec,vstart_sec) or StreamSync (JSON) list them "
        "(default: drawn evenly)",
    )
    add("--sparse", type=Path, metavar="FILE", help="only the test clips of this list of VGGSound-Sparse")
    add("--trials", type=int, default=_TRIALS, metavar="N", help=f"of a clip, drawn (default: {_TRIALS})")
    add("--clips", type=int, default=_CLIPS, metavar="N", help=f"{PROBE}: of a codec (default: {_CLIPS})")


def run(arguments: argparse.Namespace, words: Sequence[str]) -> int:
    """Print each way's figures; write them all where it is asked for."""
    if len(words) > 1:
        raise UsageError(f"bench {NAME} measures one folder: rushlock bench {NAME} [FOLDER] --net NAME")
    folder = Path(words[0]) if words else None
    if folder is None and arguments.offsets is not None:
        raise UsageError("a list of offsets needs the folder with its clips")
    if arguments.trials < 1:
        raise UsageError("--trials must be 1 at least")
    found = run_stage(partial(_measured, arguments, folder), quiet=arguments.quiet)
    if not arguments.quiet:
        print(*_lines(found), sep="\n", flush=True)
    _write(arguments.out, found)
    return Exit.DONE


def run_probe(arguments: argparse.Namespace, words: Sequence[str]) -> int:
    """Probe networks; fail where one can tell the codec's places."""
    if arguments.clips < _LEAST_CLIPS:
        raise UsageError(f"--clips must be {_LEAST_CLIPS} at least, some of them to test what others taught")
    found = run_stage(partial(_probed, arguments, words or [arguments.net]), quiet=arguments.quiet)
    if not arguments.quiet:
        for each in found:
            print(*_probe_lines(each), "", sep="\n", flush=True)
    from rushlock.evaluation.av.codec_probe import as_dict

    _write(arguments.out, {each.net: as_dict(each) for each in found})
    return Exit.FAILED if any(each.passes or not each.proves for each in found) else Exit.DONE


_LEAST_CLIPS = 6


def _measured(
    arguments: argparse.Namespace, folder: Path | None, token: CancelToken
) -> Stage[dict[str, Any]]:
    from rushlock.evaluation.av.measure import ask, figures
    from rushlock.jobs.devices import chosen_device
    from rushlock.nets.opening import open_net

    settings = settings_from(arguments)
    net = open_net(arguments.net, chosen_device(settings))
    if not net.layout.classes:
        raise UsageError(f"{net.name} tells no offsets")
    about = {"network": net.name, "digest": net.digest, "experimental": net.experimental}
    if folder is None:
        generated = yield from _generated(net, token)
        return {**about, "on": f"{_SCENES} generated scenes", "ways": generated, "unusable": []}
    trials, missing = yield from _trials(arguments, folder, net, settings, token)
    if not trials:
        raise UsageError(f"{folder} holds no clip that is long enough and has pictures and sound")
    asked = yield from ask(net, trials, settings.window_hop, settings.window_history, token)
    unusable = [f"{each.path}: {each.reason}" for each in asked.unusable]
    return {
        **about,
        "on": str(folder),
        "missing": missing,
        "unusable": unusable,
        "windows": [each.windows for each in asked.answers],
        "ways": figures(asked, net.layout.classes),
    }


def _trials(
    arguments: argparse.Namespace, folder: Path, net: "WindowNet", settings: Settings, token: CancelToken
) -> Stage["tuple[Sequence[Trial], int]"]:
    """Return what is asked, and how many lines of a list mean files that are not there."""
    from rushlock.cache.store import open_default
    from rushlock.evaluation.av.layouts import asked_of, read_fixed, read_sparse
    from rushlock.evaluation.av.trials import drawn_trials
    from rushlock.media.catalogue import catalogue
    from rushlock.pipeline.probing import cached_probe

    fixed = None if arguments.offsets is None else read_fixed(arguments.offsets)
    kinds = None if arguments.sparse is None else read_sparse(arguments.sparse)
    found = yield from catalogue([folder], (), cached_probe(open_default(settings)), token)
    if fixed is not None:
        listed = asked_of(found.clips, fixed, kinds)
        return listed.trials, listed.missing
    clips = [clip for clip in found.clips if kinds is None or clip.path.stem in kinds]
    pace = settings.window_hop, settings.window_history
    return drawn_trials(clips, net.layout, arguments.trials, *pace), 0


def _generated(net: "WindowNet", token: CancelToken) -> Stage[dict[str, Any]]:
    from rushlock.evaluation.av.generated import ask_generated
    from rushlock.evaluation.av.measure import figures

    asked = yield from ask_generated(net, _SCENES, token)
    return figures(asked, net.layout.classes)


def _probed(arguments: argparse.Namespace, names: Sequence[str], token: CancelToken) -> "Stage[list[Probed]]":
    from rushlock.evaluation.av.codec_probe import probe_net
    from rushlock.jobs.devices import chosen_device
    from rushlock.nets.opening import open_net

    device = chosen_device(settings_from(arguments))
    found = []
    for name in names:
        probed = yield from probe_net(open_net(name, device), token, arguments.clips)
        found.append(probed)
    return found


def _lines(found: Mapping[str, Any]) -> list[str]:
    label = " (experimental)" if found["experimental"] else ""
    rows = [_row(_WORDS[way], told) for way, told in found["ways"].items()]
    lines = [f"{printable(found['network'])}{label} on {printable(found['on'])}"]
    if rows:
        constant = next(iter(found["ways"].values()))["constant"]
        lines += [table(_FIGURES, rows, output_width()), f"one answer to all is right in {percent(constant)}"]
    lines += [printable(line) for line in found["unusable"]]
    if found.get("missing"):
        lines.append(f"{found['missing']} lines of the list mean clips that are not there")
    return lines


def _row(by: str, told: Mapping[str, Any]) -> list[str]:
    return [
        by,
        str(told["items"]),
        percent(told["accuracy"]["1"]),
        percent(told["near"]["1"]),
        percent(told["coarse"]["accuracy"]["1"]),
        f"{told['roc_auc']:.3f}" if told["roc_auc"] is not None else "-",
        f"{told['precision']:.3f}" if told["precision"] is not None else "-",
        f"{told['mae_s']:.2f} s",
    ]


def _probe_lines(found: "Probed") -> list[str]:
    rows = [
        (
            f"{f.question} {f.about}",
            str(f.items),
            str(f.right),
            str(f.near),
            str(f.top),
            f"{f.constant * f.items:.1f}; {f.top_constant * f.items:.1f}",
            f"{f.chance:.2g}; {f.top_chance:.2g}",
        )
        for f in found.findings
    ]
    if not found.proves:
        verdict = "it did not find what was planted: this proves nothing"
    elif found.passes:
        verdict = f"its answers tell the codec, it is not to be shipped: {_abouts(found.passes)}"
    else:
        verdict = f"its answers tell no codec (one test passes at p < {found.level:.2g})"
    if found.traces:
        verdict += f"; a trace can be read from what it embeds: {_abouts(found.traces)}"
    return [printable(found.net), table(_PROBED, rows, output_width()), verdict]


def _abouts(findings: "Sequence[Finding]") -> str:
    return ", ".join(each.about for each in findings)


def _write(path: Path | None, figures: Mapping[str, Any]) -> None:
    if path is None:
        return
    from rushlock.export.atomic import write_atomically

    write_atomically(path, json.dumps(figures, indent=1) + "\n")
    print(f"wrote {printable(str(path))}")
