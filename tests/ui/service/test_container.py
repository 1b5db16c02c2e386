"""The container files, read as they stand: what they copy exists, what they run is a command, and nothing is public."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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


def test_what_the_launcher_keeps_silent_is_silent_in_the_image() -> None:
    launcher = dict(re.findall(r"^([A-Z_0-9]+)=(\S+)$", (ROOT / "customs").read_text("utf-8"), re.MULTILINE))
    silent = {
        name: value for name, value in launcher.items() if "TELEMETRY" in name or "TRAC" in name or "STATS" in name
    }
    assert len(silent) >= 5
    assert not [f"{n}={v}" for n, v in silent.items() if f"{n}={v}" not in " ".join(LINES)]


def test_the_parts_are_there_and_only_the_proxy_is_reached_from_outside(compose: Any) -> None:
    services = compose["services"]
    assert set(services) == {"service", "page", "database", "vectors", "proxy"}
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["page"]["network_mode"] == "service:proxy", "the page has no keys"
    used = {v.split(":")[0] for s in services.values() for v in s["volumes"]}
    assert used == set(compose["volumes"])
    for service in services.values():
        assert all(name in services for name in service.get("depends_on", ()))
        assert service["restart"] == "unless-stopped"


def test_the_workers_use_the_database_and_the_vectors_beside_them(compose: Any) -> None:
    service = compose["services"]["service"]
    assert service["command"][0] == "serve" and service["command"][-2:] == ["--workers", "2"]
    settings = service["environment"]
    database = urlsplit(re.sub(r"\$\{[^}]*\}", "secret", settings["CUSTOMS_DATABASE_URL"]))
    assert (database.scheme, database.hostname) == ("postgresql", "database")
    assert urlsplit(settings["CUSTOMS_CHROMA_URL"]).hostname == "vectors"
    known = set(re.findall(r"CUSTOMS_[A-Z_]+", (ROOT / ".env.example").read_text("utf-8")))
    assert set(settings) <= known
    assert service["depends_on"]["database"] == {"condition": "service_healthy"}
    pinned = re.search(r"^chromadb==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    assert pinned and compose["services"]["vectors"]["image"].endswith(f":{pinned[1]}")


def test_no_secret_stands_in_the_file_and_none_has_a_default() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    for name in ("CUSTOMS_DATABASE_PASSWORD", "CUSTOMS_PAGE_HASH"):
        assert set(re.findall(rf"\$\{{{name}(.)", text)) == {":"} and f"{name}:?" in text and f"{name}:-" not in text


def test_the_proxy_passes_the_service_on_and_asks_a_password_for_the_page(compose: Any) -> None:
    told = compose["configs"]["caddyfile"]["content"]
    assert told.count("{") == told.count("}")
    [paths] = re.findall(r"@service path (.+)", told)
    served = {"/v1/*", "/mcp", "/openapi.json", "/healthz", "/readyz"}
    assert set(paths.split()) == served, "metrics are read from within"
    page = told[told.rindex("handle {") :]
    assert page.index("basic_auth") < page.index("reverse_proxy 127.0.0.1:8501")


def test_a_stopped_service_has_longer_than_its_last_streams(compose: Any) -> None:
    from ui.http.serve import _LAST_STREAMS

    assert int(compose["services"]["service"]["stop_grace_period"].removesuffix("s")) > _LAST_STREAMS
