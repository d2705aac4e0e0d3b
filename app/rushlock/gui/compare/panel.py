"""The pair view as one panel: what is asked, what there is to see in words, and all its drawings in step."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from rushlock.base.progress import Progress
from rushlock.base.settings import Settings
from rushlock.gui.compare import wording
from rushlock.gui.compare.asking import Asking, Compare, pipeline_compare
from rushlock.gui.compare.counting import countings
from rushlock.gui.compare.loops import all_loops, known_loops
from rushlock.gui.compare.parts import PairViews
from rushlock.gui.considered import Considered, own_time
from rushlock.gui.peaks import Peaks
from rushlock.gui.playhead import Playhead
from rushlock.gui.shoot import Shoot
from rushlock.gui.side_job import SideJob
from rushlock.pipeline.pair_view.ballot import MOST_PLACES, NO_CURVE, Ballot
from rushlock.pipeline.pair_view.question import Comparison, NetSide

_WORTH_A_LINE = 0.05


class ComparePanel(PairViews):
    """Shows the pair in hand.

    Signals:
        said: A word for the foot of the window.
    """

    said = Signal(str)

    def __init__(
        self,
        considered: Considered,
        playhead: Playhead,
        peaks: Peaks | None,
        settings: Callable[[], Settings],
        parent: QWidget | None = None,
        compare: Compare = pipeline_compare,
    ) -> None:
        super().__init__(peaks, parent)
        self._considered, self._playhead = considered, playhead
        self._shoot, self._timecode = Shoot(), False
        self._drawn_pair: tuple[str, str] | None = None
        self.asking = Asking(considered, compare, settings, self)
        self._connect()
        self._show_pair()

    def show_shoot(self, shoot: Shoot) -> None:
        """Show the pair as another snapshot knows it."""
        self._shoot = shoot
        self.asking.show_shoot(shoot)
        self._show_pair()

    def stop(self) -> None:
        """Stop what is computed for this view (closing the window)."""
        for job in self._jobs:
            job.stop()

    def wait(self) -> None:
        """Block until no thread runs."""
        for job in self._jobs:
            job.wait()

    def actions_of(self, window: QWidget) -> list[QAction]:
        """Return what a menu offers of this view; digits take places."""
        from rushlock.gui.actions import make_action, separator

        tr, made = self.tr, []
        for text, keys, slot in (
            (tr("&Best place"), "B", lambda: self.take_place(0)),
            (tr("Back to where it is &placed"), "Shift+B", self._considered.reset),
            (tr("Heatmap to the &diagonal"), "Shift+D", self._follow),
            (tr("&Whole heatmap"), "Shift+H", self.heatmap.fit),
            (tr("Compare &again"), "Shift+F5", self.asking.again),
        ):
            action = make_action(window, text, keys=keys)
            action.triggered.connect(lambda _=False, slot=slot: slot())
            made.append(action)
        made.append(separator(window))
        for number in range(MOST_PLACES):
            action = make_action(window, tr("Place {number}").format(number=number + 1), keys=str(number + 1))
            action.triggered.connect(lambda _=False, number=number: self.take_place(number))
            made.append(action)
        return made

    def take_place(self, number: int) -> None:
        """Look at the pair at a place, by its number from 0."""
        places = self.places.rows
        if number < len(places):
            self._considered.consider(places[number].offset)
            self.said.emit(self.places.spoken(places[number]))

    def showEvent(self, event: QShowEvent) -> None:
        """Compare as soon as somebody looks."""
        super().showEvent(event)
        self._offer_networks()
        self.asking.look(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Compare nothing for nobody."""
        super().hideEvent(event)
        self.asking.look(False)
        self.stop()

    def _connect(self) -> None:
        considered, asking = self._considered, self.asking
        considered.pair_changed.connect(self._show_pair)
        considered.lag_changed.connect(self._show_lag)
        self._playhead.moved.connect(self._show_moment)
        self.chooser.partner_chosen.connect(considered.against)
        self.chooser.modality_chosen.connect(asking.ask_for)
        self.chooser.metric_chosen.connect(lambda _: self._draw_matrix(keep_view=True))
        self.chooser.timecode_chosen.connect(self._count_timecode)
        self._reset.clicked.connect(considered.reset)
        for view in (self.heatmap, self.curve, self.votes):
            view.lag_dragged.connect(considered.consider)
        self.curve.place_chosen.connect(self.take_place)
        self.places_table.activated.connect(lambda index: self.take_place(index.row()))
        self.places_table.clicked.connect(lambda index: self.take_place(index.row()))
        for seer in (self.heatmap, self.waves):
            seer.looked_at.connect(self._point)
        self.heatmap.tiles.arrived.connect(lambda: self.scale.show_ends(self.heatmap.ends))
        asking.answered.connect(self._show_comparison)
        asking.cleared.connect(self._clear)
        asking.began.connect(lambda: self._busy(True))
        asking.ended.connect(lambda: self._busy(False))
        asking.progressed.connect(self._step)
        asking.failed.connect(self._fail)

    @property
    def _jobs(self) -> tuple[SideJob, ...]:
        return self.asking.job, self.heatmap.tiles.job, self.waves.reading

    # Showing.

    def _show_pair(self) -> None:
        considered = self._considered
        master, node = considered.master, considered.node
        self.chooser.show_partners(considered.partners, master)
        self.waves.show_pair(
            None if master is None else master.clip, None if node is None else node.clip, considered.lag
        )
        self._count()
        if master is None or node is None:
            self._sentence.setText(
                self.tr("Choose a clip to see it against another.")
                if node is None
                else self.tr("There is no other clip to hold it against.")
            )
        elif self.asking.comparison is not None:
            self._show_thirds(self.asking.comparison)
            self._say(self.asking.comparison)
        self._show_lag()
        self._show_moment()

    def _show_comparison(self, comparison: Comparison) -> None:
        pair = comparison.question.master.key, comparison.question.node.key
        keep, self._drawn_pair = pair == self._drawn_pair, pair
        self._draw_matrix(keep_view=keep)
        ballot = comparison.ballot
        self.curve.show_evidence(comparison.curve, ballot.places, keep_view=keep)
        self.votes.show_ballot(ballot, self._considered.lag, keep_view=keep)
        self.heatmap.show_rivals([p.offset for p in ballot.places if p.chance >= _WORTH_A_LINE])
        self.places.show(ballot.places, self._shoot)
        self._say(comparison)
        self._show_thirds(comparison)
        self._show_lag()

    def _say(self, comparison: Comparison) -> None:
        """Say in words what there is to see, and what is shown instead of what was wished for."""
        self.chooser.choose(comparison.question.modality)
        text = wording.verdict(comparison, self._shoot)
        if comparison.question.modality != self.asking.modality:
            text = f"{wording.instead_words(self.asking.modality, comparison)} {text}"
        self._sentence.setText(text)

    def _show_thirds(self, comparison: Comparison) -> None:
        known = known_loops(self._considered.master, self._considered.node, self._shoot)
        self.thirds.show(all_loops(known, comparison.loops), self._shoot)

    def _draw_matrix(self, *, keep_view: bool) -> None:
        comparison = self.asking.comparison
        matrix = None if comparison is None else comparison.matrix(self.chooser.chosen_metric)
        same = keep_view and self.heatmap.tiles.matrix is not None
        self.heatmap.show_matrix(matrix, keep_view=same)
        self.scale.show_ends(None)
        self.heatmap.show_lag(self._considered.lag, self._considered.lag_in_place)

    def _clear(self) -> None:
        self._drawn_pair = None
        self.heatmap.show_matrix(None, keep_view=False)
        self.heatmap.show_rivals(())
        self.scale.show_ends(None)
        self.curve.show_evidence(NO_CURVE, (), keep_view=False)
        self.votes.show_ballot(Ballot(), 0.0, keep_view=False)
        self.places.show((), self._shoot)
        self.thirds.show((), self._shoot)
        self._sentence.setText("")

    def _show_lag(self) -> None:
        """Bring everything to the lag under consideration; called while it is dragged."""
        considered, comparison = self._considered, self.asking.comparison
        lag, in_place = considered.lag, considered.lag_in_place
        there = considered.node is not None and considered.master is not None
        self._lag.setText(wording.lag_label(lag, self._shoot) if there else "")
        ballot = Ballot() if comparison is None else comparison.ballot
        self._stand.setText(wording.stand_words(lag, in_place, ballot, self._shoot) if there else "")
        back = there and considered.moved and in_place is not None
        if self._reset.isVisibleTo(self) != back:
            self._reset.setVisible(back)
        self._count()
        self.heatmap.show_lag(lag, in_place)
        self.curve.show_lag(lag, in_place)
        self.votes.show_lag(lag)
        self.votes.setAccessibleDescription(self.votes.spoken(lag))
        self.waves.show_lag(lag)
        self.places.show_lag(lag)
        self.thirds.show_lag(lag)
        self._thirds_sentence.setText(self.thirds.sentence if there else "")

    def _show_moment(self) -> None:
        """Mark where the playhead is."""
        master, node = self._considered.master, self._considered.node
        at = None
        place = None if master is None or node is None else master.placement
        if place is not None and place.clock is not None and place.group == self._playhead.group:
            at = own_time(place.clock, self._playhead.seconds)
        self.heatmap.show_moment(at, None if at is None else at - self._considered.lag)
        self.waves.show_moment(at)

    def _point(self, at: float) -> None:
        """Move the playhead to a clip time of the master."""
        master = self._considered.master
        if master is not None and master.placement is not None and master.placement.clock is not None:
            self._playhead.move(master.placement.clock.at(at), master.placement.group)

    def _count(self) -> None:
        """Write the axes as chosen."""
        considered = self._considered
        if considered.master is None or considered.node is None:
            return
        master, node, lag = countings(
            considered.master, considered.node, considered.lag, self._shoot, self._timecode
        )
        self.heatmap.count(master, node)
        self.waves.count(master)
        self.curve.count(lag)
        self.votes.count(lag)

    def _count_timecode(self, timecode: bool) -> None:
        self._timecode = timecode
        self._count()

    def _follow(self) -> None:
        self.heatmap.follow(self._considered.lag)

    def _offer_networks(self) -> None:
        from rushlock.pipeline.pair_view.networks import net_modalities

        nets: list[NetSide] = net_modalities()
        self.chooser.show_modalities(nets)
        self.chooser.choose(self.asking.modality)

    def _busy(self, busy: bool) -> None:
        self._progress.setRange(0, 0 if busy else 1)
        self._progress.setVisible(busy)
        if busy and self.asking.comparison is None:
            self._sentence.setText(self.tr("Comparing…"))

    def _step(self, step: Progress) -> None:
        self._progress.setRange(0, 1000 if step.total else 0)
        self._progress.setValue(round(1000 * step.done / step.total) if step.total else 0)
        if self.asking.comparison is None:
            text = " · ".join(part for part in (step.stage, step.item) if part)
            self._sentence.setText(f"{text}…")

    def _fail(self, why: str) -> None:
        self._sentence.setText(
            self.tr("This pair could not be compared: {why} (Shift+F5 tries again)").format(why=why)
        )
