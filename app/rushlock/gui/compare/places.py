"""The places of a pair as a list: number, lag, chance, margin; choosing one looks at it."""

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from rushlock.gui.compare import wording
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.shoot import Shoot
from rushlock.gui.words import tr
from rushlock.pipeline.pair_view.ballot import Place

SAME_S = 0.02
"""A lag nearer than half a frame to a place is at it."""


class PlacesModel(RowsModel[Place]):
    """A row for each place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(
                    tr("places", "Key"),
                    lambda place: str(self._number(place)),
                    hint=tr("places", "Press this key to look at the place"),
                ),
                Column(
                    tr("places", "Lag"),
                    lambda place: wording.signed_timecode(place.offset, self._shoot),
                    hint=tr("places", "The node's start after the master's start"),
                ),
                Column(
                    tr("places", "Chance"),
                    wording.place_chance,
                    hint=tr("places", "Calibrated chance of being right, all methods together"),
                ),
                Column(
                    tr("places", "Height"),
                    lambda place: wording.height_label(place.height),
                    hint=tr("places", "Height of the lag curve, in units of what chance reaches"),
                ),
                Column(
                    tr("places", "Margin"),
                    lambda place: wording.margin_label(place.margin),
                    hint=tr("places", "Height above the best place elsewhere"),
                ),
                Column(
                    tr("places", "From here"),
                    self._away,
                    hint=tr("places", "How far it is from the lag you look at"),
                ),
            ),
            parent,
        )
        self._shoot = Shoot()
        self._lag = 0.0

    def show(self, places: tuple[Place, ...], shoot: Shoot) -> None:
        """Show other places."""
        self._shoot = shoot
        self.show_rows(places)

    def show_lag(self, lag: float) -> None:
        """Say how far each is from the lag under consideration."""
        self._lag = lag
        self.retell()

    def number_at(self, lag: float) -> int | None:
        """Return the place at a lag, None where it is at none."""
        near = [(abs(p.offset - lag), n) for n, p in enumerate(self.rows)]
        distance, number = min(near, default=(SAME_S + 1, 0))
        return number if distance <= SAME_S else None

    def tip(self, row: Place) -> str:
        """Return a place in one sentence."""
        methods = ", ".join(wording.method_word(m) for m in row.methods)
        parts = [
            tr("places", "Place {number}").format(number=self._number(row)),
            wording.lag_label(row.offset, self._shoot),
            wording.place_chance(row),
            methods,
        ]
        return " · ".join(part for part in parts if part)

    def spoken(self, row: Place) -> str:
        """Return the same."""
        return self.tip(row)

    def look(self, row: Place, column: int, role: int) -> Any:  # noqa: ANN401 - what the role asks for
        """Set the place that is looked at in bold."""
        if role != Qt.ItemDataRole.FontRole or abs(row.offset - self._lag) > SAME_S:
            return None
        font = QFont()
        font.setBold(True)
        return font

    def _number(self, place: Place) -> int:
        return self.rows.index(place) + 1

    def _away(self, place: Place) -> str:
        away = place.offset - self._lag
        if abs(away) < 0.0005:
            return tr("places", "here")
        return wording.away_label(away, self._shoot)
