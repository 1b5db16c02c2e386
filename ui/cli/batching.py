"""Batches of the command line: a JSON object a line in, a JSON object a line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tools.errors import CustomsError, DataError, InputError
from tools.inputs import read_json

_PROGRESS_EVERY = 8_192  # lines


def each_line(name: str, compute: Callable[[Any], str]) -> None:
    """One result a line, in order, as it is computed; a bad line gives an error line and the run goes on.

    Lines are read one by one, so memory does not grow with the file. Progress goes to standard error on long runs.

    Args:
        name: a file, or `-` for standard input.
        compute: the JSON of one result from the object of a line.
    """
    done = 0
    for number, row in _rows(name):
        if not row.strip():
            continue
        identity: Any = None
        try:
            raw = read_json(row, f"line {number}")
            identity = raw.get("id") if isinstance(raw, Mapping) else None
            out = compute(raw)
        except DataError:
            raise
        except CustomsError as error:
            out = json.dumps({"id": identity, "error": f"line {number}: {error}"}, ensure_ascii=False)
        print(out)
        done += 1
        if done % _PROGRESS_EVERY == 0:
            print(f"{done:,}", file=sys.stderr, flush=True)


def _rows(name: str) -> Iterator[tuple[int, str]]:
    """Lines of a file or of standard input with their numbers, one at a time.

    Raises:
        InputError: a file that cannot be read as UTF-8.
    """
    accepted = "a UTF-8 file, or - for standard input"
    try:
        with nullcontext(sys.stdin) if name == "-" else Path(name).open(encoding="utf-8-sig") as source:
            for number, row in enumerate(source, start=1):
                yield number, row.removeprefix("\ufeff") if number == 1 else row
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("batch", f"{name} cannot be read", accepted) from error
