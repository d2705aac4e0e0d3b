"""Where a clip lies, typed: its start on the shoot's clock, or a timecode that equals one of the master's."""

from fractions import Fraction

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode, TimecodeError
from rushlock.gui import words
from rushlock.gui.considered import own_time
from rushlock.gui.review.placing import clock_of, lag_of_marks
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.theme import digits_font

_DAY_S = 86400

_NEAR_S = 2.0  # what is farther is told as timecode


class TimecodeDialog(QDialog):
    """Asks for the place of ``node``; says below at once what that would come to.

    Attributes:
        lag: Node's start minus master's start, seconds on the master's clock; None while what is typed is no
            place.
    """

    def __init__(self, node: Row, master: Row, shoot: Shoot, parent: QWidget) -> None:
        super().__init__(parent)
        self._node, self._master, self._shoot = node, master, shoot
        self.lag: float | None = None
        self.setWindowTitle(self.tr("Set by timecode: {clip}").format(clip=node.clip.name))
        self.by_start = QRadioButton(self.tr("It starts at"), self)
        self.by_match = QRadioButton(self.tr("Its timecode"), self)
        self.start = self._field(_first_start(node, master, shoot), self.tr("Start on the shoot's clock"))
        self.own = self._field(_label(node), self.tr("Timecode in the clip"))
        self.other = self._field(_label(master), self.tr("Timecode in the clip it is held against"))
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setMinimumWidth(380)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        placed = clock_of(master) is not None
        self.by_start.setEnabled(placed)
        self.start.setEnabled(placed)
        (self.by_start if placed else self.by_match).setChecked(True)
        for button in (self.by_start, self.by_match):
            button.toggled.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.addWidget(self.by_start, 0, 0)
        grid.addWidget(self.start, 0, 1)
        grid.addWidget(self._muted(self.tr("on the shoot's clock, {rate} fps"), self._shoot.rate), 0, 2)
        grid.addWidget(self.by_match, 1, 0)
        grid.addWidget(self.own, 1, 1)
        grid.addWidget(self._muted("{rate} fps", _rate(self._node, self._shoot)), 1, 2)
        equals = QLabel(self.tr("equals {clip}'s").format(clip=self._master.clip.name), self)
        grid.addWidget(equals, 2, 0)
        grid.addWidget(self.other, 2, 1)
        grid.addWidget(self._muted("{rate} fps", _rate(self._master, self._shoot)), 2, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(14)
        column.addLayout(grid)
        column.addWidget(self._said)
        column.addWidget(self._buttons)

    def _muted(self, text: str, rate: FrameRate) -> QLabel:
        label = QLabel(text.format(rate=rate), self)
        label.setObjectName("muted")
        return label

    def _field(self, text: str, name: str) -> QLineEdit:
        field = QLineEdit(text, self)
        field.setFont(digits_font(field.font()))
        field.setAccessibleName(name)
        field.setToolTip(self.tr("Write 10:00:00:00, or 10:00:00;00 for drop-frame"))
        field.textEdited.connect(self._follow)
        return field

    def _follow(self) -> None:
        by_start = self.by_start.isChecked()
        self.start.setEnabled(by_start)
        self.own.setEnabled(not by_start)
        self.other.setEnabled(not by_start)
        try:
            self.lag = self._typed_start() if by_start else self._typed_match()
            self._said.setText(self._come_to(self.lag))
        except TimecodeError as error:
            self.lag = None
            self._said.setText(str(error))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.lag is not None)

    def _typed_start(self) -> float:
        ground = clock_of(self._master)
        if ground is None:
            raise TimecodeError(self.tr("The other clip has no place yet"))
        rate, drop = self._shoot.rate, self._shoot.drop or None
        typed = Timecode.parse(self.start.text().strip().lstrip("+"), rate, drop)
        placement = self._master.placement
        if placement is not None and self._shoot.is_time_of_day(placement.group):
            typed = _of_the_day(typed, Timecode(rate.frame_at(ground.at(0.0)), rate, typed.drop))
        return own_time(ground, float(typed.seconds))

    def _typed_match(self) -> float:
        node, master = self._node, self._master
        own = clip_time(node, self.own.text(), self._shoot)
        other = clip_time(master, self.other.text(), self._shoot)
        return lag_of_marks(master, float(other), node, float(own))

    def _come_to(self, lag: float) -> str:
        """Return in words where the clip would lie."""
        ground, group = clock_of(self._master), None
        if self._master.placement is not None:
            group = self._master.placement.group
        if ground is None:
            return self.tr("The two begin a group of their own.")
        start = ground.at(lag)
        place = words.clock_label(start, self._shoot, group)
        text = self.tr("It would start at {place}").format(place=place)
        own_group = None if self._node.placement is None else self._node.placement.group
        if self._node.start is None or own_group != group:
            return text + "."
        return f"{text}, {self._far(start - self._node.start)}."

    def _far(self, seconds: float) -> str:
        if abs(seconds) < _NEAR_S:
            far = words.gap_label(seconds, self._shoot.rate)
            return self.tr("{far} from where it is").format(far=far)
        far = words.timecode_label(abs(seconds), self._shoot.rate)
        later = self.tr("{far} later than it is") if seconds > 0 else self.tr("{far} earlier than it is")
        return later.format(far=far)


def clip_time(row: Row, text: str, shoot: Shoot) -> Fraction:
    """Return the clip time in seconds of a timecode in a clip; across midnight it goes on.

    A clip without timecode counts from 00:00:00:00 at its first frame.

    Raises:
        TimecodeError: No such timecode at the clip's rate, or it is far outside the clip.
    """
    first = row.clip.timecode or Timecode(0, _rate(row, shoot))
    typed = Timecode.parse(text, first.rate, first.drop or None)
    away = first.rate.seconds_of(typed.frames - first.frames)
    day = first.rate.seconds_of(first.frames_per_day)
    if away + day <= row.clip.duration:
        away += day
    if not -day / 24 <= away <= row.clip.duration + day / 24:
        raise TimecodeError(
            words.tr("timecode", "{label} is not in {clip}").format(label=text, clip=row.clip.name)
        )
    return away


def _of_the_day(typed: Timecode, near: Timecode) -> Timecode:
    """Return a time of day on whichever day is nearest to another one; a count beyond a day is meant so."""
    if typed.days:
        return typed
    return typed + round((near.frames - typed.frames) / typed.frames_per_day) * typed.frames_per_day


def _rate(row: Row, shoot: Shoot) -> FrameRate:
    return row.clip.timecode.rate if row.clip.timecode is not None else row.clip.rate or shoot.rate


def _label(row: Row) -> str:
    return "00:00:00:00" if row.clip.timecode is None else str(row.clip.timecode.wrapped())


def _first_start(node: Row, master: Row, shoot: Shoot) -> str:
    """Return where a clip lies, else where the one begins that it is held against: midnight is far away."""
    row = master if node.start is None else node
    group = None if row.placement is None else row.placement.group
    return words.clock_label(row.start or 0.0, shoot, group).removeprefix("+")
