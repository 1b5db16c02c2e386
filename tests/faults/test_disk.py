"""A disk that is full: what cannot be kept is refused clearly, what was kept stays, and room made is used without anybody's help."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.running import PATIENCE, Writers, running, until

pytestmark = pytest.mark.faults


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 6 MB, where the machine lets one be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(
            f"no disk may be mounted here: {mounted.stderr.decode().strip()}; see test_store.py for the simulated one"
        )
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk(tmp_path: Path, small_disk: Path) -> None:
    url, filler = f"sqlite:///{small_disk / 'service.sqlite3'}", small_disk / "filler"
    with running(tmp_path, DATABASE_URL=url) as service:
        filler.write_bytes(bytes(4_000_000))
        with Writers(service.at) as writers:
            until(lambda: sum(writers.refused.values()) > 20, "the disk is full")
            kept = writers.acknowledged
            told = httpx.post(f"{service.at}/v1/feedback", json={"answer_id": "x", "rating": "up"}, timeout=PATIENCE)
            assert told.status_code in (404, 503)  # nothing of that id, or no room
            filler.unlink()
            until(lambda: writers.acknowledged > kept + 20, "writing goes on")
        assert service.wait() < PATIENCE
        assert set(writers.refused) == {503}
        writers.all_is_there(tmp_path, url)
        print(f"disk: {kept} acknowledged before it was full, {sum(writers.refused.values())} refused, "
              f"{writers.acknowledged - kept} after room was made")  # fmt: skip
