"""The launcher and its set-up, on a tiny copy of the project and without network."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ECHO = """
import os, sys
print("argv", sys.argv[1:], "stdin", sys.stdin.read().strip(), "home", os.environ["CUSTOMS_HOME"])
"""
FAKE_UV = """#!/bin/sh
echo "$UV_DEFAULT_INDEX $*" >>"$FAKE_UV_LOG"
sleep "${FAKE_UV_SLEEP:-0}"
exit "${FAKE_UV_EXIT:-0}"
"""


def load_bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", REPOSITORY / "ui/cli/bootstrap.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


bootstrap = load_bootstrap()


def wheel(directory: Path, name: str, files: dict[str, str]) -> str:
    """Write a wheel and return its block for a lock."""
    info = f"{name}-1.0.dist-info"
    members = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for member, text in members.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{member},sha256={digest},{len(text.encode())}\n"
    path = directory / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in (members | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            entry = zipfile.ZipInfo(member)
            entry.external_attr = (0o100755 if "/scripts/" in member else 0o100644) << 16
            archive.writestr(entry, text)
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Project:
    """A copy of the launcher with a lock of one wheel, found in a local directory."""

    def __init__(self, base: Path, with_uv: bool) -> None:
        self.root = base / "a project"
        self.wheels = base / "wheels"
        self.uv_log = base / "uv.txt"
        self.venv = self.root / ".venv"
        self.marker = self.venv / ".ready"
        self.wheels.mkdir(parents=True)
        for name in ("customs", "ui/cli/bootstrap.py"):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, self.root / name)
        (self.root / "ui/cli/__main__.py").write_text(ECHO)
        for package in ("ui", "ui/cli", "tools"):
            (self.root / package).mkdir(exist_ok=True)
            (self.root / package / "__init__.py").write_text("")
        self.lock = wheel(self.wheels, "tinypkg", {"tinypkg.py": "WORKS = True\n"})
        if with_uv:
            self.lock += wheel(self.wheels, "uv", {"uv-1.0.data/scripts/uv": FAKE_UV})
        self.write_lock(self.lock)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_", "CUSTOMS_"))}
        self.index = (base / "no-index").as_uri()
        self.environment = kept | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_INDEX_URL": self.index,
            "PIP_NO_CACHE_DIR": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "FAKE_UV_LOG": str(self.uv_log),
        }

    def write_lock(self, text: str) -> None:
        (self.root / "requirements.lock").write_text(text)

    def start(self, *arguments: str, launcher: Path | None = None, cwd: Path | None = None, **extra: str) -> Run:
        process = subprocess.Popen(
            [str(launcher or self.root / "customs"), *arguments],
            cwd=cwd or self.root.parent, env=self.environment | extra, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        return Run(process)

    def run(self, *arguments: str, **extra: str) -> tuple[int, str, str]:
        return self.start(*arguments, launcher=None, cwd=None, **extra).end()


class Run:
    """A launcher that was started."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def end(self, standard_input: str = "") -> tuple[int, str, str]:
        out, err = self.process.communicate(standard_input, timeout=120)
        return self.process.returncode, out, err


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Project]:
    def build(with_uv: bool = False) -> Project:
        return Project(tmp_path, with_uv)

    return build


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


# --- the lock -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", ["", "    # via something\n"])
@pytest.mark.parametrize("marker", ["", " ; sys_platform != 'win32'"])
def test_block_is_cut_out_of_plain_and_annotated_locks(note: str, marker: str) -> None:
    block = f"uv==0.13.9{marker} \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    lock = f"tqdm==1 \\\n    --hash=sha256:cc\n{note}{block}{note}uvicorn==2 \\\n    --hash=sha256:dd\n{note}"
    assert bootstrap.block_of("uv", lock) == block
    assert bootstrap.block_of("uvi", lock) == ""


def test_the_lock_pins_everything_by_hash_and_names_no_host() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    assert re.fullmatch(r"uv==[\d.]+.*\\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+", bootstrap.block_of("uv", lock))
    starts = [line for line in lock.splitlines() if line and line[0] not in " #"]
    assert len(starts) > 50
    assert all(re.match(r"[A-Za-z0-9._-]+==\S+.*\\$", line) for line in starts)
    assert "://" not in lock
    assert "--index" not in lock and "--find-links" not in lock


# --- one set-up after another ---------------------------------------------------------------------------------------


def test_set_up_use_failure_and_recovery(make: Callable[..., Project]) -> None:
    project = make()
    started = project.start("ask", "兩 words")
    code, out, err = started.end("from stdin\n")
    assert code == 0, err
    assert out == f"argv ['ask', '兩 words'] stdin from stdin home {project.root}/.customs\n"
    assert err.startswith("customs: ") and all(line.startswith("customs: ") for line in err.splitlines())
    assert "creating" in err
    pth = next(project.venv.glob("lib/python3*/site-packages/customs_advisor.pth"))
    assert pth.read_text() == f"{project.root}\n"
    assert list(pth.parent.glob("__pycache__/tinypkg.*.pyc")), "dependencies are compiled"
    assert list(project.root.glob("tools/__pycache__/__init__.*.pyc")), "our own packages are compiled"

    # The next run is silent, needs no Python but the environment's, works through a symbolic link, from a directory
    # whose packages have our names, and through the console script.
    broken = project.root.parent / "bin"
    broken.mkdir()
    (broken / "python3").write_text("#!/bin/sh\nexit 1\n")
    (broken / "python3").chmod(0o755)
    elsewhere = project.root.parent / "elsewhere"
    for name in ("ui", "tools"):
        (elsewhere / name).mkdir(parents=True)
        (elsewhere / name / "__init__.py").write_text("raise SystemExit('shadowed')\n")
    (elsewhere / "first").symlink_to(project.root / "customs")
    (elsewhere / "second").symlink_to("first")
    path = f"{broken}{os.pathsep}{os.environ['PATH']}"
    for launcher in (project.root / "customs", elsewhere / "second", project.venv / "bin" / "customs"):
        state = {"CUSTOMS_HOME": "/elsewhere"} if launcher.name == "second" else {}
        code, out, err = project.start("x", launcher=launcher, cwd=elsewhere, PATH=path, **state).end()
        assert (code, err) == (0, "")
        assert out == f"argv ['x'] stdin  home {state.get('CUSTOMS_HOME', f'{project.root}/.customs')}\n"
    imported = subprocess.run(
        [project.venv / "bin/python", "-P", "-c", "import tools, tinypkg; print(tools.__file__)"],
        cwd=elsewhere, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert imported.stdout.strip() == str(project.root / "tools/__init__.py")

    # A lock that cannot be had: one line, exit 3, and no marker of the old one left.
    project.write_lock(project.lock + "absent==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n")
    code, out, err = project.run("x", PIP_RETRIES="0")
    assert (code, out) == (3, "")
    assert "creating" not in err
    assert re.fullmatch(
        r"customs: packages could not be installed, check the network: .*absent.*", err.splitlines()[-1]
    )
    assert not project.marker.exists()

    # What such a run leaves is cleared.
    rubbish = project.venv / "rubbish"
    rubbish.touch()
    project.write_lock(project.lock)
    code, out, err = project.run("x")
    assert code == 0 and out.startswith("argv ['x']") and "creating" in err
    assert project.marker.exists() and not rubbish.exists()


# --- several at once, and killed ones -------------------------------------------------------------------------------


def test_two_launchers_at_once_make_one_environment(make: Callable[..., Project]) -> None:
    project = make(with_uv=True)
    first = project.start("a", FAKE_UV_SLEEP="1", FAKE_UV_EXIT="1")
    wait_for(project.uv_log.exists)
    second = project.start("b")
    results = [first.end(), second.end()]
    assert [code for code, _, _ in results] == [0, 0]
    assert [out.split(" stdin")[0] for _, out, _ in results] == ["argv ['a']", "argv ['b']"]
    assert results[1][2] == "customs: waiting for a set-up that is already running\n"
    # uv was asked once, with pip's index; it failed, and pip did its work.
    assert project.uv_log.read_text().startswith(
        f"{project.index} pip sync --quiet --require-hashes --compile-bytecode "
    )
    assert len(project.uv_log.read_text().splitlines()) == 1
    assert "customs: uv could not" in results[0][2]
    assert next(project.venv.glob("lib/python3*/site-packages/tinypkg.py")).exists()


def test_a_killed_set_up_is_waited_for_and_done_again(make: Callable[..., Project]) -> None:
    project = make(with_uv=True)
    killed = project.start("a", FAKE_UV_SLEEP="3")
    wait_for(project.uv_log.exists)
    children = Path(f"/proc/{killed.process.pid}/task/{killed.process.pid}/children")
    if not children.exists():
        killed.end()
        pytest.skip("this system does not list a process's children")
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    assert killed.end()[0] == 128 + signal.SIGKILL
    assert not project.marker.exists()
    code, out, err = project.run("b")  # its uv is still at work and holds the lock
    assert code == 0 and out.startswith("argv ['b']")
    assert err.startswith("customs: waiting for") and "creating" in err
    assert project.marker.exists()


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the steps that take long; the returned list names those taken, and those put in it before fail."""
    (tmp_path / "requirements.lock").write_text("tinypkg==1.0\n")
    taken: list[str] = []

    def step(name: str) -> Callable[..., None]:
        def act(*_: object) -> None:
            assert not (tmp_path / ".venv/.ready").exists()
            (tmp_path / ".venv").mkdir(exist_ok=True)
            failing = f"{name} fails" in taken
            taken.append(name)
            if failing:
                raise bootstrap.DownloadError("no network")

        return act

    for name in ("create", "install", "finish"):
        monkeypatch.setattr(bootstrap.Setup, name, step(name))
    monkeypatch.setattr(bootstrap.Setup, "site_packages", lambda _: tmp_path)
    return taken


def test_the_marker_is_written_last(tmp_path: Path, steps: list[str]) -> None:
    steps.append("install fails")
    assert bootstrap.main(tmp_path) == 3
    assert steps[1:] == ["create", "install"]
    assert not (tmp_path / ".venv/.ready").exists()
    steps.clear()
    assert bootstrap.main(tmp_path) == 0
    assert steps == ["create", "install", "finish"]
    data = (tmp_path / "requirements.lock").read_bytes()
    checksum = subprocess.run(["cksum"], input=data, capture_output=True, check=True).stdout.decode().strip()
    assert (tmp_path / ".venv/.ready").read_text() == f"{checksum}\n{tmp_path}\n"


def test_what_is_ready_is_left_and_what_is_old_is_done_again(tmp_path: Path, steps: list[str]) -> None:
    marker = tmp_path / ".venv/.ready"
    assert bootstrap.main(tmp_path) == 0
    steps.clear()
    assert bootstrap.main(tmp_path) == 0
    assert steps == []
    (tmp_path / "requirements.lock").write_text("tinypkg==2.0\n")
    assert bootstrap.main(tmp_path) == 0
    assert steps == ["install", "finish"], "a new lock is installed over the old one"
    steps.clear()
    marker.write_text(marker.read_text().replace(str(tmp_path), "/moved/from/here"))
    assert bootstrap.main(tmp_path) == 0
    assert steps == ["create", "install", "finish"], "an environment made elsewhere is cleared"


# --- machines that cannot -------------------------------------------------------------------------------------------


def test_no_suitable_python_is_one_line(make: Callable[..., Project], tmp_path: Path) -> None:
    project = make()
    empty = tmp_path / "empty"
    empty.mkdir()
    line = "customs: needs Python 3.11, 3.12 or 3.13 with pip and venv, and found none on PATH\n"
    assert project.run("x", PATH=str(empty)) == (2, "", line)
    for name in ("python3", "python3.12"):
        (empty / name).write_text("#!/bin/sh\necho noise; echo noise >&2; exit 1\n")
        (empty / name).chmod(0o755)
    assert project.run("x", PATH=str(empty)) == (2, "", line)
    assert not project.venv.exists()


def test_a_directory_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / ".venv.lock").mkdir()
    assert bootstrap.main(tmp_path) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1 and err.startswith("customs: cannot set up ")
