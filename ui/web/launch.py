"""Starting the Streamlit page on loopback, with telemetry off."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("page.py")


def launch(port: int) -> int:
    """Run the page until stopped; returns its exit code."""
    command = [
        sys.executable, "-m", "streamlit", "run", str(PAGE), "--server.address", "127.0.0.1", "--server.port", str(port),
        "--server.headless", "true", "--browser.gatherUsageStats", "false", "--client.toolbarMode", "viewer",
        "--server.fileWatcherType", "none",
    ]  # fmt: skip
    print(f"customs: the page is on http://127.0.0.1:{port}", file=sys.stderr)
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0
