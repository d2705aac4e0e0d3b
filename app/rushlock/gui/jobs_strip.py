"""The strip at the window's foot: what runs, how far, how fast, how long still, and a way to stop it."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from rushlock.base.pace import Pace
from rushlock.base.progress import Progress
from rushlock.gui.icons import icon

_STEPS = 1000  # of the progress bar


class JobsStrip(QWidget):
    """Shows one running job.

    Signals:
        cancel_asked: The user pressed Cancel.
    """

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace = Pace()
        self._stage = ""
        self._what = QLabel(self)
        self._what.setAccessibleName(self.tr("Running job"))
        self._item = QLabel(self)
        self._item.setObjectName("muted")
        self._item.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(220)
        self.bar.setAccessibleName(self.tr("Progress"))
        self._speed = QLabel(self)
        self._speed.setObjectName("muted")
        self._cancel = QToolButton(self)
        self._cancel.setIcon(icon("cancel"))
        self._cancel.setObjectName("flat")
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._cancel.setToolTip(self.tr("Stop what runs (Esc)"))
        self._cancel.setAccessibleName(self.tr("Cancel the running job"))
        self._cancel.clicked.connect(self.cancel_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 4, 3)
        row.setSpacing(10)
        row.addWidget(self._what)
        row.addWidget(self.bar)
        row.addWidget(self._speed)
        row.addWidget(self._item, 1)
        row.addWidget(self._cancel)
        self.hide()

    def begin(self, what: str) -> None:
        """Show that a job started."""
        self._pace, self._stage = Pace(), ""
        self._what.setText(what)
        self._item.clear()
        self._speed.clear()
        self.bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self.show()

    def stopping(self) -> None:
        """Show that the job was asked to stop."""
        self._what.setText(self.tr("Stopping…"))
        self._cancel.setEnabled(False)

    def end(self) -> None:
        """Show that nothing runs."""
        self.hide()

    def step(self, progress: Progress) -> None:
        """Show how far the job is."""
        if not self._cancel.isEnabled():
            return
        if progress.stage != self._stage:
            self._stage, self._pace = progress.stage, Pace()
        self._pace.note(time.monotonic(), progress.done)
        self._what.setText(progress.stage)
        self._item.setText(progress.item.replace("\n", "⏎"))
        self._speed.setText(self._speed_text(progress))
        self.bar.setRange(0, _STEPS if progress.total > 0 else 0)
        if progress.total > 0:
            self.bar.setValue(round(_STEPS * min(progress.done / progress.total, 1.0)))

    def _speed_text(self, progress: Progress) -> str:
        parts = [f"{progress.done:,.0f}"]
        if progress.total > 0:
            parts = [self.tr("{done} of {total}").format(done=parts[0], total=f"{progress.total:,.0f}")]
        parts[0] += f" {progress.unit}"
        speed = self._pace.per_second
        if speed is not None:
            parts.append(self.tr("{speed} a second").format(speed=f"{speed:,.1f}"))
        left = self._pace.seconds_left(progress.done, progress.total)
        if left is not None and progress.done < progress.total:
            parts.append(self._time_left(left))
        return " · ".join(parts)

    def _time_left(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("{seconds} s left").format(seconds=max(round(seconds), 1))
        minutes = round(seconds / 60)
        if minutes < 60:
            return self.tr("{minutes} min left").format(minutes=minutes)
        return self.tr("{hours} h {minutes:02} min left").format(hours=minutes // 60, minutes=minutes % 60)
