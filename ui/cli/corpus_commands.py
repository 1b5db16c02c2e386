"""`customs corpus`: documents added to the policy library, searching it, and scanning a document for stale figures."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.common import AsOf, Json, day, settings

app = typer.Typer(no_args_is_help=True, help="The policy library and documents of your own.")
Lang = Annotated[str | None, typer.Option(help="zh-TW or en; the question's own when not given")]


@app.command("add")
def corpus_add(
    paths: Annotated[list[str], typer.Argument(help="files, or directories of them")], as_json: Json = False
) -> None:
    """Add documents: PDF, DOCX, HTML, XML, Markdown, TXT, CSV, XLSX."""
    from ui.cli import library

    raise typer.Exit(library.add(settings(), paths, as_json=as_json))


@app.command("list")
def corpus_list(as_json: Json = False) -> None:
    """Documents added, with what was found in them."""
    from ui.cli import library

    library.show(settings(), as_json=as_json)


@app.command("remove")
def corpus_remove(
    name: Annotated[str, typer.Argument(help="id of a document, as `corpus list` shows it", metavar="ID")],
    as_json: Json = False,
) -> None:
    """Take a document out of the library."""
    from ui.cli import library

    library.remove(settings(), name, as_json=as_json)


@app.command("rebuild")
def corpus_rebuild(as_json: Json = False) -> None:
    """Build the index anew."""
    from ui.cli import library

    library.rebuild(settings(), as_json=as_json)


@app.command("search")
def corpus_search(
    query: Annotated[str, typer.Argument(help="a question, in Chinese or English")],
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="most passages shown")] = 5,
    lang: Lang = None,
    jurisdiction: Annotated[str | None, typer.Option(help="TW, US, APEC or INTL")] = None,
    topic: Annotated[str | None, typer.Option(help="a topic of the briefs, such as express")] = None,
    authority: Annotated[str | None, typer.Option(help="brief or user")] = None,
    in_force: Annotated[bool, typer.Option("--in-force", help="only documents that hold on the day")] = False,
    as_json: Json = False,
) -> None:
    """Passages that answer a question."""
    from ui.cli import library

    wanted = library.Wanted(day(as_of, "as_of"), limit, lang, jurisdiction, topic, authority, in_force)
    library.search(settings(), query, wanted, as_json=as_json)


@app.command("scan")
def corpus_scan(
    file: Annotated[str, typer.Argument(help="a post, an SOP, a guide")],
    on: Annotated[str | None, typer.Option(help="the day whose law it is held against")] = None,
    as_json: Json = False,
) -> None:
    """Claims of a document that disagree with the law on a day: 0 none, 1 some."""
    from ui.cli import library

    raise typer.Exit(library.scan(settings(), file, day(on, "on"), as_json=as_json))


@app.command("timeline")
def corpus_timeline(
    topic: Annotated[str, typer.Argument(help="a topic of the law or of the briefs, such as us.mpf or express")],
    as_json: Json = False,
) -> None:
    """Dated acts of a topic, from the law held and from the briefs."""
    from ui.cli import library

    library.timeline(topic, as_json=as_json)
