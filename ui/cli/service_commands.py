"""`customs keys` and `customs records`: who may call the service, and what it has kept."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import Json, settings

keys = typer.Typer(no_args_is_help=True, help="API keys of the service.")
records = typer.Typer(no_args_is_help=True, help="What the service has kept.")
KeyId = Annotated[str, typer.Argument(help="id of a key, as `keys list` shows it", metavar="ID")]


@keys.command("create")
def keys_create(
    tenant: Annotated[str, typer.Option(help="whose conversations, receipts and documents it opens")],
    name: Annotated[str, typer.Option(help="what it is for")] = "",
    scope: Annotated[
        list[str] | None, typer.Option(help="ask, compute, library, records, metrics; all when none")
    ] = None,
    rate: Annotated[str, typer.Option(help="such as 60/minute; the service's when not given")] = "",
    days: Annotated[int, typer.Option(min=0, help="days until it ends; 0 for no end")] = 0,
    as_json: Json = False,
) -> None:
    """Make a key and print it, this once."""
    from ui.cli import keeping

    keeping.create(settings(), tenant, name, scope or [], rate, days, as_json=as_json)


@keys.command("list")
def keys_list(as_json: Json = False) -> None:
    """Keys with tenant, scopes and state; their texts are not kept."""
    from ui.cli import keeping

    keeping.show(settings(), as_json=as_json)


@keys.command("rotate")
def keys_rotate(
    number: KeyId,
    grace: Annotated[int, typer.Option(min=0, help="days the old key goes on working")] = 0,
    as_json: Json = False,
) -> None:
    """Replace a key by a new one with the same rights."""
    from ui.cli import keeping

    keeping.rotate(settings(), number, grace, as_json=as_json)


@keys.command("revoke")
def keys_revoke(number: KeyId, as_json: Json = False) -> None:
    """End a key now; a running service refuses it within seconds."""
    from ui.cli import keeping

    keeping.revoke(settings(), number, as_json=as_json)


@records.command("audit")
def records_audit(limit: Annotated[int, typer.Option(min=1, max=9_999)] = 50) -> None:
    """The last lines of the audit log as JSON lines, the newest first."""
    from ui.cli import keeping

    keeping.audit(settings(), limit)


@records.command("candidates")
def records_candidates() -> None:
    """Corrections people gave, as JSON lines: candidates for cases of the evaluations, to be judged by a person."""
    from ui.cli import keeping

    keeping.candidates(settings())


@records.command("prune")
def records_prune(days: Annotated[int, typer.Option(min=1, help="what is older goes")]) -> None:
    """Delete what is older than so many days."""
    from ui.cli import keeping

    keeping.prune(settings(), days)


@records.command("forget")
def records_forget(tenant: Annotated[str, typer.Argument(help="whose answers, feedback and receipts go")]) -> None:
    """Delete everything of a tenant but its lines in the audit log."""
    from ui.cli import keeping

    keeping.forget(settings(), tenant)
