"""How the window writes times, sizes and states: timecode and frames, never bare seconds.

Everything a person reads passes through ``tr``; Qt's translation tools collect the strings from these calls.
"""

from PySide6.QtCore import QCoreApplication

from rushlock.base.rate import FrameRate
from rushlock.base.timecode import Timecode
from rushlock.gui.shoot import Row, Shoot
from rushlock.gui.standing import Standing


def tr(context: str, text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate(context, text)


def standing_word(standing: Standing) -> str:
    """Return a standing as one word."""
    words = {
        Standing.SYNCED: tr("standing", "Synced"),
        Standing.REVIEW: tr("standing", "Review"),
        Standing.UNSYNCED: tr("standing", "Unsynced"),
        Standing.ACCEPTED: tr("standing", "Accepted"),
        Standing.MANUAL: tr("standing", "Manual"),
        Standing.LOCKED: tr("standing", "Locked"),
        Standing.EXCLUDED: tr("standing", "Excluded"),
        Standing.WAITING: tr("standing", "Not synced yet"),
    }
    return words[standing]


def timecode_label(seconds: float, rate: FrameRate, drop: bool = False) -> str:
    """Return seconds as a timecode label of the nearest frame."""
    return str(_timecode(seconds, rate, drop))


def clock_label(seconds: float, shoot: Shoot, group: int | None) -> str:
    """Return a time on a group's clock: a time of day, or with a sign where the clock is nobody's.

    A time of day begins anew at midnight; on which day it lies is for ``day_words`` to say.
    """
    moment = _moment(seconds, shoot)
    if shoot.is_time_of_day(group):
        return str(moment.wrapped())
    return str(moment) if moment.frames < 0 else f"+{moment}"


def day_words(seconds: float, shoot: Shoot, group: int | None) -> str:
    """Return on which day a time of day lies; empty on the shoot's first day, and on nobody's clock."""
    day = _moment(seconds, shoot).days if shoot.is_time_of_day(group) else 0
    if abs(day) == 1:
        return tr("place", "the day after") if day > 0 else tr("place", "the day before")
    return tr("place", "day {number}").format(number=f"{day:+}") if day else ""


def _moment(seconds: float, shoot: Shoot) -> Timecode:
    return _timecode(seconds, shoot.rate, shoot.drop)


def _timecode(seconds: float, rate: FrameRate, drop: bool) -> Timecode:
    return Timecode(rate.frame_at(seconds), rate, drop and rate.allows_drop)


def counting_label(shoot: Shoot) -> str:
    """Return in which rate places are written: "25 fps", "29.97 fps drop-frame"."""
    counting = tr("timeline", " drop-frame") if shoot.drop and shoot.rate.allows_drop else ""
    return tr("timeline", "{rate} fps").format(rate=shoot.rate) + counting


def group_word(group: int) -> str:
    """Return what a group is called."""
    return tr("place", "Group {number}").format(number=group + 1)


def place_label(row: Row, shoot: Shoot) -> str:
    """Return where a clip lies, with its group where that has a clock of its own; empty without a place."""
    if row.start is None or row.placement is None:
        return ""
    label = clock_label(row.start, shoot, row.placement.group)
    group = row.placement.group
    if group and not shoot.is_time_of_day(group):
        label += " " + tr("place", "(group {number})").format(number=group + 1)
    return label


def place_and_day(row: Row, shoot: Shoot) -> str:
    """Return where a clip lies, and on which day where that is not the shoot's first."""
    group = None if row.placement is None else row.placement.group
    day = "" if row.start is None else day_words(row.start, shoot, group)
    place = place_label(row, shoot)
    return f"{place}, {day}" if day else place


def start_label(row: Row) -> str:
    """Return a clip's own start timecode, empty where it has none."""
    return "" if row.clip.timecode is None else str(row.clip.timecode)


def rate_label(row: Row) -> str:
    """Return a clip's rate: "25", "29.97 DF", "~30" where it varies, "48 kHz" for sound alone."""
    clip = row.clip
    if clip.picture is None:
        sounds = clip.files[0].sounds
        return f"{sounds[0].sample_rate / 1000:g} kHz" if sounds else ""
    varying = "~" if clip.picture.variable else ""
    counting = " DF" if clip.timecode is not None and clip.timecode.drop else ""
    return f"{varying}{clip.picture.rate}{counting}"


def duration_label(row: Row, shoot: Shoot) -> str:
    """Return a clip's length as hours, minutes, seconds and frames at its own rate."""
    return timecode_label(float(row.clip.duration), row.clip.rate or shoot.rate)


def media_word(row: Row) -> str:
    """Return what a clip carries."""
    if row.clip.picture is None:
        return tr("media", "sound")
    return tr("media", "picture, sound") if row.clip.has_sound else tr("media", "picture only")


def sound_label(row: Row) -> str:
    """Return a clip's sound: "2 ch · 48 kHz", "2 + 1 ch" where in several streams; empty without."""
    sounds = row.clip.files[0].sounds
    if not row.clip.has_sound or not sounds:
        return ""
    channels = " + ".join(str(sound.channels) for sound in sounds)
    if len(sounds) > 3:
        channels = f"{len(sounds)} × {sounds[0].channels}"
    rate = f"{sounds[0].sample_rate / 1000:g}"
    return tr("media", "{channels} ch · {rate} kHz").format(channels=channels, rate=rate)


def media_summary(row: Row) -> str:
    """Return what a clip carries, with its rate: "picture, sound · 25 fps · 1920 x 1080"."""
    picture = row.clip.picture
    if picture is None:
        return " · ".join(part for part in (media_word(row), rate_label(row)) if part)
    rate = tr("media", "{rate} fps").format(rate=rate_label(row))
    return f"{media_word(row)} · {rate} · {picture.width} × {picture.height}"


def drift_label(row: Row) -> str:
    """Return a placed clip's drift in ppm with its sign."""
    if row.start is None or row.placement is None:
        return ""
    ppm = row.placement.drift_ppm
    return "0.0 ppm" if abs(ppm) < 0.05 else f"{ppm:+.1f} ppm"


def own_sound_label(row: Row) -> str:
    """Return whether a clip's own sound is in step with its picture; empty where nobody looked."""
    told = None if row.placement is None else row.placement.own_sound
    return "" if told is None else told.words


def own_sound_rank(row: Row) -> float | None:
    """Return by how much a clip's own sound is off, for sorting; None where nobody looked."""
    told = None if row.placement is None else row.placement.own_sound
    if told is None:
        return None
    return abs(told.seconds) if told.off else 0.0


def own_sound_fact(row: Row, shoot: Shoot) -> str:
    """Return how late a clip's own sound is, and where its picture belongs if not with its sound."""
    placement = row.placement
    if placement is None or placement.own_sound is None:
        return ""
    said = own_sound_label(row)
    if placement.own_sound.evidence:
        said += f" · {chance_label(placement.own_sound.chance)}"
    clock = placement.picture_clock(shoot.rate.frame_seconds)
    if clock is None or clock == placement.clock:
        return said
    gap = gap_label(placement.own_sound.seconds, shoot.rate)
    return tr("own sound", "{said} · its picture belongs {gap} from where its sound lies").format(
        said=said, gap=gap
    )


def confidence_label(row: Row) -> str:
    """Return the chance that a placement is right, never rounded up to certainty."""
    if row.placement is None or row.standing in (Standing.EXCLUDED, Standing.UNSYNCED):
        return ""
    return chance_label(row.placement.confidence)


def chance_label(chance: float) -> str:
    """Return a probability in percent; 99.9 % is the most that is ever said plainly."""
    if chance >= 0.9995:
        return "> 99.9 %"
    return f"{chance * 100:.1f} %"


def reason_text(row: Row) -> str:
    """Return why a clip stands where it does."""
    if row.standing is Standing.EXCLUDED:
        return row.decision.note if row.decision and row.decision.note else tr("reason", "you left it out")
    return "" if row.placement is None else row.placement.reason


def spoken(row: Row, shoot: Shoot) -> str:
    """Return a clip in one sentence, for screen readers."""
    parts = [
        row.clip.name,
        row.clip.camera,
        standing_word(row.standing),
        place_and_day(row, shoot),
        reason_text(row),
    ]
    return ", ".join(part for part in parts if part)


def hover(row: Row, shoot: Shoot) -> str:
    """Return what a tooltip says of a clip."""
    state = " · ".join(part for part in (standing_word(row.standing), confidence_label(row)) if part)
    lines = [f"{row.clip.camera} / {row.clip.name}", state, place_and_day(row, shoot), reason_text(row)]
    return "\n".join(line for line in lines if line)


def gap_label(seconds: float, rate: FrameRate) -> str:
    """Return a small difference in frames and milliseconds, with its sign."""
    frames = round(seconds * float(rate.fps), 2) + 0.0  # no minus before a zero
    return f"{frames:+.2f} f ({round(seconds * 1000, 1) + 0.0:+.1f} ms)"


def amount_of_clips(count: int) -> str:
    """Return "1 clip", "24 clips"."""
    return tr("amount", "1 clip") if count == 1 else tr("amount", "{count} clips").format(count=f"{count:,}")


def files_summary(shoot: Shoot) -> str:
    """Return how the files on the drives add up: those in clips, and those that could not be read."""
    text = tr("amount", "{files} files: {used} in {clips}, {unreadable} unreadable")
    used = shoot.files - len(shoot.unreadable)
    return text.format(
        files=f"{shoot.files:,}",
        used=f"{used:,}",
        clips=amount_of_clips(len(shoot.rows)),
        unreadable=f"{len(shoot.unreadable):,}",
    )


def shift_words(seconds: float, rate: FrameRate) -> str:
    """Return how far something was moved: "2 frames", "-1 frame", or "+13.0 ms" between frames."""
    frames = seconds * float(rate.fps)
    whole = round(frames)
    if abs(frames - whole) > 0.02:
        return f"{seconds * 1000:+.1f} ms"
    one = tr("amount", "{count} frame") if abs(whole) == 1 else tr("amount", "{count} frames")
    return one.format(count=whole)
