"""What the other cameras say of a lag: a row for each, agreement by sign and word, one sentence for all."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from rushlock.gui.compare import wording
from rushlock.gui.compare.loops import AGREE_S
from rushlock.gui.icons import icon
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.shoot import Shoot
from rushlock.gui.words import chance_label, tr
from rushlock.pipeline.pair_view.hearing import CLEAR
from rushlock.pipeline.pair_view.question import Loop

_LIKELY = 0.3


class ThirdsModel(RowsModel[Loop]):
    """A row for each third clip that tells of the pair."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(tr("thirds", "By way of"), self._name, sign=self._sign),
                Column(tr("thirds", "Off by"), self._off_by),
                Column(tr("thirds", "Chance"), _how),
                Column(
                    tr("thirds", "Puts it at"), lambda loop: wording.signed_timecode(loop.lag, self._shoot)
                ),
                Column(tr("thirds", "Verdict"), self._verdict),
            ),
            parent,
        )
        self._shoot = Shoot()
        self._lag = 0.0

    def show(self, loops: Sequence[Loop], shoot: Shoot) -> None:
        """Show other loops."""
        self._shoot = shoot
        self.show_rows(loops)

    def show_lag(self, lag: float) -> None:
        """Compare with another lag."""
        self._lag = lag
        self.retell()

    @property
    def sentence(self) -> str:
        """What they say together; who hardly hears anything is not asked."""
        telling = [loop for loop in self.rows if tells(loop)]
        agreeing = [self._name(loop) for loop in telling if self.agrees(loop)]
        return wording.thirds_sentence(agreeing, [self._name(o) for o in telling if not self.agrees(o)])

    def agrees(self, loop: Loop) -> bool:
        """Return whether a loop is within a frame of the lag."""
        return abs(loop.lag - self._lag) <= AGREE_S

    def tip(self, row: Loop) -> str:
        """Return all that is said of a loop."""
        return ", ".join(column.text(row) for column in self.columns)

    def spoken(self, row: Loop) -> str:
        """Return the same."""
        return self.tip(row)

    def _sign(self, loop: Loop) -> QIcon:
        if not tells(loop):
            return icon("waiting")
        return icon("check" if self.agrees(loop) else "close")

    def _off_by(self, loop: Loop) -> str:
        return wording.away_label(loop.lag - self._lag, self._shoot)

    def _verdict(self, loop: Loop) -> str:
        if not tells(loop):
            return tr("thirds", "too weak to tell")
        return tr("thirds", "agrees") if self.agrees(loop) else tr("thirds", "says otherwise")

    def _name(self, loop: Loop) -> str:
        row = self._shoot.by_key.get(loop.clip)
        return loop.clip if row is None else row.clip.name


def tells(loop: Loop) -> bool:
    """Return whether a loop is strong enough to be counted."""
    return loop.height >= CLEAR if math.isnan(loop.chance) else loop.chance >= _LIKELY


def _how(loop: Loop) -> str:
    return wording.strength_word(loop.height) if math.isnan(loop.chance) else chance_label(loop.chance)
