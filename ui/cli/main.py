"""The command line `customs`: every command answers on standard output, everything else goes to standard error.

Exit codes: 0 done; 1 a check found something; 2 bad usage or input; 3 a configured service cannot be reached;
4 our own data is broken. Heavy libraries are imported inside the commands that need them.
"""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from tools.errors import CustomsError, InputError
from ui.cli import (
    corpus_commands,
    data_commands,
    eval_commands,
    ezway_commands,
    hs_commands,
    law_commands,
    paperwork_commands,
    quote_commands,
    rate_commands,
)
from ui.cli.common import AsOf, Json, day, exit_code, settings
from ui.cli.service_commands import keys, records

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
_GROUPS = {
    "quote": quote_commands.app,
    "ezway": ezway_commands.app,
    "law": law_commands.app,
    "rate": rate_commands.app,
    "hs": hs_commands.app,
    "bill": paperwork_commands.bill,
    "papers": paperwork_commands.papers,
    "form": paperwork_commands.form,
    "entry": paperwork_commands.entry,
    "data": data_commands.app,
    "keys": keys,
    "records": records,
    "corpus": corpus_commands.app,
    "eval": eval_commands.app,
    "bench": eval_commands.bench,
}
for name, group in _GROUPS.items():
    app.add_typer(group, name=name)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="the question, in Chinese or English")] = None,
    batch: Annotated[str | None, typer.Option(help="JSONL of questions, - for standard input")] = None,
    as_of: AsOf = None,
    lang: Annotated[str | None, typer.Option(help="zh-TW or en; the question's own when not given")] = None,
    model: Annotated[str | None, typer.Option(help="offline or openai:NAME")] = None,
    conversation: Annotated[str | None, typer.Option(help="id of a conversation to go on with")] = None,
    as_json: Json = False,
) -> None:
    """Answer a question, or a batch of them in one process."""
    from ui.cli import asking

    if (question is None) == (batch is None):
        raise InputError("question", "give a question or --batch FILE", "exactly one of them")
    if batch is not None and conversation is not None:
        raise InputError("conversation", "a batch names its own", "--conversation with one question")
    if batch is not None:
        asking.ask_batch(settings(), batch, day(as_of, "as_of"), lang, model)
    else:
        asking.ask_one(settings(), str(question), day(as_of, "as_of"), lang, model, conversation, as_json=as_json)


@app.command()
def replay(receipt: Annotated[str, typer.Argument(help="JSON result with its receipt, - for standard input")]) -> None:
    """Recompute a result from its recorded input: identical (0) or the difference (1)."""
    from ui.cli import quoting

    raise typer.Exit(quoting.replay(receipt))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="loopback when not given; public only with keys")] = None,
    port: Annotated[int | None, typer.Option()] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="processes that answer")] = 1,
) -> None:
    """The HTTP service."""
    from ui.http.serve import serve as run

    run(settings(), host, port, workers)


@app.command()
def relay(
    port: Annotated[int, typer.Option(min=0, max=65535, help="on loopback; 0 for any free one")] = 8790,
    recorded: Annotated[str | None, typer.Option(help="JSONL of replies; without it you type them")] = None,
) -> None:
    """An OpenAI-compatible endpoint at which a recording, or you, play the model."""
    from ui.cli.relay import relay as run

    run(port, recorded)


@app.command()
def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="the HTTP service, which has it at /mcp, not standard input")
    ] = False,
    host: Annotated[str | None, typer.Option(help="loopback when not given; public only with keys")] = None,
    port: Annotated[int | None, typer.Option()] = None,
) -> None:
    """Tools for assistants: the MCP server."""
    from ui.mcp.run import run

    run(settings(), host, port, http=http)


@app.command()
def ui(port: Annotated[int, typer.Option()] = 8501) -> None:
    """The page, in a browser."""
    from ui.web.launch import launch

    settings()  # a bad setting is told here, not in the browser
    raise typer.Exit(launch(port))


@app.command()
def test(
    browser: Annotated[bool, typer.Option("--browser", help="also the tier that needs Chromium")] = False,  # noqa: PT028
    faults: Annotated[
        bool, typer.Option("--faults", help="also the tier that needs PostgreSQL and breaks things; minutes")
    ] = False,  # noqa: PT028
    every: Annotated[bool, typer.Option("--all", help="every tier")] = False,  # noqa: PT028
) -> None:
    """Everything CI runs."""
    from ui.cli.checks import run_checks

    raise typer.Exit(run_checks(browser=browser or every, faults=faults or every))


#: typer's public BadParameter is one kind of its usage errors; their common base is not exported
_UsageError: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "UsageError")


def _usage(error: Exception) -> str:
    """A usage error in one line: what is wrong, and what is accepted."""
    text = " ".join(str(getattr(error, "format_message", lambda: error)()).split())
    return f"{text} See --help for what is accepted."


#: objects made before garbage is looked for; at Python's own 700 the looking is a fifth of a cold start, and finds nothing
_YOUNG_OBJECTS = 64_000


def main() -> None:
    """Run a command; errors become one line and an exit code."""
    gc.set_threshold(_YOUNG_OBJECTS)
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
