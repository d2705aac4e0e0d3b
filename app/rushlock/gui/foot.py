"""The window's foot: what runs, a word for a while, how the files add up, the list of jobs."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QMainWindow

from rushlock.gui.jobs import Jobs
from rushlock.gui.jobs_history import JobsHistory
from rushlock.gui.jobs_list import JobsButton
from rushlock.gui.jobs_strip import JobsStrip

_MESSAGE_MS = 8000


class Foot(QObject):
    """What stands in a main window's status bar.

    Attributes:
        strip: The running job.
        message: A word to the user, for a while.
        summary: How the files add up.
        history: What ran in this session.
        jobs_list: Opens the list of jobs.
    """

    def __init__(self, window: QMainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self.strip = JobsStrip(window)
        self.summary = QLabel(window)
        self.summary.setObjectName("muted")
        self.summary.setContentsMargins(8, 2, 10, 2)
        self.history = JobsHistory(jobs, self)
        self.jobs_list = JobsButton(self.history, window)
        self.message = QLabel(window)
        self.message.setContentsMargins(10, 2, 8, 2)
        self._message_end = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._message_end.timeout.connect(self.message.clear)
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.strip, 1)
        bar.addWidget(self.message)
        bar.addPermanentWidget(self.summary)
        bar.addPermanentWidget(self.jobs_list)
        jobs.began.connect(self.message.clear)
        jobs.began.connect(self.strip.begin)
        jobs.progressed.connect(self.strip.step)
        jobs.stopping.connect(self.strip.stopping)
        jobs.ended.connect(self.strip.end)
        self.strip.cancel_asked.connect(jobs.cancel)

    def say(self, text: str) -> None:
        """Show a word for a while."""
        self.message.setText(text)
        self._message_end.start()
