"""What the pair view is asked to show: against which clip, by what, how measured, in whose time."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from rushlock.gui.compare import wording
from rushlock.gui.shoot import Row
from rushlock.pipeline.pair_view.question import PLAIN, SOUND, Modality, NetSide
from rushlock.similarity.matrix import METRICS, Metric

_MOST_PARTNERS = 300
_LETTERS = 8
_LEAST = 64  # pixels, in a narrow panel


class Chooser(QWidget):
    """Four choices in one row.

    Signals:
        partner_chosen: Hold the node against this clip (its key).
        modality_chosen: Compare by this.
        metric_chosen: Measure likeness so.
        timecode_chosen: Whether axes show each clip's own timecode instead of the shoot's time.
    """

    partner_chosen = Signal(str)
    modality_chosen = Signal(object)
    metric_chosen = Signal(str)
    timecode_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._modalities: list[Modality] = list(PLAIN)
        self.partner = self._combo(
            self.tr("Against"),
            self.tr("The clip that the one in hand is held against; best witness first"),
        )
        self.modality = self._combo(self.tr("By"), self.tr("What is compared"))
        self.measure = self._combo(self.tr("Measure"), self.tr("How likeness is measured"))
        self.time = self._combo(
            self.tr("Time"), self.tr("What the axes show: the shoot's time or own timecode")
        )
        for combo in (self.measure, self.time):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.measure.addItems([{"cosine": self.tr("cosine")}.get(name, name) for name in METRICS])
        self.time.addItems([self.tr("shoot time"), self.tr("timecode")])
        self._lay_out()
        self.show_modalities(())
        self.partner.activated.connect(
            lambda index: self.partner_chosen.emit(str(self.partner.itemData(index)))
        )
        self.modality.activated.connect(lambda index: self.modality_chosen.emit(self._modalities[index]))
        self.measure.activated.connect(lambda index: self.metric_chosen.emit(METRICS[index]))
        self.time.activated.connect(lambda index: self.timecode_chosen.emit(bool(index)))

    @property
    def chosen_metric(self) -> Metric:
        """How likeness is measured."""
        return METRICS[max(self.measure.currentIndex(), 0)]

    def show_partners(self, partners: Sequence[Row], chosen: Row | None) -> None:
        """Offer other clips to be held against."""
        with QSignalBlocker(self.partner):
            self.partner.clear()
            shown = list(partners[:_MOST_PARTNERS])
            if chosen is not None and chosen not in shown:
                shown.insert(0, chosen)
            for row in shown:
                self.partner.addItem(wording.partner_label(row), row.key)
            if chosen is not None:
                self.partner.setCurrentIndex(self.partner.findData(chosen.key))
        self.partner.setEnabled(bool(shown))

    def show_modalities(self, nets: Sequence[NetSide]) -> None:
        """Offer what needs no network, and what the installed networks can show."""
        chosen = self._modalities[max(self.modality.currentIndex(), 0)] if self.modality.count() else SOUND
        self._modalities = [*PLAIN, *nets]
        with QSignalBlocker(self.modality):
            self.modality.clear()
            self.modality.addItems([wording.modality_word(m) for m in self._modalities])
            self.modality.insertSeparator(len(PLAIN)) if nets else None
        if nets:
            self._modalities.insert(len(PLAIN), SOUND)  # stands for the separator, which cannot be chosen
        self.choose(chosen)

    def choose(self, modality: Modality) -> None:
        """Show a modality as the chosen one."""
        with QSignalBlocker(self.modality):
            if modality in self._modalities:
                self.modality.setCurrentIndex(self._modalities.index(modality))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        parts: tuple[tuple[str, QComboBox, int], ...] = (
            (self.tr("against"), self.partner, 1),  # names are long, and are what one looks for
            (self.tr("by"), self.modality, 0),
            ("", self.measure, 0),
            ("", self.time, 0),
        )
        for title, combo, stretch in parts:
            if title:
                label = QLabel(title, self)
                label.setObjectName("muted")
                row.addWidget(label)
            row.addWidget(combo, stretch)

    def _combo(self, name: str, hint: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setAccessibleDescription(hint)
        combo.setToolTip(hint)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_LETTERS)
        combo.setMinimumWidth(_LEAST)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return combo
