"""How well some letters stand for a text: whole words best, beginnings of words next, scattered letters last.

Each word of the query must be found, in any order: as it stands, or its letters one after the other. No Qt.
"""

from dataclasses import dataclass
from itertools import pairwise

_WHOLE, _BEGINNING, _INSIDE, _SCATTERED = 120.0, 100.0, 60.0, 30.0
_JUMP, _LETTER = 3.0, 0.15
_MOST_JUMPS = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A text that answers a query.

    Attributes:
        score: The higher, the better.
        places: Where in the text the query's letters were found, ascending.
    """

    score: float
    places: tuple[int, ...]


def match(query: str, text: str) -> Match | None:
    """Return how a text answers a query, both casefolded; None if it does not. All answer an empty one."""
    score, places = -_LETTER * len(text), set[int]()
    for word in query.split():
        found = _as_it_stands(word, text) or _scattered(word, text)
        if found is None:
            return None
        score += found.score
        places.update(found.places)
    return Match(score, tuple(sorted(places)))


def _as_it_stands(word: str, text: str) -> Match | None:
    best: Match | None = None
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        begins = at == 0 or not text[at - 1].isalnum()
        ends = end == len(text) or not text[end].isalnum()
        score = _INSIDE if not begins else _WHOLE if ends else _BEGINNING
        if best is None or score > best.score:
            best = Match(score, tuple(range(at, end)))
        at = text.find(word, at + 1)
    return best


def _scattered(word: str, text: str) -> Match | None:
    """Find letters one after the other, at beginnings of words where they can be; too many jumps are none."""
    places: list[int] = []
    for letter in word:
        after = places[-1] + 1 if places else 0
        if places and text[after : after + 1] == letter:
            places.append(after)
            continue
        at = _beginning(letter, text, after)
        if at < 0:
            at = text.find(letter, after)
        if at < 0:
            return None
        places.append(at)
    jumps = sum(later - sooner > 1 for sooner, later in pairwise(places))
    if jumps > _MOST_JUMPS:
        return None
    return Match(_SCATTERED - _JUMP * jumps, tuple(places))


def _beginning(letter: str, text: str, start: int) -> int:
    at = text.find(letter, start)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(letter, at + 1)
    return at
