"""What a conversation has settled after its messages."""

from __future__ import annotations

from datetime import date

from advisor.offline.frame import Frame
from advisor.offline.understand import understand


def heard(today: date, *questions: str) -> Frame:
    """The frame after the last of some messages."""
    frame = None
    for question in questions:
        frame = understand(question, today, frame)
    assert frame is not None
    return frame
