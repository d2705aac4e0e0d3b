"""``rushlock train videosync-heads``: fit VideoSync's plain heads as published, on generated scenes.

Writes ``LogReg.npz``, ``SVM.npz`` and ``MLP.npz``, for ``rushlock bench video A B --head FILE``. The last one
is half a gigabyte and takes a while.
"""

import argparse
from functools import partial

from rushlock.base.errors import UsageError
from rushlock.cli.codes import Exit
from rushlock.cli.running import run_stage
from rushlock.cli.text import printable


def train_heads(arguments: argparse.Namespace) -> int:
    """Fit all of them into the command's folder."""
    from rushlock.evaluation.matrix_training.generated import Generated
    from rushlock.evaluation.matrix_training.plain_heads import HEADS, fit_plain_heads

    if arguments.examples < _LEAST:
        raise UsageError(f"--examples must be {_LEAST} at least: every lag must come a few times")
    fit = partial(
        fit_plain_heads,
        tuple(HEADS),
        Generated(),
        arguments.folder,
        pairs=arguments.examples,
        seed=arguments.seed,
    )
    written = run_stage(lambda token: fit(token=token), quiet=arguments.quiet)
    if not arguments.quiet:
        print(*(f"wrote {printable(str(path))}" for path in written), sep="\n")
    return Exit.DONE


_LEAST = 122
