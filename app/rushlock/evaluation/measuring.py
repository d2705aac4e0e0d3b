"""Wall time and peak memory of a command with all its children, and plain decoding to compare with."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import av

from rushlock.base.errors import WorkerDiedError
from rushlock.base.progress import CancelToken, Progress, Stage

_EVERY = 0.1
_LOOKING = 0.04
"""Share of a core at most that goes into looking how much memory is held: it slows down what is measured."""

_TOLD = 400
_PROCESSES = Path("/proc")


@dataclass(frozen=True)
class Measured:
    """What a command took: wall seconds, peak memory of its whole process tree in bytes, exit code."""

    seconds: float
    peak_bytes: int
    exit_code: int


def measured(
    command: Sequence[str],
    environment: Mapping[str, str],
    token: CancelToken,
    words: str,
    allowed: Sequence[int] = (0,),
) -> Stage[Measured]:
    """Run a command to its end.

    Args:
        command: Program and arguments.
        environment: Added to this process's own.
        token: A cancel ends the command.
        words: What to call it in progress reports.
        allowed: Exit codes that are no failure.

    Raises:
        WorkerDiedError: It failed.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said, _started(command, environment, said) as process:
        peak, next_look = 0, begun
        try:
            while process.poll() is None:
                token.check()
                if (now := time.perf_counter()) >= next_look:
                    peak = max(peak, tree_memory(process.pid))
                    next_look = now + (time.perf_counter() - now) / _LOOKING
                yield Progress(words, time.perf_counter() - begun, 0, unit="s")
                _wait(process)
        finally:
            if process.poll() is None:
                process.terminate()
        seconds = time.perf_counter() - begun
        if process.returncode not in allowed:
            said.seek(0)
            last = said.read()[-_TOLD:].decode(errors="replace").strip()
            raise WorkerDiedError(f"{' '.join(command[:4])} ended with code {process.returncode}: {last}")
    return Measured(seconds, peak, process.returncode)


def _started(
    command: Sequence[str], environment: Mapping[str, str], said: IO[bytes]
) -> subprocess.Popen[bytes]:
    nothing = subprocess.DEVNULL
    return subprocess.Popen(
        command, env={**os.environ, **environment}, stdin=nothing, stdout=nothing, stderr=said
    )


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_EVERY)
    except subprocess.TimeoutExpired:
        return


def tree_memory(pid: int) -> int:
    """Return the bytes that a process and its descendants hold; memory shared among them counts once.

    Proportional set size from Linux's ``smaps_rollup``; 0 where there is none.
    """
    return sum(_proportional_size(process) for process in _tree(pid))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for listed in (_PROCESSES / str(pid) / "task").glob("*/children"):
        try:
            children = [int(word) for word in listed.read_text().split()]
        except OSError:
            continue  # it ended meanwhile
        for child in children:
            yield from _tree(child)


def _proportional_size(pid: int) -> int:
    try:
        lines = (_PROCESSES / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


@dataclass(frozen=True)
class Decoding:
    """How long plain decoding of the sound took, and by what."""

    seconds: float
    by: str


def decode_all(files: Sequence[Path], token: CancelToken) -> Stage[Decoding]:
    """Decode the sound of files one after the other: by ``ffmpeg -vn -f null`` if it is there, else PyAV."""
    ffmpeg = shutil.which("ffmpeg")
    begun = time.perf_counter()
    for number, file in enumerate(files):
        token.check()
        if ffmpeg:
            command = [ffmpeg, "-v", "error", "-nostdin", "-i", str(file), "-vn", "-f", "null", "-"]
            yield from measured(command, {}, token, "Decoding with ffmpeg")
        else:
            decode_plainly(file, token)
        yield Progress("Decoding", number + 1, len(files), file.name, "files")
    by = "ffmpeg -vn -f null" if ffmpeg else "PyAV, every sound frame in a plain loop (no ffmpeg found)"
    return Decoding(time.perf_counter() - begun, by)


def decode_plainly(file: Path, token: CancelToken) -> int:
    """Decode all sound of a file and return the number of samples."""
    samples = 0
    with av.open(str(file)) as container:
        for number, frame in enumerate(container.decode(container.streams.audio[0])):
            samples += frame.samples
            if number % 256 == 0:
                token.check()
    return samples
