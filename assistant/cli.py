"""The command ``jixiao``: thin; everything it does is a call into a package."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.commands.audit import audit
from assistant.commands.compare import compare
from assistant.commands.quality import evaluate_questions, feedback, question
from assistant.commands.user import app as user_commands
from ingest.errors import JixiaoError

# Nothing of ours talks to the network; the libraries are told so before they load.
for _name, _value in {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}.items():
    os.environ.setdefault(_name, _value)

app = typer.Typer(
    name="jixiao",
    help="Answers from budget performance reports, every figure cited (绩效报告问答).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(user_commands, name="user")
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the index (default: from the settings).")
]


def main() -> None:
    """Run a command; every failure is one line on stderr and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(standalone_mode=True)
    except JixiaoError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("stopped")
    except BrokenPipeError:
        os._exit(1)
    except (OSError, UnicodeError) as error:
        _fail(str(error))


def _fail(message: str) -> None:
    print("jixiao: " + " ".join(message.split()), file=sys.stderr)
    raise SystemExit(1)


def _assistant(store: Path | None) -> Any:
    from assistant.opening import open_assistant

    return open_assistant(store)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Report files and folders.")],
    store: StoreOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be read; store nothing.")
    ] = False,
) -> None:
    """Read report files and folders into the store."""
    from assistant.ingesting import ingest_with_table

    if not ingest_with_table(_assistant(store), paths, dry_run=dry_run):
        raise SystemExit(1)


@app.command()
def reports(store: StoreOption = None) -> None:
    """List what is in the store."""
    from assistant.terminal import reports_table

    reports_table(_assistant(store).reports())


@app.command()
def show(
    report: Annotated[str, typer.Argument(help="Id of a report, or a file that is not stored.")],
    store: StoreOption = None,
) -> None:
    """Print a parsed report, to be checked against the paper."""
    from assistant.showing import show as show_report
    from ingest.pipeline import read_reports

    path = Path(report)
    if path.is_file():
        for found in read_reports(path, _assistant(store).limits):
            show_report(found)
    else:
        show_report(_assistant(store).report(report))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file to write: .xlsx, .csv or .parquet.")],
    report: Annotated[
        list[str] | None, typer.Option("--report", help="Id of a report; all where none is given.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write indicators and figures to a spreadsheet, CSV or Parquet."""
    from assistant.exporting import export as write

    assistant = _assistant(store)
    ids = report or [info.id for info in assistant.reports()]
    if not ids:
        raise JixiaoError("there is nothing to export: the store has no reports")
    write([assistant.report(i) for i in ids], file)
    print(f"{file}: {len(ids)} reports")


app.command()(compare)
app.command()(audit)


@app.command()
def remove(
    report: Annotated[str, typer.Argument(help="Id of the report, as `jixiao reports` shows it.")],
    store: StoreOption = None,
) -> None:
    """Remove a report from the store."""
    _assistant(store).store.remove(report)
    print(f"removed {report}")


@app.command()
def rebuild(store: StoreOption = None) -> None:
    """Make both indexes anew from the catalog."""
    _assistant(store).store.rebuild()
    print("rebuilt")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh or en.")] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", help="File (or -) of conversations, a JSON line each.")
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Write the answer with its sources: .docx, .md or .xlsx."),
    ] = None,
) -> None:
    """Answer one question, or a batch of conversations."""
    from assistant.terminal import print_answer

    if lang not in (None, "zh", "en"):
        raise JixiaoError(f"--lang {lang}: it is zh or en")
    assistant = _assistant(store)
    if batch is not None and save is not None:
        raise JixiaoError("--save goes with one question, not with --batch")
    if batch is not None:
        _batch(assistant, batch, lang)
        return
    if question is None:
        raise JixiaoError("give a question, or --batch FILE")
    answer = assistant.ask(question, lang)
    if save is not None:
        from assistant.takeaway import save as save_answers

        save_answers([answer], save)
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=1))
    else:
        print_answer(answer)


def _batch(assistant: Any, source: str, lang: str | None) -> None:
    lines: Iterable[str]
    if source == "-":
        lines = sys.stdin
    else:
        lines = Path(source).read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            name, turns = item["id"], [str(turn) for turn in item["turns"]]
        except (ValueError, KeyError, TypeError) as error:
            raise JixiaoError(
                f'{source}, line {number}: expected {{"id": ..., "turns": [...]}}'
            ) from error
        conversation = assistant.new_conversation()
        answers = [conversation.ask(turn, lang).to_json() for turn in turns]
        print(json.dumps({"id": name, "answers": answers}, ensure_ascii=False), flush=True)


@app.command()
def chat(
    store: StoreOption = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Write the conversation at its end: .docx, .md or .xlsx."),
    ] = None,
) -> None:
    """A conversation in the terminal; an empty line or Ctrl-D ends it."""
    from assistant.takeaway import FORMATS
    from assistant.takeaway import save as save_answers
    from assistant.terminal import print_answer

    if save is not None and save.suffix.lower() not in FORMATS:
        raise JixiaoError(f"{save.name}: answers are saved as {', '.join(FORMATS)}")
    answers = []
    conversation = _assistant(store).new_conversation()
    while True:
        try:
            question = input("> ")
        except EOFError:
            break
        if not question.strip():
            break
        answers.append(conversation.ask(question))
        print_answer(answers[-1])
    if save is not None and answers:
        save_answers(answers, save)
        print(save)


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    root_path: Annotated[
        str | None, typer.Option(help="Path that a proxy serves the page under, like /jixiao.")
    ] = None,
    without_accounts: Annotated[
        bool,
        typer.Option("--without-accounts", help="Let everybody in who reaches the address."),
    ] = False,
) -> None:
    """Open the web page, with the HTTP API under /api/v1 and MCP under /mcp."""
    from assistant.settings import settings

    chosen = settings(**({} if root_path is None else {"root_path": root_path}))
    assistant = _assistant(store)
    # The page stands above the assistant; only this command looks up to it.
    from importlib import import_module

    import_module("ui.server.run").serve(
        assistant,
        chosen,
        host=host or chosen.host,
        port=chosen.port if port is None else port,
        without_accounts=without_accounts,
    )


@app.command()
def mcp(store: StoreOption = None) -> None:
    """Offer ask, find_figures, calculate and list_reports to an assistant, as an MCP server."""
    from importlib import import_module

    import_module("ui.server.stdio").run(_assistant(store))


@app.command(context_settings={"ignore_unknown_options": True})
def calc(
    expression: Annotated[str, typer.Argument(help="The expression, or - for one a line.")],
) -> None:
    """The calculator."""
    from assistant.calculator import evaluate, result_json

    if expression == "-":
        for line in sys.stdin:
            if line.strip():
                print(json.dumps(result_json(line.rstrip("\n")), ensure_ascii=False), flush=True)
        return
    result = evaluate(expression)
    if result.error:
        raise JixiaoError(result.error)
    data = result_json(expression)
    print(f"{data['result']}{data['unit'] or ''}")


app.command("eval")(evaluate_questions)
app.command()(question)
app.command()(feedback)


if __name__ == "__main__":
    main()
