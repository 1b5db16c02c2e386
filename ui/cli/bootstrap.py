"""Set up `.venv/` beside the launcher from the hash-pinned lock.

Run by `./customs` when the done-marker does not match; standard library only, progress on standard error only.
The marker is removed first and written last, and the installers inherit the file lock, so a run killed at any
moment is recovered by the next one. Exit codes: 2 this machine cannot hold the environment, 3 downloads failed.
"""

from __future__ import annotations

import ast
import fcntl
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGES = ("advisor", "tools", "corpus", "ui", "evals")
PIP = ("-I", "-m", "pip", "--disable-pip-version-check", "--no-input")
PINNED = ("install", "--quiet", "--require-hashes", "--no-deps", "-r")
SYNC = ("pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--python")
PIP_TO_UV = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
NOT_FOR_INSTALLERS = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "VIRTUAL_ENV")


class SetupError(Exception):
    """The environment cannot be made on this machine; told in one line."""


class DownloadError(SetupError):
    """What the lock pins could not be had."""


def say(text: str) -> None:
    """Print one progress line on standard error."""
    print(f"customs: {text}", file=sys.stderr, flush=True)


def block_of(package: str, lock: str) -> str:
    """Return the lock's block (requirement line and hashes) that pins `package`, or an empty string."""
    taken: list[str] = []
    for line in lock.splitlines():
        if taken or line.startswith(f"{package}=="):
            taken.append(line)
            if not line.endswith("\\"):
                break
    return "".join(f"{line}\n" for line in taken)


def last_line(output: str) -> str:
    """Return what an installer said last: the cause, as a rule."""
    lines = [line.strip() for line in output.splitlines() if line.strip() and not line.startswith("hint:")]
    return lines[-1] if lines else "no message"


def write_atomically(path: Path, text: str) -> None:
    """Write `text` so that `path` either has all of it or is as it was."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


@contextmanager
def exclusive(path: Path) -> Iterator[int]:
    """Hold the set-up lock and yield its file descriptor; children that inherit it keep holding it."""
    with path.open("a", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for a set-up that is already running")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


class Setup:
    """One set-up of the environment of the project directory `root`."""

    def __init__(self, root: Path, lock_descriptor: int) -> None:
        """Name the places; nothing is touched yet."""
        self.root, self.lock_descriptor = root, lock_descriptor
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.marker = self.venv / ".ready"

    def run(self, *command: str | Path, **extra: str) -> tuple[bool, str]:
        """Run a command that inherits the lock and has no standard input; return success and its output."""
        environment = {key: value for key, value in os.environ.items() if key not in NOT_FOR_INSTALLERS} | extra
        try:
            done = subprocess.run(
                command, cwd=self.root, env=environment, pass_fds=(self.lock_descriptor,), text=True, errors="replace",
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            )  # fmt: skip
        except OSError as error:
            return False, str(error)
        if done.returncode and self.venv.is_dir():
            with (self.venv / "setup.log").open("a", encoding="utf-8") as log:
                log.write(f"{shlex.join(map(str, command))}: exit {done.returncode}\n{done.stdout}\n")
        return done.returncode == 0, done.stdout

    def site_packages(self) -> Path | None:
        """Return the environment's site-packages, or None if the environment does not run."""
        works, output = self.run(self.python, "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
        return Path(last_line(output)) if works else None

    def create(self) -> None:
        """Make an empty environment in place of whatever is there."""
        say(f"creating {self.venv}")
        if self.venv.exists():
            shutil.rmtree(self.venv)
        # Never the interpreter of the cleared directory; its full name, so that a replaced system Python is noticed.
        base = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
        works, output = self.run(base, "-I", "-m", "venv", self.venv)
        if not works:
            raise SetupError(f"cannot create {self.venv}: {last_line(output)}")

    def uv_settings(self) -> dict[str, str] | None:
        """Return pip's index and certificate settings in uv's variables, or None where only pip can follow them."""
        _, output = self.run(self.python, *PIP, "config", "list")
        found = dict(line.split("=", 1) for line in output.splitlines() if "=" in line)
        pip: dict[str, str] = {}
        for section in ("global.", "install.", ":env:."):
            pip |= {key.removeprefix(section): value for key, value in found.items() if key.startswith(section)}
        if "no-index" in pip:
            return None
        given = {PIP_TO_UV[key]: str(ast.literal_eval(value)) for key, value in pip.items() if key in PIP_TO_UV}
        return {key: value for key, value in given.items() if key not in os.environ}

    def pip_install(self, pinned: Path) -> None:
        """Install a hash-pinned list with pip."""
        works, output = self.run(self.python, *PIP, *PINNED, pinned, PIP_USER="0")  # the user scheme fails in here
        if not works:
            raise DownloadError(f"packages could not be installed, check the network: {last_line(output)}")

    def install(self, lock: bytes) -> None:
        """Install exactly what the lock pins, with uv, or with pip where uv cannot."""
        pinned, only_uv = self.venv / "requirements.lock", self.venv / "uv.lock"
        pinned.write_bytes(lock)
        only_uv.write_text(block_of("uv", lock.decode()), encoding="utf-8")
        settings = self.uv_settings() if only_uv.stat().st_size else None
        if settings is not None:
            say("installing uv")
            self.pip_install(only_uv)
            say("installing and compiling the locked packages (about a minute the first time)")
            works, output = self.run(self.venv / "bin" / "uv", *SYNC, self.python, pinned, **settings)
            if works:
                return
            say(f"uv could not: {last_line(output)}")
        say("installing the locked packages with pip (a few minutes)")
        self.pip_install(pinned)

    def finish(self) -> None:
        """Make the project importable from anywhere, add its console script, compile its own packages."""
        site_packages = self.site_packages()
        if site_packages is None:
            raise SetupError(f"{self.python} does not run")
        write_atomically(site_packages / "customs_advisor.pth", f"{self.root}\n")
        script = self.venv / "bin" / "customs"
        write_atomically(script, f'#!/bin/sh\nexec {shlex.quote(str(self.root / "customs"))} "$@"\n')
        script.chmod(0o755)
        self.run(self.python, "-I", "-m", "compileall", "-q", *PACKAGES)  # saves time only, so its failure is none

    def ensure(self) -> None:
        """Bring the environment in line with the lock, if it is not."""
        lock = (self.root / "requirements.lock").read_bytes()
        checksum = subprocess.run(["cksum"], input=lock, stdout=subprocess.PIPE, check=True).stdout.decode()
        wanted = f"{checksum.strip()}\n{self.root}\n"
        marked = self.marker.read_text(encoding="utf-8") if self.marker.is_file() else ""
        usable = marked.endswith(f"\n{self.root}\n") and self.site_packages() is not None
        if usable and marked == wanted:
            return  # another launcher made it while this one waited
        self.marker.unlink(missing_ok=True)
        if not usable:
            self.create()
        self.install(lock)
        self.finish()
        write_atomically(self.marker, wanted)


def main(root: Path) -> int:
    """Set up `root` and return the exit code."""
    try:
        with exclusive(root / ".venv.lock") as descriptor:
            Setup(root, descriptor).ensure()
    except SetupError as error:
        say(str(error))
        return 3 if isinstance(error, DownloadError) else 2
    except OSError as error:
        say(f"cannot set up {root / '.venv'}: {error}")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parents[2]))
