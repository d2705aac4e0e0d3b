"""What the palette offers: every command that can be given now, every camera, every clip."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QIcon

from rushlock.gui import words
from rushlock.gui.icons import icon, standing_icon
from rushlock.gui.menu_walk import Listed, keys_text, plain
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.words import tr


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be run or chosen.

    Attributes:
        title: What is searched and shown.
        where: Of what it is part: a menu, a camera; searched as well, after the title.
        keys: What does the same without the palette.
        sign: Makes its icon; asked only for what is shown.
        run: Does it.
    """

    title: str
    where: str
    keys: str
    sign: Callable[[], QIcon]
    run: Callable[[], object]

    @property
    def searched(self) -> str:
        """What a query is held against."""
        return f"{self.title} {self.where}".casefold()


def commands(listed: Iterable[Listed]) -> Iterator[Entry]:
    """Yield commands that can be given now."""
    for each in listed:
        if each.action.isEnabled() and each.action.isVisible():
            yield _command(each)


def of_shoot(shoot: Shoot, choose: Callable[[list[str]], object]) -> Iterator[Entry]:
    """Yield cameras, then clips; running one chooses it."""
    cameras: dict[str, list[Row]] = {}
    for row in shoot.rows:
        cameras.setdefault(row.clip.camera, []).append(row)
    for name, rows in cameras.items():
        yield _camera(name, rows, choose)
    for row in shoot.rows:
        yield _clip(row, choose)


def _command(listed: Listed) -> Entry:
    action = listed.action
    return Entry(
        plain(action.text()), " · ".join(listed.menu), keys_text(action), action.icon, action.trigger
    )


def _camera(name: str, rows: list[Row], choose: Callable[[list[str]], object]) -> Entry:
    kind = "recorder" if all(row.clip.picture is None for row in rows) else "camera"
    keys = [row.key for row in rows]
    where = f"{tr('palette', 'Camera')} · {words.amount_of_clips(len(rows))}"
    return Entry(name, where, "", lambda: icon(kind), lambda: choose(keys))


def _clip(row: Row, choose: Callable[[list[str]], object]) -> Entry:
    where = f"{row.clip.camera} · {words.standing_word(row.standing)}"
    return Entry(row.clip.name, where, "", lambda: standing_icon(row.standing), lambda: choose([row.key]))
