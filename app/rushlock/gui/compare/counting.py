"""How the pair view's axes write their times: the shoot's, or each clip's own timecode."""

from rushlock.gui.compare.plots import Counting
from rushlock.gui.shoot import Row, Shoot


def countings(
    master: Row, node: Row, lag: float, shoot: Shoot, timecode: bool
) -> tuple[Counting, Counting, Counting]:
    """Return how master's clip time, node's clip time and lags are written.

    In the shoot's time the node's axis is that of the lag under consideration: where the two are held
    together, both axes say the same.
    """
    lags = Counting(frames=shoot.rate, sign=True)
    if timecode:
        return _by_timecode(master, shoot), _by_timecode(node, shoot), lags
    clock = None if master.placement is None else master.placement.clock
    group = None if master.placement is None else master.placement.group
    start, rate = (0.0, 1.0) if clock is None else (clock.start, clock.rate)
    sign = not shoot.is_time_of_day(group)
    of_master = Counting(start, rate, shoot.rate, shoot.drop, sign)
    return of_master, Counting(start + rate * lag, rate, shoot.rate, shoot.drop, sign), lags


def _by_timecode(row: Row, shoot: Shoot) -> Counting:
    """Return a clip's own timecode; without one, its clip time from 0."""
    label = row.clip.timecode
    if label is None:
        return Counting(frames=row.clip.rate or shoot.rate, sign=True)
    return Counting(float(label.seconds), 1.0, label.rate, label.drop)
