"""What needs a person, worst first: a frozen list free of Qt, made anew from every snapshot.

*Worst* is the chance of being wrong times what hangs on it: the clip's own seconds, and those of the clips
whose strongest evidence it is, for they go where it goes. First come contradictions: another clip, or what
was found of the clip's camera, speaks against its place. Clips without a place come after all doubtful ones,
the longest first: nobody is misled by them.

A clip counts as reviewed once something was decided about it that the run had left in doubt or unplaced; the
decision remembers that (``Decision.was``), so the count survives closing and syncing anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing
from rushlock.placements.sync_map import Evidence, Finding, Status

_SPEAKS_UP = 0.5
"""Evidence this likely that was thrown out contradicts."""

_NEEDED_A_PERSON = (Status.REVIEW.value, Status.UNSYNCED.value)


@dataclass(frozen=True, slots=True)
class Item:
    """A clip that needs a person, or has met one.

    Attributes:
        row: The clip.
        against: What contradicts its place, in words; empty where nothing does.
        hanging: Clips whose strongest evidence it is.
        risk: Seconds of material expected to lie wrong if it is left alone.
        reviewed: Whether something was decided about it.
    """

    row: Row
    against: str = ""
    hanging: int = 0
    risk: float = 0.0
    reviewed: bool = False

    @property
    def key(self) -> str:
        """Clip key."""
        return self.row.key


@dataclass(frozen=True, slots=True)
class Queue:
    """All of them: those to do, worst first, then those done.

    Attributes:
        items: To do first.
        done: How many are reviewed.
    """

    items: tuple[Item, ...] = ()
    done: int = 0

    @property
    def open(self) -> tuple[Item, ...]:
        """Those to do, worst first."""
        return self.items[: len(self.items) - self.done]

    def after(self, key: str, step: int = 1) -> str:
        """Return the key of the open clip that follows one in the list, or precedes it for a step of -1.

        A clip that is not open leads to the worst one; the last leads to the first.
        """
        keys = [item.key for item in self.open]
        if not keys:
            return ""
        if key not in keys:
            return keys[0] if step > 0 else keys[-1]
        return keys[(keys.index(key) + step) % len(keys)]

    def holds(self, key: str) -> bool:
        """Return whether a clip is to be reviewed."""
        return any(item.key == key for item in self.open)


def queue_of(shoot: Shoot) -> Queue:
    """Return what needs a person in a shoot."""
    hanging = _hanging(shoot.rows)
    findings = {finding.camera: finding for finding in shoot.findings}
    doubtful = [_item(row, hanging, findings) for row in shoot.rows if row.standing is Standing.REVIEW]
    unplaced = [_item(row, hanging, findings) for row in shoot.rows if homeless(row)]
    done = [Item(row, reviewed=True) for row in shoot.rows if _reviewed(row)]
    doubtful.sort(key=lambda item: (not item.against, -item.risk, item.row.clip.name))
    unplaced.sort(key=lambda item: (-item.row.clip.duration, item.row.clip.name))
    return Queue((*doubtful, *unplaced, *done), len(done))


def _reviewed(row: Row) -> bool:
    return row.decision is not None and row.decision.was in _NEEDED_A_PERSON


def homeless(row: Row) -> bool:
    """Return whether no place was found for a clip, and nobody has said anything of it yet."""
    return row.standing is Standing.UNSYNCED and row.decision is None


def _item(row: Row, hanging: Mapping[str, list[Row]], findings: Mapping[str, Finding]) -> Item:
    own = hanging.get(row.key, [])
    stake = float(row.clip.duration) + sum(float(other.clip.duration) for other in own)
    chance = 0.0 if row.placement is None else row.placement.confidence
    against = _against(row, findings.get(row.clip.camera))
    return Item(row, against, len(own), (1.0 - chance) * stake)


def _against(row: Row, finding: Finding | None) -> str:
    """Return what contradicts a clip's place, in words."""
    evidence = () if row.placement is None else row.placement.evidence
    loud = [e for e in evidence if not e.used and e.probability > _SPEAKS_UP]
    if loud:
        return max(loud, key=lambda e: e.probability).words
    by_label = any(e.used and e.kind == "timecode" for e in evidence)
    return finding.words if finding is not None and by_label else ""


def _hanging(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """Return the clips whose strongest evidence names a clip, by its key."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        evidence = () if row.placement is None else row.placement.evidence
        best = max((e for e in evidence if e.used and e.other), key=_strength, default=None)
        if best is not None:
            found[best.other].append(row)
    return found


def _strength(evidence: Evidence) -> float:
    return evidence.probability
