"""What the bin tells of a clip or a camera when the pointer rests on it."""

from collections.abc import Sequence

from rushlock.gui import words
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.words import tr


def name_tip(row: Row, shoot: Shoot) -> str:
    """Return where a clip's files lie; the parts of a spanned clip with what each adds to it."""
    clip = row.clip
    lines = [str(clip.path)]
    if len(clip.files) > 1:
        rate = clip.rate or shoot.rate
        lines = [tr("bin", "One recording in {count} files:").format(count=len(clip.files))]
        for at, file in zip(clip.chapter_starts(), clip.files, strict=True):
            begin, length = (words.timecode_label(float(t), rate) for t in (at, file.duration))
            lines.append(f"+{begin}  {file.path.name}  ({length})")
        lines.append(str(clip.path.parent))
    if row.key == shoot.master:
        lines.append(tr("bin", "The master: clocks run straight against it."))
    lines += [note for file in clip.files for note in file.notes]
    return "\n".join(lines)


def camera_tip(name: str, rows: Sequence[Row], shoot: Shoot) -> str:
    """Return what a camera has recorded and what was noticed about it."""
    total = float(sum(row.clip.duration for row in rows))
    length = words.timecode_label(total, next((row.clip.rate for row in rows if row.clip.rate), shoot.rate))
    lines = [name, f"{words.amount_of_clips(len(rows))} · {length}"]
    lines += [finding.words for finding in shoot.findings if finding.camera == name]
    lines.append(tr("bin", "F2 gives it another name; drag clips here to give them to this camera."))
    return "\n".join(lines)
