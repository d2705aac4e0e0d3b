"""A large file comes whole, in spite of servers that break off, change their mind, or cannot resume."""

import json
import socket
import threading
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rushlock.base.errors import ModelError
from rushlock.base.progress import Cancelled, CancelToken, drain
from rushlock.nets.download import download
from rushlock.nets.part_file import PartFile
from rushlock.nets.web_feed import _StaySecure

CONTENT = bytes(range(256)) * 4096  # a megabyte
MARK = '"first"'


class Server(ThreadingHTTPServer):
    """Serves one file; notes what it was asked for.

    Attributes:
        break_after: How many bytes each answer in turn may send before the connection is cut; None: all.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.mark, self.ranges = CONTENT, MARK, True
        self.break_after, self.refusals, self.asked = [], [], []
        self.tells_length = True
        self.hold = threading.Event()
        self.hold.set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/weights.pt"


class Handler(BaseHTTPRequestHandler):
    """Does ranges and If-Range as RFC 9110 says, unless told not to."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        server = self.server
        server.asked.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
        if server.refusals:
            return self._refuse(server.refusals.pop(0))
        start = self._start()
        if start >= len(server.content):
            return self._refuse(416)
        self._head(start)
        body = server.content[start:]
        limit = server.break_after.pop(0) if server.break_after else None
        if limit is not None:
            self.wfile.write(body[:limit])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return None
        self.wfile.write(body[: len(body) // 2])
        server.hold.wait(20)
        self.wfile.write(body[len(body) // 2 :])
        return None

    def _start(self):
        asked = self.headers.get("Range", "")
        same = self.headers.get("If-Range", self.server.mark) == self.server.mark
        return int(asked[6:-1]) if asked and same and self.server.ranges else 0

    def _head(self, start):
        server, size = self.server, len(self.server.content)
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        if server.tells_length:
            self.send_header("Content-Length", str(size - start))
        else:
            self.send_header("Connection", "close")
        if server.mark:
            self.send_header("ETag", server.mark)
        self.end_headers()

    def _refuse(self, code):
        self.send_response(code)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as running:
        yield running


@pytest.fixture
def part(tmp_path):
    return PartFile(tmp_path / "models" / "net.part")


def fetch(server, part, token=None, **more):
    steps = []
    more = {"waits": (0.0, 0.0)} | more
    drain(download(server.url, part, "net", token or CancelToken(), **more), steps.append)
    return steps


def stop_when(server, part, enough):
    token = CancelToken()
    stage = download(server.url, part, "net", token, waits=())
    with pytest.raises(Cancelled):
        drain(stage, lambda step: token.cancel() if enough(step) else None)


def test_a_file_comes_whole_and_progress_tells_megabytes_up_to_its_size(server, part):
    steps = fetch(server, part, size=len(CONTENT))
    assert part.path.read_bytes() == CONTENT
    assert {(step.total, step.unit) for step in steps} == {(len(CONTENT) / 1e6, "MB")}
    assert steps[-1].done == steps[-1].total
    assert "range" not in server.asked[0]


def test_a_broken_connection_goes_on_from_where_it_broke_off(server, part):
    server.break_after = [300_000, 100_000]
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT
    assert [ask.get("range") for ask in server.asked] == [None, "bytes=300000-", "bytes=400000-"]
    assert [ask.get("if-range") for ask in server.asked] == [None, MARK, MARK]


def test_a_later_attempt_goes_on_where_an_earlier_one_gave_up(server, part):
    server.break_after = [300_000, 0, 0]
    with pytest.raises(ModelError, match="300 kB are kept"):
        fetch(server, part, waits=(0.0,))
    fetch(server, PartFile(part.path))
    assert part.path.read_bytes() == CONTENT
    assert server.asked[-1]["range"] == "bytes=300000-"


def test_what_is_there_already_is_not_fetched_again(server, part):
    fetch(server, part)
    fetch(server, part)
    assert len(server.asked) == 1


def test_content_that_changed_meanwhile_is_fetched_from_its_beginning(server, part):
    server.break_after = [300_000]
    stop_when(server, part, lambda step: step.done > 0)
    server.content, server.mark, server.break_after = CONTENT[::-1], '"second"', []
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT[::-1]


@pytest.mark.parametrize(("ranges", "mark"), [(False, MARK), (True, ""), (True, 'W/"weak"')])
def test_a_server_that_cannot_resume_safely_sends_all_again(server, part, ranges, mark):
    server.ranges, server.mark, server.break_after = ranges, mark, [300_000]
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT


def test_a_part_longer_than_the_file_is_thrown_away(server, part):
    fetch(server, part)
    part.path.write_bytes(CONTENT + b"more")
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT
    assert len(server.asked) == 3


def test_a_server_that_does_not_tell_the_length_is_read_to_its_end_once(server, part):
    server.tells_length = False
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT
    fetch(server, part)
    assert len(server.asked) == 1


def test_a_busy_server_is_asked_again_and_a_refusal_is_told_at_once(server, part):
    server.refusals = [503]
    fetch(server, part)
    server.refusals, server.asked = [404], []
    part.drop()
    with pytest.raises(ModelError, match=r"404.*rushlock models import"):
        fetch(server, part)
    assert len(server.asked) == 1
    assert list(part.path.parent.iterdir()) == []


def test_a_file_of_another_size_than_published_is_refused_before_it_is_fetched(server, part):
    with pytest.raises(ModelError, match="1,048,576 bytes instead of 5"):
        fetch(server, part, size=5)
    assert not part.path.exists()


def test_a_computer_that_nobody_answers_for_is_named(part):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: refuses
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/x"
        with pytest.raises(ModelError, match=url):
            drain(download(url, part, "net", CancelToken(), waits=()))


def test_a_cancel_works_while_the_server_is_silent_and_keeps_what_came(server, part):
    server.hold.clear()
    stop_when(server, part, lambda step: step.done * 1e6 == len(CONTENT) // 2)
    assert part.length == len(CONTENT) // 2
    server.hold.set()
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT
    assert server.asked[-1]["range"] == f"bytes={len(CONTENT) // 2}-"


def test_the_environments_proxy_is_asked_instead_of_the_server(server, part, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url.removesuffix("/weights.pt"))
    drain(download("http://weights.invalid/net.pt", part, "net", CancelToken(), waits=()))
    assert part.path.read_bytes() == CONTENT
    assert server.asked[0]["path"] == "http://weights.invalid/net.pt"


def test_a_redirection_may_not_leave_https():
    request = urllib.request.Request("https://weights.invalid/net.pt")
    follow = _StaySecure().redirect_request
    with pytest.raises(ModelError, match="not secure"):
        follow(request, None, 302, "Found", {}, "http://weights.invalid/net.pt")
    assert follow(request, None, 302, "Found", {}, "https://weights.invalid/x").full_url.endswith("/x")


def test_two_downloads_of_one_file_do_not_write_into_each_other(server, part):
    with part.held(), pytest.raises(ModelError, match="another Rushlock"):
        fetch(server, PartFile(part.path))


def test_an_address_that_is_none_of_the_web_is_refused(part, tmp_path):
    (tmp_path / "secret").write_text("x")
    with pytest.raises(ModelError, match="no address of the web"):
        drain(download((tmp_path / "secret").as_uri(), part, "net", CancelToken(), waits=()))


def test_a_damaged_note_costs_the_resume_and_nothing_else(server, part):
    server.break_after = [300_000]
    fetch(server, part)
    part.path.with_name("net.part.json").write_text(json.dumps(["no note"]))
    fetch(server, part)
    assert part.path.read_bytes() == CONTENT
    assert "range" not in server.asked[-1]
