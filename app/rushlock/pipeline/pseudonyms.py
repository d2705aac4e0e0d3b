"""Text with every name taken out of it, each replaced by a word that stays the same throughout a report.

Two nets, one below the other. Names that are known (paths, files, cameras, the user) are replaced first, the
longest first. Then every word goes that Rushlock's own source code does not use: a log also tells of earlier
projects, whose names nobody knows any more, so what may stay has to be listed, not what must go. A name made
of such words alone ("day one") is caught by the first net or, from an earlier project, says nothing.

Pseudonyms are numbers in order of appearance. Digests would be the same from report to report, but a name
can be found again by trying likely ones.
"""

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import rushlock

_LEAST_LETTERS = 2
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"[\w.-]+")
_CHUNK = re.compile(r"\S+")
_EDGE = "()[]{}<>,;:.!?\"'“”‘’`=…"
_FRAME = re.compile(r'^(\s*)File "([^"]*)", line (\d+), in (\S+)\s*$')
_KNOWN_ROOTS = ("rushlock", "site-packages", f"python{sys.version_info.major}.{sys.version_info.minor}")


class Pseudonyms:
    """Gives names away only as numbers.

    Args:
        words: Words that may stay, casefolded; those of Rushlock's own source if not given.
    """

    def __init__(self, words: frozenset[str] | None = None) -> None:
        self._words = own_words() if words is None else words
        self._known: dict[str, str] = {}
        self._given_away: set[str] = set()
        self._several_words: list[str] = []
        self._counts: dict[str, int] = {}

    def learn(self, kind: str, names: Iterable[str]) -> None:
        """Replace names from now on, as "kind-1", "kind-2"; what is known already keeps its pseudonym."""
        for name in names:
            if len(name) >= _LEAST_LETTERS:
                self.of(kind, name)

    def of(self, kind: str, name: str) -> str:
        """Return what stands for a name from now on; empty for none."""
        folded = name.casefold()
        if name and folded not in self._known:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._known[folded] = f"{kind}-{self._counts[kind]}"
            self._given_away.add(self._known[folded])
            if not _TOKEN.fullmatch(name):
                self._several_words.append(folded)
        return self._known.get(folded, "")

    def ours(self, name: str) -> bool:
        """Return whether a name is made of words that may stay."""
        return all(word.casefold() in self._words for word in _WORD.findall(name))

    def scrubbed(self, text: str) -> str:
        """Return a text without names."""
        return "\n".join(self._line(line) for line in text.split("\n"))

    def _line(self, line: str) -> str:
        frame = _FRAME.match(line)
        if frame is not None:
            indent, path, number, function = frame.groups()
            return f'{indent}File "{_of_program(path)}", line {number}, in {self._safe(function)}'
        folded = line.casefold()
        here = sorted((name for name in self._several_words if name in folded), key=len, reverse=True)
        if here:
            # Bounded: a camera called "A 1" must not eat letters out of other words.
            either = "|".join(map(re.escape, here))
            line = re.sub(rf"(?<!\w)(?:{either})(?!\w)", self._known_as, line, flags=re.IGNORECASE)
        line = _TOKEN.sub(self._known_as, line)
        return _CHUNK.sub(lambda found: self._safe(found.group(0)), line)

    def _known_as(self, found: re.Match[str]) -> str:
        """Return what stands for a name, with the full stop that it may have at a sentence's end."""
        name = found.group(0)
        core = name.strip(".-")
        whole, within = self._known.get(name.casefold()), self._known.get(core.casefold())
        if whole is not None:
            return whole
        return name if within is None else name.replace(core, within)

    def _safe(self, chunk: str) -> str:
        """Return a word that may stay, or what stands for it."""
        core = chunk.strip(_EDGE)
        if not core or self._may_stay(core):
            return chunk
        before, after = chunk.split(core, 1)
        return f"{before}{self.of('word', core)}{after}"

    def _may_stay(self, core: str) -> bool:
        if core in self._given_away:
            return True
        if "/" in core or "\\" in core or "@" in core:
            return not _WORD.search(core)  # a date or a fraction, never a path
        return self.ours(core) and not _code(core)


def _code(core: str) -> bool:
    """Return whether letters and digits mingle as in names of files and reels ("A001C003", "R1AB")."""
    return bool(re.search(r"[^\W\d_]\d{2,}|\d{2,}[^\W\d_]{2,}\d", core))


def _of_program(path: str) -> str:
    """Return a source file's path from Rushlock's, a library's or Python's own folder on."""
    parts = Path(path.replace("\\", "/")).parts
    for root in _KNOWN_ROOTS:
        if root in parts:
            at = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[at:])
    return "elsewhere"


@cache
def own_words() -> frozenset[str]:
    """Return the words that Rushlock's source uses, casefolded."""
    words: set[str] = set()
    for file in Path(rushlock.__file__).parent.rglob("*.py"):
        words.update(word.casefold() for word in _WORD.findall(file.read_text(encoding="utf-8")))
    return frozenset(words)
