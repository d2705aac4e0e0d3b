"""Fetch a large file over HTTP as a stage: it goes on from where it broke off, and stops when asked to.

The rest is asked for under the condition that the content is still the same (Range with If-Range, RFC 9110);
a server that has other content by now, or cannot do ranges, sends all of it, and the part file begins anew.
"""

import re
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from rushlock.base.errors import ModelError
from rushlock.base.progress import CancelToken, Progress, Stage
from rushlock.nets.part_file import PartFile
from rushlock.nets.registry import size_words
from rushlock.nets.web_feed import WAY_ROUND, Answer, BrokenOff, Feed, NothingThere

WAITS = (1.0, 4.0, 10.0)
"""Seconds before the next attempt after each that brought nothing."""

_MB = 1e6
_POLL_S = 0.1
_PARTIAL = 206
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")


def download(
    url: str,
    part: PartFile,
    name: str,
    token: CancelToken,
    *,
    size: int | None = None,
    waits: Sequence[float] = WAITS,
) -> Stage[None]:
    """Fetch a file into ``part``, going on from what lies there.

    Args:
        url: Where from; http or https.
        part: Where to; kept when anything stops the download.
        name: What the user calls the file.
        token: Stops it within a fraction of a second.
        size: Bytes that the file must have, None where that is not known.
        waits: Seconds before each further attempt after one that brought nothing.

    Raises:
        ModelError: The server does not have it, has something else, or cannot be reached; the disk is full.
        Cancelled: The token was raised.
    """
    with part.held():
        fruitless = 0
        while not part.whole(url):
            before = part.length
            try:
                yield from _attempt(url, part, name, token, size)
            except BrokenOff as error:
                fruitless = 0 if part.length > before else fruitless + 1
                if fruitless > len(waits):
                    raise ModelError(_gave_up(name, url, part, error)) from error
                yield from _pause(waits[fruitless - 1] if fruitless else 0.0, name, error, token)


def _attempt(url: str, part: PartFile, name: str, token: CancelToken, size: int | None) -> Stage[None]:
    wanted = part.resume_headers(url)
    feed = Feed(url, wanted)
    try:
        answer = feed.answer(token)
        start, total = _bounds(answer, part.length if wanted else 0)
        _check(total, size, start, part.path, url)
        if not start:
            part.begin(url, answer, total)
        yield from _stored(feed, part, total, name, token)
        if total is None:
            part.end(url)
    except NothingThere as error:  # what lies here is no beginning of what is there
        part.forget()
        raise BrokenOff("the server has other content by now") from error
    finally:
        feed.stop()


def _stored(feed: Feed, part: PartFile, total: int | None, name: str, token: CancelToken) -> Stage[None]:
    """Append what comes. Raises BrokenOff where that is less than was announced."""
    done = part.length
    with part.path.open("ab") as file:
        yield _progress(done, total, name)
        for chunk in feed.chunks(token):
            file.write(chunk)
            done += len(chunk)
            yield _progress(done, total, name)
    if total is not None and done < total:
        raise BrokenOff(f"the connection broke off after {size_words(done)} of {size_words(total)}")


def _bounds(answer: Answer, wanted: int) -> tuple[int, int | None]:
    """Return where the content that comes begins in the file, and how long the whole file is.

    Raises:
        NothingThere: It is another part than was asked for.
    """
    if answer.status == _PARTIAL:
        match = _RANGE.fullmatch(answer.headers.get("content-range", ""))
        if match is None or int(match[1]) != wanted:
            raise NothingThere
        return wanted, int(match[2])
    length = answer.headers.get("content-length", "")
    return 0, int(length) if length.isdecimal() else None


def _check(total: int | None, size: int | None, start: int, place: Path, url: str) -> None:
    """Refuse early what cannot end well."""
    if total is None:
        return
    if size is not None and size != total:
        raise ModelError(f"{url} is not the published file: it has {total:,} bytes instead of {size:,}")
    room = shutil.disk_usage(place.parent).free
    wanted = 2 * total - start  # the file as it comes, and once more when it is written as safetensors
    if room < wanted:
        raise ModelError(f"{place.parent} has {size_words(room)} free, {size_words(wanted)} are needed")


def _pause(seconds: float, name: str, why: BrokenOff, token: CancelToken) -> Stage[None]:
    """Wait before the next attempt, telling why."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        token.check()
        yield Progress("Waiting", 0, 0, f"{name}: {why}", unit="")
        time.sleep(min(left, _POLL_S))


def _progress(done: int, total: int | None, name: str) -> Progress:
    return Progress("Downloading", done / _MB, (total or 0) / _MB, name, unit="MB")


def _gave_up(name: str, url: str, part: PartFile, error: BrokenOff) -> str:
    kept = f"{size_words(part.length)} are kept, the next attempt goes on from there; " if part.length else ""
    return f"{name} could not be fetched from {url}: {error}; {kept}{WAY_ROUND}"
