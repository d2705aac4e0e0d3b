"""A comparison in sentences and as plain data, for the terminal, the report and scripts."""

from typing import Any

from rushlock.export.comparison import ComparedClip, Comparison, Verdict

VERDICT_WORDS = {
    Verdict.WRONG: "elsewhere",
    Verdict.MISSING: "no place here",
    Verdict.ALONE: "nothing to compare with",
    Verdict.EXTRA: "only here",
    Verdict.LEFT_OUT: "left out",
    Verdict.RIGHT: "within a frame",
}


def summary(comparison: Comparison) -> tuple[str, ...]:
    """Return what came out, a sentence for each thing that there is to say."""
    name = comparison.name
    both = [clip for clip in comparison.clips if clip.difference is not None]
    right = comparison.count(Verdict.RIGHT)
    said = [f"{right} of {_clips(len(both))} that both place lie within a frame of {name}"]
    wrong, missing = comparison.count(Verdict.WRONG), comparison.count(Verdict.MISSING)
    extra, alone = comparison.count(Verdict.EXTRA), comparison.count(Verdict.ALONE)
    if wrong:
        said.append(f"{_clips(wrong)} elsewhere than there")
    if missing:
        said.append(f"{_clips(missing)} of {name} without a place here")
    if extra:
        said.append(f"{_clips(extra)} placed here and not there")
    if alone:
        said.append(f"{_clips(alone)} alone on a clock: nothing to compare with")
    said += [_shift(shift.group, shift.seconds, shift.clips, comparison) for shift in comparison.shifts]
    if comparison.unknown:
        count = len(comparison.unknown)
        said.append(f"{count} {'file' if count == 1 else 'files'} of {name} not in this project")
    return tuple(said)


def difference_words(comparison: Comparison, clip: ComparedClip) -> str:
    """Return "+2.4 frames (+96 ms)", positive where the clip lies later here, or a dash."""
    frames = comparison.frames(clip)
    if frames is None or clip.difference is None:
        return "–"
    if abs(clip.difference) >= 1:
        return f"{frames:+.1f} frames ({clip.difference:+.3f} s)"
    return f"{frames:+.1f} frames ({clip.difference * 1000:+.0f} ms)"


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as plain lists and dictionaries; times in seconds."""
    return {
        "timeline": comparison.name,
        "rate": str(comparison.rate),
        "agrees": comparison.agrees,
        "counts": {verdict.value: comparison.count(verdict) for verdict in Verdict},
        "shifts": [
            {"group": shift.group, "seconds": shift.seconds, "clips": shift.clips}
            for shift in comparison.shifts
        ],
        "clips": [_entry(comparison, clip) for clip in comparison.clips],
        "unknown": [{"path": str(path), "reason": reason} for path, reason in comparison.unknown],
    }


def _entry(comparison: Comparison, clip: ComparedClip) -> dict[str, Any]:
    placement = clip.placement
    return {
        "path": str(clip.clip.path),
        "camera": clip.clip.camera,
        "verdict": clip.verdict.value,
        "difference": clip.difference,
        "frames": comparison.frames(clip),
        "start": None if placement is None else placement.start,
        "trusted_start": None if clip.trusted is None else float(clip.trusted),
        "status": None if placement is None else placement.status.value,
        "confidence": None if placement is None else placement.confidence,
    }


def _shift(group: int, seconds: float, clips: int, comparison: Comparison) -> str:
    whose = f"group {group + 1}'s zero" if len(comparison.shifts) > 1 else "the zero here"
    if abs(seconds) < float(comparison.rate.frame_seconds) / 2:  # no more than rounding to frames leaves
        return f"{whose} is that of {comparison.name}"
    way = "later" if seconds > 0 else "earlier"
    return (
        f"{whose} makes everything {abs(seconds):.3f} s {way} than in {comparison.name} "
        f"(median of {_clips(clips)}): taken out"
    )


def _clips(number: int) -> str:
    return f"{number} clip{'' if number == 1 else 's'}"
