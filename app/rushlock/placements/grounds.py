"""What placements rest on, kept beside them: from it they are settled anew without hearing or seeing."""

from dataclasses import dataclass, field

from rushlock.offsets.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that a run knows when it places.

    Attributes:
        estimates: Judged pairs.
        unheard: Why a clip's sound could not place it, by clip key, empty where it is good; has an entry for
            each clip of the run.
    """

    estimates: tuple[Estimate, ...] = ()
    unheard: dict[str, str] = field(default_factory=dict)
