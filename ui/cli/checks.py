"""`customs test`: what CI runs, in the order in which a failure is cheapest."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CODE = ("advisor", "tools", "corpus", "ui", "evals", "tests")


def run_checks(*, browser: bool = False, faults: bool = False) -> int:
    """Run every check, and the tiers asked for; stop at the first that fails and return its code (1)."""
    python = sys.executable
    steps = [
        ("ruff", [python, "-m", "ruff", "check", *_CODE]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", *_CODE]),
        ("mypy", [python, "-m", "mypy", "advisor", "tools", "corpus", "ui", "evals"]),
        ("pytest", [python, "-m", "pytest", "-q", "-n", "2"]),
        ("evals", [python, "-P", "-m", "ui.cli", "eval", "run", "--subset", "ci"]),
    ]
    if browser:
        _fetch_for_browser()
        steps.append(("browser", [python, "-m", "pytest", "-q", "-m", "browser", "tests/browser"]))
    if faults:
        _fetch("initdb", "postgresql", where="usr/lib/postgresql/*/bin/initdb")
        steps.append(("faults", [python, "-m", "pytest", "-q", "-s", "-m", "faults", "tests"]))
    for name, command in steps:
        started = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, check=False)
        print(f"customs test: {name} {'ok' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s",
              file=sys.stderr)  # fmt: skip
        if done.returncode:
            return 1
    return 0


def _fetch(program: str, *packages: str, where: str = "") -> None:
    """Install Debian packages where a program of theirs is missing and this may be done."""
    missing = shutil.which(program) is None and not (where and any(Path("/").glob(where)))
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "install", "-y", "-q", *packages], check=False, stdout=sys.stderr)


def _fetch_for_browser() -> None:
    """Bring what the browser tier needs where it is missing and may be fetched; the tests say what is still not there."""
    _fetch("chromium", "chromium", "fonts-noto-cjk")
    kept = ROOT / ".customs"
    if shutil.which("npm") and not (kept / "node_modules" / "axe-core").is_dir():
        kept.mkdir(exist_ok=True)
        subprocess.run(
            ["npm", "install", "--silent", "--no-save", "--prefix", str(kept), "axe-core"],
            check=False,
            stdout=sys.stderr,
        )
