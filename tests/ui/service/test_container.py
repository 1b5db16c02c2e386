"""The container files, read as they stand: what they copy exists, what they run is a command, and nothing is public."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[3]
LINES = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


def test_what_the_image_copies_exists_and_is_not_ignored() -> None:
    copied = [name for line in LINES if line.startswith("COPY ") for name in line.split()[1:-1]]
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert len(copied) >= 6
    assert not [name for name in copied if not (ROOT / name).exists() or name in ignored]


def test_packages_are_installed_with_their_hashes_and_the_user_is_not_root() -> None:
    assert any("pip install" in line and "--require-hashes" in line for line in LINES)
    users = [line.split()[1] for line in LINES if line.startswith("USER ")]
    assert users and users[-1] not in ("root", "0")
    assert not [line for line in LINES if re.search(r"https?://(?!127\.0\.0\.1)", line)]


def test_the_image_runs_a_command_that_exists() -> None:
    [command] = [json.loads(line.removeprefix("CMD ")) for line in LINES if line.startswith("CMD ")]
    [entry] = [json.loads(line.removeprefix("ENTRYPOINT ")) for line in LINES if line.startswith("ENTRYPOINT ")]
    assert entry[-2:] == ["-m", "ui.cli"] and command[0] == "serve"


def test_only_the_proxy_is_reached_from_outside(compose: Any) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    used = {v.split(":")[0] for s in compose["services"].values() for v in s["volumes"]}
    assert used == set(compose["volumes"])


def test_a_stopped_service_has_longer_than_its_last_streams(compose: Any) -> None:
    from ui.http.serve import _LAST_STREAMS

    assert int(compose["services"]["service"]["stop_grace_period"].removesuffix("s")) > _LAST_STREAMS
