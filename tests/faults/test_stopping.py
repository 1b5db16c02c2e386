"""A service that is told to stop finishes what it is telling."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx
import pytest

from tests.advisor.endpoint import serving, streamed
from tests.faults.running import PATIENCE, running

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stream_is_finished_before_the_service_ends(tmp_path: Path, workers: int) -> None:
    with serving() as model:
        model.replies.append(streamed("這個問題我需要想一下。" * 8, gap=0.15))
        with running(tmp_path, workers, MODEL="openai:test", OPENAI_BASE_URL=model.url, OPENAI_API_KEY="x") as service:
            body, headers = {"question": "台灣海關 X3 是什麼？"}, {"Accept": "text/event-stream"}
            with httpx.stream("POST", f"{service.at}/v1/answers", json=body, headers=headers, timeout=PATIENCE) as told:
                while not model.asked:
                    pass
                service.process.send_signal(signal.SIGTERM)
                text = "".join(told.iter_text())
            assert "event: answer" in text and "event: problem" not in text
            assert service.process.wait(60) in (0, -signal.SIGTERM)
