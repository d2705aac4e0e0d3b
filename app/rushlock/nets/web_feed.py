"""What a web server answers, read in a thread of its own, so that whoever waits for it can stop at once.

A socket may block for half a minute in name resolution, connecting or reading. The thread is a daemon: one
that is given up ends by itself when the socket does. Proxies are those of the environment (``https_proxy``,
``no_proxy``). A redirection may not leave https.
"""

import contextlib
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from ssl import SSLError
from typing import IO

from rushlock import __version__
from rushlock.base.errors import ModelError
from rushlock.base.progress import CancelToken

_CHUNK = 2**18
_TIMEOUT_S = 30.0
_POLL_S = 0.1
_WORTH_REPEATING = {408, 425, 429, 500, 502, 503, 504}
WAY_ROUND = "if a browser can fetch it: rushlock models import FILE"
"""What is left to a user whose network lets us not through."""


class BrokenOff(Exception):
    """The connection failed; another attempt may do better."""


class NothingThere(Exception):
    """The content has no such range."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer."""

    status: int
    headers: Mapping[str, str]


class Feed:
    """One request: first its ``answer``, then its ``chunks``, then ``stop``.

    Raises:
        ModelError: The address is none of the web.
    """

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        if not url.startswith(("https://", "http://")):
            raise ModelError(f"{url} is no address of the web")
        named = {"User-Agent": f"rushlock/{__version__}", **headers}
        self._request = urllib.request.Request(url, headers=named)
        self._stopped = threading.Event()
        self._queue: queue.Queue[Answer | bytes | Exception] = queue.Queue(maxsize=16)
        threading.Thread(target=self._read, name="download", daemon=True).start()

    def answer(self, token: CancelToken) -> Answer:
        """Return the head of the server's answer.

        Raises:
            ModelError: The server refuses for good, or cannot be trusted.
            NothingThere: The range that was asked for lies beyond the content.
            BrokenOff: It cannot be reached, or is busy.
        """
        head = self._take(token)
        if not isinstance(head, Answer):
            raise BrokenOff("the server answered nothing")
        return head

    def chunks(self, token: CancelToken) -> Iterator[bytes]:
        """Yield the content as it comes, in pieces that are not empty. Raises as ``answer`` does."""
        while isinstance(chunk := self._take(token), bytes) and chunk:
            yield chunk

    def stop(self) -> None:
        """Let the thread end."""
        self._stopped.set()

    def _take(self, token: CancelToken) -> Answer | bytes:
        while True:
            token.check()
            with contextlib.suppress(queue.Empty):
                item = self._queue.get(timeout=_POLL_S)
                break
        if isinstance(item, Exception):
            raise _told(item, self._request.full_url) from item
        return item

    def _read(self) -> None:
        try:
            opener = urllib.request.build_opener(_StaySecure)
            with opener.open(self._request, timeout=_TIMEOUT_S) as response:
                self._pass_on(response)
        except (OSError, HTTPException, ValueError, ModelError) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            self._put(error)

    def _pass_on(self, response: HTTPResponse) -> None:
        headers = {name.lower(): value for name, value in response.headers.items()}
        self._put(Answer(response.status, headers))
        chunk = b" "
        while chunk and not self._stopped.is_set():
            chunk = response.read(_CHUNK)
            self._put(chunk)

    def _put(self, item: Answer | bytes | Exception) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Full):
                self._queue.put(item, timeout=_POLL_S)
                return


class _StaySecure(urllib.request.HTTPRedirectHandler):
    """Follows redirections, but none from https to anything less."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            raise ModelError(f"{req.full_url} leads to an address that is not secure: {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _told(error: Exception, url: str) -> Exception:
    """Return what an error of the net means for us."""
    if isinstance(error, ModelError):
        return error
    if isinstance(error, urllib.error.HTTPError):
        return _refusal(error, url)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, SSLError):
        return ModelError(f"no safe connection to {url}: {reason}; {WAY_ROUND}")
    return BrokenOff(f"{reason}" or type(reason).__name__)


def _refusal(error: urllib.error.HTTPError, url: str) -> Exception:
    if error.code == 416:
        return NothingThere()
    words = f"the server answers {error.code} {error.reason}"
    if error.code in _WORTH_REPEATING:
        return BrokenOff(words)
    if error.code == 407:
        return ModelError(f"the proxy asks for a password ({words}); {WAY_ROUND}")
    return ModelError(f"{url} cannot be fetched: {words}; {WAY_ROUND}")
