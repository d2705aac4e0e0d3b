"""``rushlock calibrate``: train confidence anew on generated shoots; weigh a network's votes, or pictures."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rushlock.base.errors import UsageError
from rushlock.base.progress import CancelToken, Stage
from rushlock.base.settings import Settings
from rushlock.cli.codes import Exit
from rushlock.cli.options import add_settings, settings_from
from rushlock.cli.running import add_quiet, run_stage
from rushlock.cli.table import Column, table
from rushlock.cli.text import percent, printable

_FOLDER = Path("calibration")
_SHOOTS = ("small=56", "concert=5", "noise=6")
_FIRST_SEED = 10_000  # far from the benchmarks' seeds: nothing is measured on what it was trained on
_BAR = 20
_SCENES = 100
_FEWEST_SCENES = 10
_COLUMNS = (
    Column("says", right=True),
    Column("is right", right=True),
    Column("cases", right=True),
    Column(""),
)


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add(
        "shoots",
        nargs="*",
        metavar="SCENARIO=N",
        help=f"how many shoots of which scenario (default: {' '.join(_SHOOTS)})",
    )
    add(
        "--rushes",
        type=Path,
        default=_FOLDER,
        metavar="DIR",
        help=f"where the shoots are rendered, and found again by the next run (default: {_FOLDER} here)",
    )
    add(
        "--votes",
        metavar="MODEL",
        help="instead, ask this network about generated scenes and weigh its votes by how it answers",
    )
    add(
        "--seen",
        action="store_true",
        help="instead, compare pictures of generated scenes alone and weigh what is found",
    )
    add(
        "--own-sound",
        action="store_true",
        dest="weigh_own_sound",  # "own_sound" is a setting
        help="instead, hear generated scenes against their pictures and weigh how late sound is found to be",
    )
    add(
        "--scenes",
        type=int,
        default=_SCENES,
        metavar="N",
        help=f"how many for --votes, --seen and --own-sound (default {_SCENES})",
    )
    add("-o", "--out", type=Path, metavar="FILE", help="where to write (default: the file in use)")
    add_quiet(parser)
    add_settings(parser, "workers", "device", "cache_gib")


def run(arguments: argparse.Namespace) -> int:
    """Render, sync, fit, write; print how far the confidence can be trusted on shoots left out of the fit."""
    if arguments.votes is not None:
        return _weigh(arguments)
    if arguments.seen:
        return _weigh_pictures(arguments)
    if arguments.weigh_own_sound:
        return _weigh_own_sound(arguments)
    from rushlock.base.paths import shipped
    from rushlock.evaluation.calibrate import write_calibration

    shoots = chosen_shoots(arguments.shoots or _SHOOTS)
    settings = settings_from(arguments)
    content = run_stage(
        lambda token: _trained(arguments.rushes, shoots, settings, token), quiet=arguments.quiet
    )
    path = write_calibration(content, arguments.out or shipped("models") / "calibration.json")
    if not arguments.quiet:
        for subject in ("pairs", "clips"):
            print(
                f"{subject}, on shoots left out of the fit",
                reliability_words(content[subject]["held_out"]),
                sep="\n",
            )
            print()
        print(f"wrote {printable(str(path))}")
    return Exit.DONE


def _weigh(arguments: argparse.Namespace) -> int:
    """Weigh one network's votes, keep them beside the others', print what they are worth."""
    from rushlock.base.paths import shipped
    from rushlock.evaluation.vote_training import keep_votes, weigh_votes
    from rushlock.jobs.devices import chosen_device
    from rushlock.nets.opening import open_net
    from rushlock.offsets.pooling import FILE

    scenes = _scenes(arguments)
    net = open_net(arguments.votes, chosen_device(settings_from(arguments)))
    entry = run_stage(lambda token: weigh_votes(net, scenes, token), quiet=arguments.quiet)
    path = keep_votes(arguments.out or shipped("models") / FILE, net.name, entry)
    if not arguments.quiet:
        figures, searched = entry["held_out"]["check"], entry["held_out"]["search"]
        print("places at even odds, on scenes left out of the fit", reliability_words(figures), sep="\n")
        print(
            f"silent pictures: {percent(searched['found'])} found; of {searched['given']} placed, "
            f"{percent(searched['wrong'])} wrongly",
            f"used by itself for: {', '.join(entry['uses']) or 'nothing'}",
            f"wrote {printable(str(path))}",
            sep="\n",
        )
    return Exit.DONE


def _weigh_pictures(arguments: argparse.Namespace) -> int:
    """Weigh what comparing pictures alone finds, print what it is worth."""
    from rushlock.evaluation.seen_training import weigh_pictures
    from rushlock.offsets.seen_judge import FILE

    return _weigh_scenes(arguments, weigh_pictures, FILE, "places", _places_words)


def _places_words(told: Mapping[str, Any]) -> str:
    return (
        f"{percent(told['within_a_frame'])} within a frame, median {told['median_frames']:.2f} frames; "
        f"strangers AUROC {told['strangers_auroc']:.3f}"
    )


def _weigh_own_sound(arguments: argparse.Namespace) -> int:
    """Weigh what clips' own sound against their picture tells, print what it is worth."""
    from rushlock.evaluation.own_sound_training import weigh_own_sound
    from rushlock.offsets.own_sound import FILE

    return _weigh_scenes(arguments, weigh_own_sound, FILE, "lags", _lags_words)


def _lags_words(told: Mapping[str, Any]) -> str:
    return (
        f"{percent(told['within_half_a_frame'])} within half a frame, median {1000 * told['median_s']:.0f} ms"
    )


def _weigh_scenes(
    arguments: argparse.Namespace,
    weigh: Callable[[int, CancelToken], Stage[dict[str, Any]]],
    file: str,
    subject: str,
    words: Callable[[Mapping[str, Any]], str],
) -> int:
    """Weigh generated scenes, keep the weights among the models, print what clips of each length tell."""
    from rushlock.base.paths import shipped
    from rushlock.evaluation.judge_file import keep_judge

    scenes = _scenes(arguments)
    content = run_stage(lambda token: weigh(scenes, token), quiet=arguments.quiet)
    path = keep_judge(arguments.out or shipped("models") / file, content)
    if not arguments.quiet:
        figures = content["held_out"]
        print(f"{subject}, on scenes left out of the fit", reliability_words(figures), sep="\n")
        for length, told in figures["lengths"].items():
            print(f"{length}: {words(told)}; {told['sure_and_wrong']} of {told['sure']} sure ones wrong")
        print(f"wrote {printable(str(path))}")
    return Exit.DONE


def _scenes(arguments: argparse.Namespace) -> int:
    if arguments.scenes < _FEWEST_SCENES:
        raise UsageError(f"--scenes must be {_FEWEST_SCENES} at least")
    return int(arguments.scenes)


def _trained(
    folder: Path, shoots: Sequence[tuple[str, int]], settings: Settings, token: CancelToken
) -> Stage[dict[str, Any]]:
    from rushlock.cache.store import open_default
    from rushlock.evaluation.calibrate import gather, train

    cases = yield from gather(folder, shoots, settings, open_default(settings), token)
    return train(cases, settings)


def chosen_shoots(words: Sequence[str]) -> list[tuple[str, int]]:
    """Return (scenario, seed) of every shoot that ``scenario=number`` words ask for.

    Raises:
        UsageError: There is no such scenario, or no such number.
    """
    from rushlock.evaluation.scenarios import SCENARIOS

    shoots = []
    for word in words:
        name, _, number = word.partition("=")
        if name not in SCENARIOS or not number.isdecimal():
            raise UsageError(f"{word} is not SCENARIO=N; there is {', '.join(SCENARIOS)}")
        shoots += [(name, _FIRST_SEED + seed) for seed in range(int(number))]
    return shoots


def reliability_words(figures: Mapping[str, Any]) -> str:
    """Return a reliability curve as a table, with its Brier score and AUROC."""
    rows = [
        [percent(p["confidence"]), percent(p["right"]), str(p["cases"]), "#" * round(p["right"] * _BAR)]
        for p in figures["reliability"]
    ]
    total = f"{figures['cases']} cases, Brier {figures['brier']}, AUROC {figures['auroc']}"
    return f"{table(_COLUMNS, rows)}\n{total}"
