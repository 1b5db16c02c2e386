"""A year of a support desk and a season of parcels, out of what was measured and what is assumed."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

_DAY, _HOUR, _YEAR_DAYS = 86_400.0, 3_600.0, 365
_GIGA = 1e9
_MOST_WORKERS = 4_096


@dataclass(frozen=True, slots=True)
class Hour:
    """The busiest hour, simulated: questions a second, workers, and how long people wait, in seconds."""

    rate: float
    workers: int
    load: float
    p50: float
    p95: float
    over_patience: float


def busiest_rate(desk: Mapping[str, float]) -> float:
    """Questions a second in the busiest hour of the busiest day."""
    a_day = desk["conversations_a_year"] * desk["turns_a_conversation"] / _YEAR_DAYS * desk["busiest_day_over_mean"]
    return a_day * desk["busiest_hour_of_day"] / _HOUR


def wait(rate: float, workers: int, samples: list[float], patience: float, seed: int = 1) -> Hour:
    """One hour of questions that come by chance, each served by the worker that is free first.

    Args:
        rate: questions a second.
        workers: how many answer, one question at a time each.
        samples: seconds of work of single questions, drawn from.
        patience: seconds after which somebody waits too long, answer included.
        seed: of the draw.
    """
    chance = Random(seed)
    free = [0.0] * workers
    now, spent, answered = 0.0, 0.0, []
    while (now := now + chance.expovariate(rate)) < _HOUR:
        start = max(now, heapq.heappop(free))
        work = chance.choice(samples)
        heapq.heappush(free, start + work)
        spent += work
        answered.append(start + work - now)
    answered.sort()
    late = sum(t > patience for t in answered) / len(answered)
    return Hour(rate, workers, spent / (workers * _HOUR), _at(answered, 0.5), _at(answered, 0.95), late)


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def fewest(rate: float, samples: list[float], patience: float, spare: float) -> Hour:
    """The fewest workers with which at most one in twenty waits too long and the spare share of processors is kept."""
    mean = sum(samples) / len(samples)
    workers = max(1, math.ceil(rate * mean / (1 - spare)))
    while workers <= _MOST_WORKERS:
        hour = wait(rate, workers, samples, patience)
        if hour.over_patience <= 0.05 and hour.load <= 1 - spare:
            return hour
        workers += max(1, workers // 20)
    raise ValueError(f"no number of workers up to {_MOST_WORKERS} keeps up with {rate:.0f} questions a second")


def breaking(rate: float, workers: int, samples: list[float], patience: float) -> float:
    """How many times the load the same workers bear until more than one in twenty waits too long, in quarters."""
    times = 1.0
    while wait(rate * (times + 0.25), workers, samples, patience).over_patience <= 0.05:
        times += 0.25
    return times


@dataclass(frozen=True, slots=True)
class Need:
    """What the desk and the parcels need."""

    hour: Hour
    breaks_at: float
    machines: int
    answers_gb: float
    receipts_gb: float
    index_gb: float
    parcel_workers: int
    parcels_busiest_day: float
    writes_a_second: float
    hosted_dollars: float
    processor_years: float


def needs(measured: Mapping[str, Any], assumed: Mapping[str, Mapping[str, float]]) -> Need:
    """The whole reckoning."""
    desk, parcels, library, machine = (assumed[name] for name in ("desk", "parcels", "library", "machine"))
    samples = [ms / 1000 for ms in measured["turn_samples_ms"]]
    rate = busiest_rate(desk)
    hour = fewest(rate, samples, desk["patience_seconds"], machine["spare"])
    breaks_at = breaking(rate, hour.workers, samples, desk["patience_seconds"])
    turns = desk["conversations_a_year"] * desk["turns_a_conversation"]
    a_day = parcels["in_a_season"] / parcels["season_days"] * parcels["busiest_day_over_mean"]
    seconds = a_day * measured["quote_ms"] / 1000
    passages = (
        library["documents_of_tenants"] * library["passages_a_document"] + library["tenants"] * measured["passages"]
    )
    by_memory = (
        hour.workers * measured["worker_mb"] / 1024 / (machine["memory_of_a_machine_gb"] * (1 - machine["spare"]))
    )
    hosted = assumed["hosted"]
    tokens = (
        measured["hosted_input_tokens"] * hosted["input_price"]
        + measured["hosted_output_tokens"] * hosted["output_price"]
    )
    return Need(
        hour=hour, breaks_at=breaks_at, machines=math.ceil(max(by_memory, hour.workers / measured["machine_cores"])),
        answers_gb=turns * desk["kept_days"] / _YEAR_DAYS * measured["answer_bytes"] / _GIGA,
        receipts_gb=parcels["in_a_season"] * parcels["kept_share"] * measured["receipt_bytes"] / _GIGA,
        index_gb=passages * measured["index_bytes_a_passage"] / _GIGA,
        parcel_workers=math.ceil(seconds / (parcels["hours_for_a_day"] * _HOUR) / (1 - machine["spare"])),
        parcels_busiest_day=a_day, writes_a_second=rate,
        hosted_dollars=turns * hosted["share_of_turns"] * tokens / 1e6,
        processor_years=(turns * measured["turn_ms"] + parcels["in_a_season"] * measured["quote_ms"]) / 1000 / _DAY / _YEAR_DAYS,
    )  # fmt: skip
