"""Find what may be media below folders and among files, each once, in the order in which people count.

Folders are walked with ``scandir`` and no file is opened unless its name says nothing. A file or folder
reached twice (given twice, by links, by loops of links) counts once. What cannot be entered or read is
listed with the reason. What plainly is no recording is only counted: sidecars, thumbnails, hidden files,
cameras' proxies beside their originals.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.media.clip import Unreadable
from rushlock.media.naming import natural
from rushlock.media.opening import disk_reason
from rushlock.media.signatures import HEAD_BYTES, MEDIA, OTHERS, RAW, STILLS, kind_of, suffix_of

STAGE = "Looking for media"
_REPORT_EVERY = 500

_JUNK_FOLDERS = frozenset(
    ("system volume information", "$recycle.bin", "lost+found", "__macosx", "@eadir", "found.000")
)
_THUMBNAIL_FOLDERS = frozenset(("thmbnl", "icon", "thumb", "thumbs", "thumbnails", "misc"))
_PROXY_FOLDERS = frozenset(("proxy", "proxies", "sub"))
_PROXY_ENDINGS = ("_proxy", "-proxy", "s03", "s01")


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be media.

    Attributes:
        path: Absolute, as reached (links are not resolved).
        given: As the user would write it: what was given, joined with the way from there.
    """

    path: Path
    given: str


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What lies where the user pointed.

    Attributes:
        files: Candidates in natural order, each once.
        unreadable: Folders and files that could not be looked at, with reasons.
        ignored: Files that plainly are no recordings.
    """

    files: tuple[Found, ...]
    unreadable: tuple[Unreadable, ...]
    ignored: int


def scan(paths: Sequence[Path], token: CancelToken) -> Stage[ScanResult]:
    """Find candidates below folders and among files."""
    walk = _Walk()
    looked = 0
    for path in paths:
        for item in walk.given(path):
            token.check()
            looked += 1
            if looked % _REPORT_EVERY == 0:
                yield Progress(STAGE, looked, 0, item, "files")
    yield Progress(STAGE, looked, looked, "", "files")
    return ScanResult(tuple(walk.files), tuple(walk.unreadable), walk.ignored)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to look into; ``originals``: stems of the recordings in the one above."""

    path: Path
    given: str
    status: os.stat_result
    originals: frozenset[str]


@dataclass(slots=True)
class _Walk:
    files: list[Found] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    ignored: int = 0
    seen: set[tuple[int, int]] = field(default_factory=set)

    def given(self, path: Path) -> Iterator[str]:
        """Look at what the user gave, yielding the name of each entry looked at."""
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps "..", resolve follows links
        try:
            status = whole.stat()
        except OSError as error:
            reason = (
                "there is no such file or folder"
                if isinstance(error, FileNotFoundError)
                else disk_reason(error)
            )
            self.unreadable.append(Unreadable(whole, reason))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self._folders(_Folder(whole, str(path), status, frozenset()))
            return
        yield whole.name
        if not stat.S_ISREG(status.st_mode):
            self.unreadable.append(Unreadable(whole, "it is neither a file nor a folder"))
        elif self._new(status):
            self.files.append(Found(whole, str(path)))

    def _folders(self, top: "_Folder") -> Iterator[str]:
        """Look into a folder and all below it, each before those inside it."""
        waiting = [top]
        while waiting:
            folder = waiting.pop()
            if not self._new(folder.status):
                continue
            below: list[_Folder] = []
            yield from self._folder(folder, below)
            waiting += reversed(below)

    def _folder(self, folder: "_Folder", below: "list[_Folder]") -> Iterator[str]:
        """Look at the entries of one folder; folders in it are added to ``below``."""
        try:
            with os.scandir(folder.path) as listing:
                entries = sorted(listing, key=lambda entry: natural(entry.name))
        except OSError as error:
            self.unreadable.append(Unreadable(folder.path, disk_reason(error)))
            return
        stems = frozenset(Path(e.name).stem.lower() for e in entries if suffix_of(e.name) in MEDIA)
        for entry in entries:
            yield entry.name
            status = self._entry(entry, folder)
            if status is not None:
                given = os.path.join(folder.given, entry.name)  # noqa: PTH118
                below.append(_Folder(folder.path / entry.name, given, status, stems))

    def _entry(self, entry: os.DirEntry[str], folder: "_Folder") -> os.stat_result | None:
        """Take an entry if it is a file; return the status of one that is a folder to look into."""
        try:
            status = os.stat(entry.path)  # noqa: PTH116 - entry.stat() has no inode on Windows
        except OSError as error:
            self._unreachable(entry, error)
            return None
        if stat.S_ISDIR(status.st_mode):
            return None if _hidden(entry.name) or entry.name.lower() in _JUNK_FOLDERS else status
        beside = _hidden(entry.name) or _beside_the_point(entry.name, folder.path, folder.originals)
        if beside or not stat.S_ISREG(status.st_mode):
            self.ignored += 1
        elif self._wanted(Path(entry.path), status) and self._new(status):
            given = os.path.join(folder.given, entry.name)  # noqa: PTH118
            self.files.append(Found(folder.path / entry.name, given))
        return None

    def _unreachable(self, entry: os.DirEntry[str], error: OSError) -> None:
        if suffix_of(entry.name) not in MEDIA:
            self.ignored += 1
            return
        dangling = entry.is_symlink() and isinstance(error, FileNotFoundError)
        reason = "it is a link that points nowhere" if dangling else disk_reason(error)
        self.unreadable.append(Unreadable(Path(entry.path), reason))

    def _wanted(self, path: Path, status: os.stat_result) -> bool:
        """Whether a file may be media by its name, or where that says nothing by its first bytes."""
        suffix = suffix_of(path.name)
        if suffix in MEDIA or suffix in STILLS or suffix in RAW:
            return True
        try:
            wanted = suffix not in OTHERS and status.st_size > 0 and bool(kind_of(_head(path)))
        except OSError as error:
            self.unreadable.append(Unreadable(path, disk_reason(error)))
            return False
        self.ignored += not wanted
        return wanted

    def _new(self, status: os.stat_result) -> bool:
        """Whether a file or folder is met for the first time."""
        identity = (status.st_dev, status.st_ino)
        if identity in self.seen:
            return False
        self.seen.add(identity)
        return True


def _hidden(name: str) -> bool:
    return name.startswith(".")


def _beside_the_point(name: str, folder: Path, originals: frozenset[str]) -> bool:
    """Whether a file is a thumbnail, or a proxy whose original lies in the folder above or beside."""
    kind = folder.name.lower()
    if kind in _THUMBNAIL_FOLDERS:
        return suffix_of(name) in STILLS
    if kind not in _PROXY_FOLDERS or suffix_of(name) not in MEDIA:
        return False
    stem = Path(name).stem.lower()
    bare = next((stem.removesuffix(ending) for ending in _PROXY_ENDINGS if stem.endswith(ending)), stem)
    beside = folder.parent / "CLIP"  # Sony: M4ROOT/SUB/C0001S03.MP4 is the proxy of M4ROOT/CLIP/C0001.MP4
    return bool({stem, bare} & originals) or (kind == "sub" and beside.is_dir())


def _head(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(HEAD_BYTES)
