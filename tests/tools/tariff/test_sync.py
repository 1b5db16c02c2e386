"""A publisher's server on the loopback that misbehaves: what is fetched is whole, or the store is as it was."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.tools.tariff import official_files as files
from tools.errors import CustomsError, InputError, ServiceError
from tools.tariff.store import FILE, Store
from tools.tariff.sync import check, sync
from tools.tariff.sync.fetch import Patience
from tools.tariff.sync.sync import addresses

DAY, LATER = date(2026, 11, 27), date(2026, 12, 4)
HASTE = Patience(silence=0.4, whole=0.6, pause=0)
GOOD = files.us_json()
NEWER = files.us_json([row | {"special": "Free (AU)"} if row["special"] else row for row in files.us_rows()])
Behave = Callable[[BaseHTTPRequestHandler], None]


class Publisher:
    """A server that answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.behave: list[Behave] = []
        self.asked: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(dict(self.headers))
                turn = outer.behave.pop(0) if len(outer.behave) > 1 else outer.behave[0]
                try:
                    turn(self)
                except OSError:
                    self.close_connection = True  # the client gave up, as it should

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str = "/hts_2026_rev_21.json") -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    made = Publisher()
    yield made
    made.server.shutdown()
    made.server.server_close()


def answer(content: bytes = GOOD, status: int = 200, length: int | None = None, **headers: str) -> Behave:
    """An ordinary answer, or one that lies about its length."""

    def behave(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", str(len(content) if length is None else length))
        to.end_headers()
        to.wfile.write(content)
        if length is not None:
            to.close_connection = True

    return behave


def slow_headers(to: BaseHTTPRequestHandler) -> None:
    """Says nothing for longer than the client waits."""
    threading.Event().wait(1)
    to.close_connection = True


def dripping(to: BaseHTTPRequestHandler) -> None:
    """Never silent for long, and never done."""
    to.send_response(200)
    to.end_headers()
    ends = time.monotonic() + 3
    while time.monotonic() < ends:
        to.wfile.write(b"[ ")
        to.wfile.flush()
        threading.Event().wait(0.05)
    to.close_connection = True


def hang_up(to: BaseHTTPRequestHandler) -> None:
    to.close_connection = True


def circle(to: BaseHTTPRequestHandler) -> None:
    answer(b"", 302, Location=f"http://127.0.0.1:{to.server.server_address[1]}/again")(to)


#: name -> behaviours in turn (the last one stays), the error, its words, how often the server is asked
MISBEHAVIOUR: dict[str, tuple[list[Behave], type[CustomsError], str, int]] = {
    "not found": ([answer(b"gone", 404)], ServiceError, "answered 404", 1),
    "broken for good": ([answer(b"", 500)], ServiceError, r"answered 500 \(4 tries\)", 4),
    "cut body": ([answer(GOOD[:500], length=len(GOOD))], ServiceError, r"RemoteProtocolError.*\(4 tries\)", 4),
    "cut file, honest length": ([answer(GOOD[:5000])], InputError, "the JSON breaks off here", 1),
    "another file": ([answer(files.tw_csv())], InputError, "row 1: has other columns", 1),
    "slow headers": ([slow_headers], ServiceError, r"ReadTimeout.*\(4 tries\)|timed out.*\(4 tries\)", 4),
    "never done": ([dripping], ServiceError, "did not finish in 0.6 seconds", 4),
    "redirects in a circle": ([circle], ServiceError, "redirects without end", 6),
    "another encoding": ([answer(files.us_csv().decode("utf-8-sig").replace("Goods", "貨").encode("big5"))], InputError, "is no UTF-8", 1),
    "a lie about encoding": ([answer(GOOD, Content_Encoding="gzip")], ServiceError, "cannot be unpacked", 4),
    "empty": ([answer(b" \n")], ServiceError, "sent nothing", 4),
    "a page of excuses": ([answer(b"<!doctype html><h1>Maintenance</h1>", Content_Type="text/html")], ServiceError, "sent a page", 1),
    "hangs up": ([hang_up], ServiceError, r"\(4 tries\)", 4),
    "unchanged, to somebody who holds nothing": ([answer(b"", 304)], InputError, "none is held", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_a_server_that_misbehaves_changes_nothing(name: str, publisher: Publisher, tmp_path: Path) -> None:
    publisher.behave, kind, said, times = MISBEHAVIOUR[name][0].copy(), *MISBEHAVIOUR[name][1:]
    with pytest.raises(kind, match=said) as caught:
        sync("us", tmp_path, DAY, url=publisher.url(), patience=HASTE)
    assert "\n" not in str(caught.value)
    assert len(publisher.asked) == times
    assert not list(tmp_path.iterdir())


def test_a_server_that_recovers_is_believed(publisher: Publisher, tmp_path: Path) -> None:
    publisher.behave = [answer(b"", 500), answer(GOOD[:90], length=len(GOOD)), hang_up, answer(ETag='"1"')]
    done = sync("us", tmp_path, DAY, url=publisher.url(), patience=HASTE)
    assert (done.state, done.edition, len(publisher.asked)) == ("imported", "us-2026-rev-21", 4)


def test_what_is_held_is_not_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.behave = [answer(ETag='"1"'), answer(b"", 304)]
    sync("us", tmp_path, DAY, url=publisher.url(), patience=HASTE)
    again = sync("us", tmp_path, LATER, url=publisher.url(), patience=HASTE)
    assert again.state == "unchanged"
    assert publisher.asked[1]["If-None-Match"] == '"1"'
    (edition,) = Store(tmp_path / FILE).editions("us")
    assert edition.frontier == LATER  # seen again, so current to that day


@pytest.mark.parametrize("tag", ['"1"', '"2"'])
def test_the_content_decides_whatever_the_etag_says(tag: str, publisher: Publisher, tmp_path: Path) -> None:
    """An old tag on new content, and a new tag on old content."""
    publisher.behave = [answer(ETag='"1"'), answer(NEWER if tag == '"1"' else GOOD, ETag=tag)]
    sync("us", tmp_path, DAY, url=publisher.url(), patience=HASTE)
    again = sync("us", tmp_path, LATER, url=publisher.url(), patience=HASTE)
    assert again.state == ("imported" if tag == '"1"' else "unchanged")


def test_a_failed_sync_leaves_the_edition_held(publisher: Publisher, tmp_path: Path) -> None:
    publisher.behave = [answer(), answer(GOOD[:5000])]
    sync("us", tmp_path, DAY, url=publisher.url(), patience=HASTE)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(InputError):
        sync("us", tmp_path, LATER, url=publisher.url(), patience=HASTE)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_check_writes_nothing(publisher: Publisher, tmp_path: Path) -> None:
    publisher.behave = [answer(), answer(), answer(), answer(NEWER)]
    first = check("us", tmp_path, url=publisher.url(), patience=HASTE)
    assert (first.state, first.rows, list(tmp_path.iterdir())) == ("changed", len(files.us_rows()), [])
    sync("us", tmp_path, DAY, url=publisher.url(), patience=HASTE)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert check("us", tmp_path, url=publisher.url(), patience=HASTE).state == "unchanged"
    assert check("us", tmp_path, url=publisher.url(), patience=HASTE).state == "changed"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_the_publisher_s_name_of_the_file_tells_the_edition(publisher: Publisher, tmp_path: Path) -> None:
    publisher.behave = [answer(Content_Disposition='attachment; filename="../hts_2026_revision_20_json.json"')]
    assert sync("us", tmp_path, DAY, url=publisher.url("/export"), patience=HASTE).edition == "us-2026-rev-20"


@pytest.mark.parametrize("url", ["http://example.org/file", "ftp://example.org/file", "file.json", ""])
def test_only_https_is_fetched(url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="https address"):
        sync("us", tmp_path, DAY, url=url or "x", patience=HASTE)


def test_a_schedule_without_a_known_file_says_where_its_page_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"portal\.sw\.nat\.gov\.tw.*data import.*CUSTOMS_SYNC_TW"):
        sync("tw", tmp_path, DAY)
    assert {name: bool(a.file) for name, a in addresses().items()} == {"us": True, "tw": False, "hs": True}
