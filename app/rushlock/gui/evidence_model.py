"""Item model of one clip's evidence: what speaks for and against its placement, strongest first."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from rushlock.gui import words
from rushlock.gui.icons import icon
from rushlock.gui.rows_model import Column, RowsModel
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.words import tr
from rushlock.placements.sync_map import Evidence


class EvidenceModel(RowsModel[Evidence]):
    """A row for each piece of evidence."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(tr("evidence", "What it says"), lambda evidence: evidence.words, sign=_sign),
                Column(tr("evidence", "Off by"), self._off_by),
                Column(tr("evidence", "Chance"), lambda one: words.chance_label(one.probability)),
                Column(tr("evidence", "Verdict"), _verdict),
            ),
            parent,
        )
        self._shoot = Shoot()

    def show(self, row: Row | None, shoot: Shoot) -> None:
        """Show the evidence of another clip."""
        self._shoot = shoot
        self.show_rows(() if row is None or row.placement is None else row.placement.evidence)

    def tip(self, row: Evidence) -> str:
        """Return a piece of evidence in full."""
        return f"{row.kind}: {row.words}"

    def _off_by(self, evidence: Evidence) -> str:
        return "" if evidence.offset is None else words.gap_label(evidence.residual, self._shoot.rate)


def _sign(evidence: Evidence) -> QIcon:
    return icon("check" if evidence.used else "close")


def _verdict(evidence: Evidence) -> str:
    return tr("evidence", "used") if evidence.used else tr("evidence", "contradicts, thrown out")
