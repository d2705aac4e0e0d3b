"""What helps to find a fault, put together so that it can be handed to strangers: no media, no names.

Every part is text. What is counted or measured goes in as it is; whatever a person may have named goes
through ``pseudonyms``, the same name to the same word in all parts, so that a log line still tells of which
clip it speaks.
"""

import getpass
import json
import platform
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path

from rushlock.base.errors import RushlockError
from rushlock.base.log import FILE_NAME
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.base.settings import Settings, default_of
from rushlock.media.clip import Clip, Unreadable
from rushlock.pipeline.pseudonyms import Pseudonyms

_LOG_LINES = 2000
_LINES_AT_ONCE = 100
_OWN_WORD = "a word of the user's own"


@dataclass(frozen=True, slots=True)
class Timing:
    """A job that ran: what it was called, how long it took, how it ended."""

    name: str
    seconds: float
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What was going on.

    Attributes:
        versions: Versions by name.
        settings: Options.
        clips: All clips of the project, none without one.
        unreadable: Files that could not be read.
        standings: Each clip's standing and the reason for it, by clip key.
        timings: What ran.
        secrets: Further names that must not get out: the project's path, folders that were added.
        log: Folder of the log files; None reads none.
    """

    versions: Mapping[str, str]
    settings: Settings
    clips: Sequence[Clip] = ()
    unreadable: Sequence[Unreadable] = ()
    standings: Mapping[str, tuple[str, str]] | None = None
    timings: Sequence[Timing] = ()
    secrets: Sequence[str] = ()
    log: Path | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a report."""

    name: str
    text: str


def problem_report(about: Circumstances, token: CancelToken) -> Stage[tuple[Part, ...]]:
    """Put a report together, without names.

    Returns:
        Its parts in the order in which a reader wants them.
    """
    yield Progress("Collecting", 0, 0)
    names = Pseudonyms()
    _learn(names, about)
    log = yield from _log_part(about.log, names, token)
    return (
        Part("versions.txt", "".join(f"{name}: {value}\n" for name, value in about.versions.items())),
        Part("settings.txt", _settings(about.settings)),
        Part("shoot.json", json.dumps(_shoot(about, names), indent=1) + "\n"),
        Part("timings.txt", _timings(about.timings, names)),
        Part("log.txt", log),
    )


def write_report(parts: Iterable[Part], path: Path) -> None:
    """Write a report as a zip, in one step.

    Raises:
        RushlockError: It cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts:
                archive.writestr(part.name, part.text)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise RushlockError(f"{path} cannot be written: {error.strerror or error}") from error


def _learn(names: Pseudonyms, about: Circumstances) -> None:
    """Make known what must not get out, files before folders, so that numbers follow the clips."""
    files = [file for clip in about.clips for file in clip.files]
    paths = [file.path for file in files] + [bad.path for bad in about.unreadable]
    names.learn("camera", dict.fromkeys(clip.camera for clip in about.clips))
    names.learn("file", dict.fromkeys(path.name for path in paths))
    names.learn("stem", dict.fromkeys(path.stem for path in paths))
    names.learn("reel", dict.fromkeys(file.reel for file in files))
    names.learn("scene", dict.fromkeys(word for file in files for word in (file.scene, file.take)))
    names.learn("serial", dict.fromkeys(file.camera_serial for file in files))
    names.learn("path", dict.fromkeys(map(str, paths)))
    folders = [folder for path in paths for folder in path.parents]
    named = [Path(secret) for secret in about.secrets]
    # A folder called "media" says nothing; taken out, it would mangle the names of our own modules.
    names.learn("folder", dict.fromkeys(f.name for f in folders if not names.ours(f.name)))
    names.learn("path", dict.fromkeys(map(str, folders)))
    names.learn("secret", dict.fromkeys(word for path in named for word in (str(path), path.name, path.stem)))
    names.learn("user", _of_this_machine())


def _of_this_machine() -> Iterator[str]:
    with suppress(OSError, KeyError, ImportError):
        yield getpass.getuser()
    with suppress(RuntimeError):
        yield str(Path.home())
        yield Path.home().name
    yield platform.node()


def _settings(settings: Settings) -> str:
    return "".join(f"{spec.name} = {_value(spec.name, settings)}\n" for spec in fields(Settings))


def _value(name: str, settings: Settings) -> str:
    """Return a setting; a word that the user could have made up is not told."""
    value = getattr(settings, name)
    spec = next(spec for spec in fields(Settings) if spec.name == name)
    told = (default_of(spec), *spec.metadata["choices"], *spec.metadata["usual"])
    return str(value) if not isinstance(value, str) or value in told else _OWN_WORD


def _shoot(about: Circumstances, names: Pseudonyms) -> dict[str, object]:
    standings = about.standings or {}
    return {
        "clips": len(about.clips),
        "cameras": len({clip.camera for clip in about.clips}),
        "unreadable": len(about.unreadable),
        "standings": Counter(standing for standing, _ in standings.values()),
        "recordings": [_recording(clip, standings.get(clip.key, ("", "")), names) for clip in about.clips],
        "why unreadable": [names.scrubbed(bad.reason) for bad in about.unreadable],
    }


def _recording(clip: Clip, standing: tuple[str, str], names: Pseudonyms) -> dict[str, object]:
    first, picture = clip.files[0], clip.picture
    return {
        "camera": names.of("camera", clip.camera),
        "file": names.of("file", clip.name),
        "files": len(clip.files),
        "container": first.container,
        "seconds": round(float(clip.duration), 3),
        "picture": None
        if picture is None
        else f"{picture.codec} {picture.width}x{picture.height} {picture.rate}"
        + (" varying" if picture.variable else ""),
        "sounds": [f"{sound.codec} {sound.sample_rate} Hz {sound.channels} ch" for sound in first.sounds],
        "timecode from": first.timecode_source,
        "standing": standing[0],
        "reason": names.scrubbed(standing[1]),
        "notes": [names.scrubbed(note) for file in clip.files for note in file.notes],
    }


def _timings(timings: Iterable[Timing], names: Pseudonyms) -> str:
    return "".join(
        f"{each.seconds:9.2f} s  {each.name}: {each.outcome}  {names.scrubbed(each.why)}".rstrip() + "\n"
        for each in timings
    )


def _log_part(folder: Path | None, names: Pseudonyms, token: CancelToken) -> Stage[str]:
    lines = [] if folder is None else _last_lines(folder / FILE_NAME)
    clean = []
    for number, line in enumerate(lines):
        if number % _LINES_AT_ONCE == 0:
            token.check()
            yield Progress("Collecting", number, len(lines), unit="lines")
        clean.append(names.scrubbed(line))
    return "\n".join(clean) + ("\n" if clean else "")


def _last_lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return [line.rstrip("\n") for line in deque(file, maxlen=_LOG_LINES)]
    except OSError:
        return []
