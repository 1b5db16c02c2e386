"""Calculators under test: a command that reads and writes JSON lines, or an address that takes one case a request."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pydantic import ValidationError

from evals.conformance.pack import Judged, Pack, Reply, asked, judge
from tools.errors import InputError, ServiceError

_SECONDS = 600  # a whole pack by a command
_ANSWER_SECONDS = 30.0  # one case by an address


def run(packs: Sequence[Pack], *, command: str | None, url: str | None, key: str | None = None) -> list[Judged]:
    """Every case asked of a calculator, and each reply judged.

    Raises:
        InputError: neither a command nor an address, or both.
        ServiceError: the command cannot be run, or the address cannot be reached.
    """
    if (command is None) == (url is None):
        raise InputError("command", "one calculator is tested at a time", "either --command or --http")
    rows = [(pack, case) for pack in packs for case in pack.cases]
    questions = [asked(pack, case) for pack, case in rows]
    replies = by_command(command, questions) if command is not None else by_http(url or "", key, questions)
    said = {reply.id: reply for reply in replies}
    return [judge(pack.kind, case, said.get(case.id)) for pack, case in rows]


def by_command(command: str, questions: Iterable[dict[str, Any]]) -> list[Reply]:
    """Replies of a command: JSON lines in on standard input, JSON lines out on standard output."""
    lines = "\n".join(json.dumps(q, ensure_ascii=False) for q in questions)
    try:
        done = subprocess.run(
            shlex.split(command), input=lines + "\n", capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS, check=False
        )  # fmt: skip
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise ServiceError(f"command {command!r}: {error}") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise ServiceError(f"command {command!r} ended with {done.returncode}: {last}")
    return [_reply(line) for line in done.stdout.splitlines() if line.strip()]


def by_http(url: str, key: str | None, questions: Iterable[dict[str, Any]]) -> list[Reply]:
    """Replies of an address: one POST a case, four at a time."""
    import httpx

    headers = {"Authorization": f"Bearer {key}"} if key else {}

    def ask(question: dict[str, Any]) -> Reply:
        answer = client.post(url, json=question)
        if answer.status_code >= 500:
            raise ServiceError(f"{url}: {answer.status_code}")
        if not answer.is_success:
            return Reply(id=question["id"], refused=answer.text[:200])
        return _reply(answer.text)

    try:
        with httpx.Client(headers=headers, timeout=_ANSWER_SECONDS) as client, ThreadPoolExecutor(4) as pool:
            return list(pool.map(ask, questions))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ServiceError(f"{url}: {error}") from error


def _reply(line: str) -> Reply:
    try:
        return Reply.model_validate_json(line)
    except ValidationError as error:
        raise ServiceError(f"a reply that is none: {line[:120]}") from error


def lines_of(judged: Sequence[Judged]) -> Iterator[str]:
    """What was not right, a line each."""
    for row in judged:
        if row.verdict != "right":
            yield f"{row.verdict}: {row.case.id}: {row.reason} [{row.case.basis}]"
