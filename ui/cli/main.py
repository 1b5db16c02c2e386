"""The command line `customs`: every command answers on standard output, everything else goes to standard error.

Exit codes: 0 done; 1 a check found something; 2 bad usage or input; 3 a configured service cannot be reached;
4 our own data is broken. Heavy libraries are imported inside the commands that need them.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tools.errors import CustomsError, DataError, InputError, ServiceError

if TYPE_CHECKING:
    from advisor.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
quote_app = typer.Typer(no_args_is_help=True, help="What an import costs.")
law_app = typer.Typer(no_args_is_help=True, help="Dated law.")
eval_app = typer.Typer(no_args_is_help=True, help="Evaluations.")
bench_app = typer.Typer(no_args_is_help=True, help="Benchmarks.")
for name, sub in (("quote", quote_app), ("law", law_app), ("eval", eval_app), ("bench", bench_app)):
    app.add_typer(sub, name=name)

Json = Annotated[bool, typer.Option("--json", help="print JSON")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="read the law on this day")]


def exit_code(error: CustomsError) -> int:
    """The exit code an error ends with."""
    return 4 if isinstance(error, DataError) else 3 if isinstance(error, ServiceError) else 2


def settings() -> Settings:
    """Settings of this process."""
    from advisor.settings import Settings

    return Settings.from_environment()


def day(text: str | None, field: str) -> date | None:
    """An optional day given on the command line."""
    from tools.text.dates import parse_date

    return parse_date(text, field) if text else None


def read_source(name: str, field: str) -> str:
    """Text of a file, or of standard input for `-`."""
    if name == "-":
        return sys.stdin.read().removeprefix("\ufeff")
    try:
        return Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(field, f"{name} cannot be read", "a UTF-8 file, or - for standard input") from error


def emit(payload: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(payload, ensure_ascii=False, indent=2))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="the question, in Chinese or English")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of questions, - for standard input")] = None,
    as_of: AsOf = None,
    lang: Annotated[str | None, typer.Option(help="zh-TW or en; the question's own when not given")] = None,
    model: Annotated[str | None, typer.Option(help="offline or openai:NAME")] = None,
    as_json: Json = False,
) -> None:
    """Answer a question, or a batch of them in one process."""
    from ui.cli import asking

    if (question is None) == (batch is None):
        raise InputError("question", "give a question or --batch FILE", "exactly one of them")
    if batch is not None:
        asking.ask_batch(settings(), batch, day(as_of, "as_of"), lang, model)
    else:
        asking.ask_one(settings(), str(question), day(as_of, "as_of"), lang, model, as_json=as_json)


@quote_app.command("tw")
def quote_tw(
    input_file: Annotated[str | None, typer.Option("--input", help="JSON input, - for standard input")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of inputs, one result a line")] = None,
    route: Annotated[str | None, typer.Option()] = None,
    price: Annotated[str | None, typer.Option()] = None,
    currency: Annotated[str | None, typer.Option()] = None,
    exchange_rate: Annotated[str | None, typer.Option()] = None,
    freight: Annotated[str | None, typer.Option()] = None,
    insurance: Annotated[str | None, typer.Option()] = None,
    rate: Annotated[str | None, typer.Option(help="duty rate such as 5%")] = None,
    ccc_code: Annotated[str | None, typer.Option(help="11-digit CCC code")] = None,
    origin: Annotated[str | None, typer.Option("--country-of-origin")] = None,
    description: Annotated[str | None, typer.Option()] = None,
    used: Annotated[str | None, typer.Option("--exempt-imports-this-half-year")] = None,
    decline: Annotated[bool, typer.Option("--decline-low-value-exemption")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Duty, taxes and fees of goods imported into Taiwan by express courier."""
    from ui.cli import quoting

    goods = {
        "price": price,
        "rate": rate,
        "ccc_code": ccc_code,
        "country_of_origin": origin,
        "description": description,
    }
    flat = {
        "route": route, "currency": currency, "exchange_rate": exchange_rate, "freight": freight, "insurance": insurance,
        "exempt_imports_this_half_year": used, "as_of": as_of,
    }  # fmt: skip
    given: dict[str, Any] = {k: v for k, v in flat.items() if v is not None}
    if decline:
        given["decline_low_value_exemption"] = True
    lines = {k: v for k, v in goods.items() if v is not None}
    if batch is not None:
        quoting.batch_tw(settings(), batch)
        return
    if input_file is None:
        raw: Any = given | {"goods": [lines]}
    elif lines or given:
        raise InputError("input", "is given together with single options", "either --input or the options")
    else:
        raw = quoting.read_object(input_file)
    quoting.show(quoting.quote_tw(settings(), raw), as_json=as_json)


@law_app.command("show")
def law_show(
    parameter: Annotated[str, typer.Argument(help="parameter such as us.mpf.minimum, or topic such as us.mpf")],
    on: Annotated[str | None, typer.Option(help="the day")] = None,
    as_json: Json = False,
) -> None:
    """Values of the law on a day."""
    from ui.cli import legal

    legal.show(settings(), parameter, day(on, "on"), as_json=as_json)


@law_app.command("de-minimis")
def law_de_minimis(
    country: Annotated[str, typer.Argument(help="us")],
    origin: Annotated[str, typer.Option(help="ISO code of the country of origin")],
    mode: Annotated[str, typer.Option(help="express, air, ocean, land or post")],
    on: Annotated[str | None, typer.Option(help="entry date")] = None,
    value: Annotated[str | None, typer.Option(help="value in USD")] = None,
    gift: Annotated[bool, typer.Option("--gift", help="a bona fide gift")] = False,
    as_json: Json = False,
) -> None:
    """Whether the US low-value exemption is open."""
    from ui.cli import legal

    legal.de_minimis_us(settings(), country, origin, mode, on, value, gift=gift, as_json=as_json)


@app.command()
def replay(receipt: Annotated[str, typer.Argument(help="JSON result with its receipt, - for standard input")]) -> None:
    """Recompute a result from its recorded input: identical (0) or the difference (1)."""
    from ui.cli import quoting

    raise typer.Exit(quoting.replay(receipt))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option()] = None, port: Annotated[int | None, typer.Option()] = None
) -> None:
    """The HTTP service."""
    from ui.http.serve import serve as run

    run(settings(), host, port)


@app.command()
def ui(port: Annotated[int, typer.Option()] = 8501) -> None:
    """The page, in a browser."""
    from ui.web.launch import launch

    settings()  # a bad setting is told here, not in the browser
    raise typer.Exit(launch(port))


@eval_app.command("run")
def eval_run(
    suite: Annotated[str | None, typer.Option(help="only this suite")] = None,
    model: Annotated[str | None, typer.Option(help="offline or openai:NAME")] = None,
    repeats: Annotated[int, typer.Option(min=1, max=20)] = 1,
    out: Annotated[str | None, typer.Option(help="directory for the report")] = None,
) -> None:
    """Run the evaluation suites against their thresholds."""
    from evals.run import run_suites

    raise typer.Exit(run_suites(settings(), suite, model, repeats, Path(out) if out else None))


@bench_app.command("start")
def bench_start() -> None:
    """Cold and warm start times, side by side."""
    from evals.bench.start import main as run

    run()


@app.command()
def test(
    browser: Annotated[bool, typer.Option("--browser", help="also the tier that needs Chromium")] = False,  # noqa: PT028
) -> None:
    """Everything CI runs."""
    from ui.cli.checks import run_checks

    raise typer.Exit(run_checks(browser=browser))


#: typer's public BadParameter is one kind of its usage errors; their common base is not exported
_UsageError: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "UsageError")


def _usage(error: Exception) -> str:
    """A usage error in one line: what is wrong, and what is accepted."""
    text = " ".join(str(getattr(error, "format_message", lambda: error)()).split())
    return f"{text} See --help for what is accepted."


def main() -> None:
    """Run a command; errors become one line and an exit code."""
    try:
        result = app(standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except _UsageError as error:
        context = getattr(error, "ctx", None)
        print(f"{context.command_path if context else 'customs'}: {_usage(error)}", file=sys.stderr)
        sys.exit(2)
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except typer.Abort:
        sys.exit(130)
    except CustomsError as error:
        print(f"customs: {error}", file=sys.stderr)
        sys.exit(exit_code(error))
    except BrokenPipeError:
        sys.exit(0)
