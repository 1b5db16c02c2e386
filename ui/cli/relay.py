"""`customs relay`: whoever sits at the terminal plays the model, or a recording does."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from advisor.hosted.relay import Call, Said, recorded, relay_server
from tools.errors import InputError

_HELP = "answer in lines, an empty line ends it; `call TOOL {json}` calls a tool (several lines: at once); Ctrl-D stops"
_SHOWN = 1_500  # characters of a message shown to the player


class Typist:
    """Shows what the model is sent, and reads what it says. One request at a time."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self._read, self._write, self._turn = read, write, threading.Lock()
        self._shown = 0

    def __call__(self, messages: Sequence[Mapping[str, Any]]) -> Said | None:
        """The next reply; None when the terminal was closed."""
        with self._turn:
            begins = len(messages) <= self._shown
            for message in messages if begins else messages[self._shown :]:
                self._tell(f"[{message.get('role')}] {_shown(message)}")
            self._shown = len(messages)
            while True:
                self._tell(_HELP)
                lines = self._lines()
                if lines is None:
                    return None
                try:
                    return said_in(lines)
                except InputError as error:
                    self._tell(str(error))

    def _lines(self) -> list[str] | None:
        lines: list[str] = []
        for line in self._read:
            if not line.strip():
                if lines:
                    return lines
                continue
            lines.append(line.rstrip("\n"))
        return lines or None

    def _tell(self, text: str) -> None:
        print(text, file=self._write, flush=True)


def _shown(message: Mapping[str, Any]) -> str:
    parts = [str(message.get("content") or "")]
    parts += [f"call {c['function']['name']} {c['function']['arguments']}" for c in message.get("tool_calls") or ()]
    text = "\n".join(filter(None, parts))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def said_in(lines: Sequence[str]) -> Said:
    """What typed lines say: an answer, or calls.

    Raises:
        InputError: a call without a tool or with arguments that are no JSON object.
    """
    if not lines[0].startswith("call "):
        return Said(content="\n".join(lines))
    calls = []
    for line in lines:
        word, _, rest = line.partition(" ")
        name, _, text = rest.strip().partition(" ")
        try:
            arguments = json.loads(text or "{}")
        except ValueError:
            arguments = None
        if word != "call" or not name or not isinstance(arguments, dict):
            raise InputError("call", f"{line!r} cannot be read", 'call TOOL {"key": "value"}')
        calls.append(Call(name=name, arguments=arguments))
    return Said(tool_calls=tuple(calls))


def relay(port: int, recording: str | None) -> None:
    """Serve until interrupted."""
    player = recorded(Path(recording)) if recording else Typist(sys.stdin, sys.stdout)
    server = relay_server(player, port)
    address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    print(f"CUSTOMS_MODEL=openai:relay CUSTOMS_OPENAI_BASE_URL={address}", file=sys.stderr, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return
    finally:
        server.server_close()
