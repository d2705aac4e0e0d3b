"""The decks of the clips in view: opened when first wanted, closed when no longer.

PyAV is loaded by a thread: the first clip looked at shall not stop the window.
"""

import os
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rushlock.media.clip import Clip

if TYPE_CHECKING:
    from rushlock.media.playing.deck import Deck
    from rushlock.media.playing.footage import Footage
    from rushlock.media.playing.light import LightCopies

BUDGET_BYTES = 384 * 2**20
"""For the stills of all decks together."""

_MOST_THREADS = 4

Box = tuple[int, int]


class Decks:
    """Decks by clip key."""

    def __init__(self, light: "Callable[[], LightCopies | None]", hardware: Callable[[], bool]) -> None:
        """Set up.

        Args:
            light: Where light copies are kept, None: nowhere.
            hardware: Whether the graphics card may decode.
        """
        self._light, self._hardware = light, hardware
        self._open: dict[str, Deck] = {}
        self._wanted: dict[str, tuple[Clip, Box]] = {}
        self._leaving: list[Deck] = []
        self._loading: threading.Thread | None = None
        self._loaded = False

    def want(self, clips: Mapping[str, tuple[Clip, Box]]) -> None:
        """Have decks for exactly these clips, with the size each is shown at."""
        self._wanted = {key: wanted for key, wanted in clips.items() if wanted[0].picture is not None}
        for key in [key for key in self._open if key not in self._wanted]:
            self._part(self._open.pop(key))
        if self._wanted and not self._loaded and self._loading is None:
            self._loading = threading.Thread(target=self._load, name="player", daemon=True)
            self._loading.start()
        for key, deck in self._open.items():
            deck.fit(self._wanted[key][1])

    def deck(self, key: str) -> "Deck | None":
        """Return a clip's deck; None: it has no picture or cannot be opened yet."""
        if key not in self._open and key in self._wanted and self._loaded:
            self._open[key] = self._opened(*self._wanted[key])
        return self._open.get(key)

    def all_settled(self) -> bool:
        """Whether no deck has anything to do until it is aimed elsewhere."""
        return all(key in self._open and self._open[key].settled for key in self._wanted)

    def show_light(self, key: str) -> None:
        """Have a deck read the light copies that there are by now."""
        copies = self._light()
        if copies is not None and key in self._open:
            self._open[key].show(self._footage(self._wanted[key][0]))

    def close(self) -> None:
        """Close all."""
        for deck in self._open.values():
            self._part(deck)
        self._open, self._wanted = {}, {}

    def wait(self) -> None:
        """Block until all threads of closed decks are gone."""
        for deck in self._leaving:
            deck.close(wait=True)
        self._leaving.clear()
        if self._loading is not None:
            self._loading.join()

    def _part(self, deck: "Deck") -> None:
        deck.close()
        self._leaving = [other for other in self._leaving if not other.closed]
        self._leaving.append(deck)

    def _load(self) -> None:
        import rushlock.media.playing.deck
        import rushlock.media.playing.light  # noqa: F401

        self._loaded = True

    def _opened(self, clip: Clip, box: Box) -> "Deck":
        from rushlock.media.playing.deck import Deck

        count = len(self._wanted)
        threads = max(1, min((os.cpu_count() or 1) // count, _MOST_THREADS))
        budget = BUDGET_BYTES // max(count, 2)
        footage = self._footage(clip)
        return Deck(footage, box, threads=threads, budget=budget, hardware=self._hardware())

    def _footage(self, clip: Clip) -> "Footage":
        from rushlock.media.playing.footage import Footage

        copies = self._light()
        footage = Footage.of(clip)
        return footage if copies is None else copies.known(footage)
