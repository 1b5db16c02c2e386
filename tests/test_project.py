"""The rules the whole project keeps: the one-way street, lengths, no number of the law in code, the lock, light starts.

Read from the source by `ast`; a failure names file and line.
"""

from __future__ import annotations

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.law.store import law
from tools.text import find_quantities

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "tools": {"tools"},
    "corpus": {"corpus", "tools"},
    "advisor": {"advisor", "corpus", "tools"},
    "ui": {"ui", "advisor", "corpus", "tools"},
    "evals": {"evals", "advisor", "corpus", "tools"},
}
#: `customs eval run` and `customs bench` start what lies beside the advisor, a page shows it; nothing else of ui may know it
STARTS_EVALS = {"ui/cli/eval_commands.py", "ui/web/evaluations.py"}
ONLY_IN = {
    "advisor": {"langchain", "langchain_core", "langchain_openai", "langgraph", "openai"},
    "corpus": {"chromadb", "tantivy"},
    "ui": {"streamlit", "fastapi", "starlette", "typer", "uvicorn", "mcp"},
}
#: importers and sync read files and the network by their nature; they sit apart
APART = ("tools/tariff/importers/", "tools/tariff/sync/")
NOT_IN_TOOLS = {"time", "socket", "requests", "httpx", "aiohttp", "http", "urllib", "random", "secrets"}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "environ", "getenv"}
MAY_USE_FLOATS = re.compile(r"tools/(?:.*/)?(?:format|score|scores|scoring)\.py$")
HEAVY = {"langchain", "langgraph", "chromadb", "streamlit", "fastapi", "tantivy", "openai", "numpy"}

# ------------------------------------------------------------------------------------------------- the source


@cache
def tracked() -> tuple[str, ...]:
    """Files of the project: what git tracks, and what it would."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip(f"NOT CHECKED, the files of the project cannot be listed: {listed.stderr.strip()}")
    return tuple(sorted({name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}))


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(text_of(name), name)


def python_files(*rooms: str) -> list[str]:
    return [n for n in tracked() if n.endswith(".py") and (not rooms or n.split("/")[0] in rooms)]


def imports(name: str) -> Iterator[tuple[int, str]]:
    """Every module a file imports, wherever the import stands and however it is written."""
    package = name.split("/")[:-1]
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield node.lineno, ".".join([*base, *([node.module] if node.module else [])])
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__"):
            named = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from ((node.lineno, module) for module in named)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


# ------------------------------------------------------------------------------------------------- the street


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_flow_one_way(room: str) -> None:
    wrong = [
        f"{name}:{line} imports {module}"
        for name in python_files(room)
        for line, module in imports(name)
        if (top := module.split(".")[0]) in MAY_IMPORT and top not in MAY_IMPORT[room]
        if not (top == "evals" and name in STARTS_EVALS)
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_each_library_stays_in_its_room(room: str) -> None:
    foreign = {library for owner, libraries in ONLY_IN.items() if owner != room for library in libraries}
    wrong = [
        f"{name}:{line} imports {module}"
        for name in python_files(room)
        for line, module in imports(name)
        if (top := module.split(".")[0]) in foreign
        or (top.startswith(("langchain", "langgraph")) and room != "advisor")
    ]
    assert not wrong, wrong


def test_every_import_of_our_own_leads_to_a_file() -> None:
    wrong = [
        f"{name}:{line} imports {module}, which is no file"
        for name in python_files(*MAY_IMPORT)
        for line, module in imports(name)
        if module.split(".")[0] in MAY_IMPORT
        if not any((ROOT / f"{module.replace('.', '/')}{end}").is_file() for end in (".py", "/__init__.py"))
    ]
    assert not wrong, wrong


def test_the_tools_read_no_clock_no_environment_and_no_network() -> None:
    wrong = []
    for name in python_files("tools"):
        if name.startswith(APART):
            continue
        wrong += [f"{name}:{n} imports {m}" for n, m in imports(name) if m.split(".")[0] in NOT_IN_TOOLS]
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
                wrong.append(f"{name}:{node.lineno} reads .{node.attr}")
            if isinstance(node, ast.ImportFrom) and {a.name for a in node.names} & CLOCKS:
                wrong.append(f"{name}:{node.lineno} imports a clock or the environment")
    assert not wrong, wrong


def test_the_tools_use_no_float_and_no_round() -> None:
    wrong = [
        f"{name}:{node.lineno} calls {_called(node)}()"
        for name in python_files("tools")
        if not MAY_USE_FLOATS.search(name)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and _called(node) in ("float", "round")
    ]
    assert not wrong, wrong


# ------------------------------------------------------------------------------------- no number of the law in code

#: float literals here are weights and floors of retrieval; law is Decimal, and no money is a float
WEIGHTS = ("corpus/", "tools/tariff/search/scoring.py", "advisor/guard/review.py", "advisor/offline/compose/passages.py")  # fmt: skip
#: file -> value -> why that number is none of the law
NOT_LAW: dict[str, dict[str, str]] = {
    "advisor/offline/compose/claimed.py": {"100": "smaller figures of a question are not taken for a claimed total"},
    "advisor/offline/compose/states.py": {"100": "a ratio times a hundred is a percentage"},
    "advisor/advisor.py": {"1000": "milliseconds of a second"},
    "advisor/toolbox.py": {"12000": "characters of a result that a model is shown"},
    "advisor/offline/plan.py": {"500": "longest question searched for"},
    "corpus/meaning.py": {"1000": "characters read of a passage"},
    "tools/law/store.py": {"0.5": "how alike names must be to be offered"},
    "tools/exact.py": {"10000": "largest denominator of a fraction people write"},
    "tools/taiwan/cases.py": {"100": "cents of a dollar"},
    "tools/taiwan/units.py": {"1000": "units of a thousand by their definitions"},
    "tools/tariff/notation/grammar.py": {"1000": "characters of a cell"},
    "tools/text/values.py": {"100": "a percentage is so many hundredths", "1000": "a per mille is so many thousandths"},
    "tools/text/numerals.py": {"100": "百", "1000": "千", "10000": "萬"},
    "tools/text/quantities.py": {"1000": "thousand, k", "2000": "the century of FY27"},
}
#: keyword arguments that are sizes of inputs and caches by what they mean
SIZES = {"max_length", "length", "min_length", "maxsize", "max_chars", "limit", "most"}
#: topics that are only ever looked up, with round figures (a million, a hundred and twenty) that code has for other reasons
LOOKED_UP = ("tw.agency_limits.", "tw.rulings.", "tw.export.")


@cache
def law_numbers() -> dict[Decimal, str]:
    """Every number of the law that cannot be mistaken for a small count: from a hundred up, or with decimals."""
    found: dict[Decimal, str] = {}
    for parameter in law().all():
        for value in parameter.values:
            number = None if parameter.id.startswith(LOOKED_UP) else value.value
            if isinstance(number, Decimal) and (number >= 100 or number != number.to_integral_value()):
                found.setdefault(number.normalize(), parameter.id)
    return found


def as_number(node: ast.AST) -> Decimal | None:
    """The value of a numeric literal, also inside `Decimal("…")`."""
    if isinstance(node, ast.Call) and _called(node) == "Decimal" and node.args:
        node = node.args[0]
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool | bytes) or node.value is None:
        return None
    try:
        return Decimal(str(node.value).replace(",", "").replace("_", "")).normalize()
    except InvalidOperation:
        return None


def literals(name: str) -> Iterator[tuple[int, Decimal]]:
    """Numbers written in a file, without sizes of inputs and without percent conversions."""
    skipped: set[int] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.keyword) and node.arg in SIZES:
            skipped.add(id(node.value))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
            skipped |= {id(n) for n in (node.left, node.right) if as_number(n) == 100}
        strings = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in skipped and not strings and (number := as_number(node)) is not None:
            yield getattr(node, "lineno", 0), number


def test_no_number_of_the_law_stands_in_code() -> None:
    wrong = []
    for name in python_files("tools", "corpus", "advisor", "ui"):
        allowed = {Decimal(text).normalize() for text in NOT_LAW.get(name, {})}
        if name.startswith(WEIGHTS):
            allowed |= {
                v for n in ast.walk(tree(name)) if isinstance(getattr(n, "value", None), float) and (v := as_number(n))
            }
        if name.endswith("tool.py"):  # sample calls beside each tool: what a user typed
            allowed |= _in_examples(name)
        found = [(line, value) for line, value in literals(name) if value in law_numbers().keys() - allowed]
        wrong += [f"{name}:{line} {value:f} is {law_numbers()[value]}" for line, value in found]
    assert not wrong, wrong


def _in_examples(name: str) -> set[Decimal]:
    calls = [n for n in ast.walk(tree(name)) if isinstance(n, ast.keyword) and n.arg == "examples"]
    return {v for call in calls for n in ast.walk(call.value) if (v := as_number(n)) is not None}


def test_the_whitelist_of_numbers_has_nothing_idle() -> None:
    idle = [
        f"{name} {text}"
        for name, reasons in NOT_LAW.items()
        for text in reasons
        if name in tracked() and Decimal(text).normalize() not in {v for _, v in literals(name)}
    ]
    assert not idle, idle


def test_the_check_for_numbers_knows_the_law() -> None:
    wanted = ("2000", "50000", "34.58", "670.86", "800", "2500", "0.003464", "35000")
    assert {Decimal(w).normalize() for w in wanted} <= law_numbers().keys()


def test_no_number_of_the_law_stands_in_prompts_and_templates() -> None:
    wrong = []
    for name in tracked():
        template = name.startswith("advisor/") and name.endswith((".md", ".toml"))
        if not template and name not in ("tools/messages.toml", "tools/labels.toml"):
            continue
        for q in find_quantities(text_of(name)):
            value = q.value / 100 if q.kind == "percent" and q.value is not None else q.value
            if q.kind in ("money", "percent") and value is not None and value.normalize() in law_numbers():
                wrong.append(f"{name}: {q.text!r}")
    assert not wrong, wrong


# ------------------------------------------------------------------------------------------------- every file


def test_no_file_of_code_is_longer_than_400_lines() -> None:
    lengths = {name: len(text_of(name).splitlines()) for name in python_files()}
    assert not (long := {n: lines for n, lines in lengths.items() if lines > 400}), long


def test_nothing_is_left_to_do_in_code() -> None:
    left = re.compile("|".join((r"\bTO" + r"DO\b", r"\bFIX" + r"ME\b", "NotImplemented" + "Error")))
    wrong = [
        f"{name}:{number}"
        for name in tracked()
        if name.endswith((".py", ".toml", ".md", ".yaml", ".sh")) or name in ("customs", ".ci/run")
        for number, line in enumerate(text_of(name).splitlines(), start=1)
        if left.search(line)
    ]
    assert not wrong, wrong


def test_no_path_of_a_machine_stands_in_a_file() -> None:
    path = re.compile(r"(?<![\w.$}\-])/(?:work|root|home|tmp)/")
    wrong = []
    for name in tracked():
        try:
            lines = text_of(name).splitlines()
        except UnicodeDecodeError:
            continue  # not text
        wrong += [f"{name}:{number}" for number, line in enumerate(lines, start=1) if path.search(line)]
    assert not wrong, wrong


# ------------------------------------------------------------------------------------------------- the lock


@cache
def locked() -> dict[str, list[str]]:
    """Requirement -> its hashes."""
    joined = text_of("requirements.lock").replace("\\\n", " ")
    blocks = [line.partition(" --hash=") for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {requirement.strip(): f"--hash={hashes}".split() for requirement, _, hashes in blocks}


def test_every_locked_requirement_is_pinned_with_hashes() -> None:
    assert len(locked()) > 50
    for requirement, hashes in locked().items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+(?: ; .+)?", requirement), requirement
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h) for h in hashes), requirement


def test_the_lock_names_no_address_and_no_registry() -> None:
    found = re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host| @ |pypi\.|pythonhosted",
                       text_of("requirements.lock"), re.IGNORECASE)  # fmt: skip
    assert not found, found


def test_the_lock_satisfies_the_project() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    pins: dict[str, list[Version]] = {}  # one name may be pinned once for each Python
    for requirement in map(Requirement, locked()):
        pins.setdefault(canonicalize_name(requirement.name), []).append(Version(str(requirement.specifier)[2:]))
    for wanted in map(Requirement, [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]):
        found = pins.get(canonicalize_name(wanted.name), [])
        assert found, f"{wanted.name} is not locked"
        assert all(version in wanted.specifier for version in found), f"{wanted.name} {found} is not {wanted.specifier}"


# ------------------------------------------------------------------------------------------------- light starts

QUOTE = [
    "quote",
    "tw",
    "--route",
    "express",
    "--price",
    "3000",
    "--freight",
    "200",
    "--insurance",
    "50",
    "--rate",
    "5%",
]


QUOTE_US = ["quote", "us", "--mode", "air", "--hts-code", "6109.10.00", "--country-of-origin", "TW", "--value", "12500"]


@pytest.mark.parametrize(
    "args",
    [["--help"], QUOTE, QUOTE_US, ["law", "show", "us.mpf.minimum"], ["law", "next"], ["rate", "parse", "5%"]],
    ids=lambda a: " ".join(a[:2]),
)
def test_light_commands_load_nothing_heavy(args: list[str], tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "CUSTOMS_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ui.cli", *args], env=environment, cwd=ROOT, capture_output=True,
        text=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    loaded = {
        line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "import time:" in line
    }
    assert done.returncode == 0, done.stderr[-500:]
    assert "typer" in loaded  # the measure works
    assert not {m for m in loaded if any(m == h or m.startswith(f"{h}_") for h in HEAVY)}
    assert not list(tmp_path.iterdir())  # and nothing was built


# ------------------------------------------------------------------------------------------------- public names

EXPORTED = {
    "tools.law": ["Certainty", "LawStore", "LawValue", "Localized", "Parameter", "Source", "law"],
    "tools.tariff": ["AdValorem", "CccCode", "Schedule", "TariffLine", "parse_rate_text", "schedule"],
    "tools.taiwan": ["TaiwanGoods", "TaiwanQuoteInput", "quote"],
    "tools.text": ["Normalised", "Quantity", "find_quantities", "normalise", "parse_amount", "to_traditional"],
    "tools.united_states": ["DeMinimis", "DeMinimisInput", "UsLine", "UsQuoteInput", "de_minimis", "quote"],
    "corpus": ["Library", "Passage", "SearchResult", "open_library"],
    "advisor": ["Advisor", "Answer", "Settings"],
}


@pytest.mark.parametrize("package", EXPORTED)
def test_public_names_are_pinned(package: str) -> None:
    module = importlib.import_module(package)
    assert sorted(module.__all__) == EXPORTED[package]
    assert all(getattr(module, name) is not None for name in module.__all__)
