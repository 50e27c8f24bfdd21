"""``jixiao eval``, ``question`` and ``feedback``: how well questions are answered."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import StoreOption, assistant_over

# The evaluation stands above the assistant; only these commands look up to it.


def evaluate_questions(
    questions: Annotated[
        Path | None,
        typer.Argument(
            help="Questions (.jsonl, or a spreadsheet .xlsx or .csv); default: every labelled set."
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("eval-report"),
    reports: Annotated[
        Path | None, typer.Option(help="Folder of the reports that the questions are about.")
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="Only this labelled set; may be given several times."),
    ] = None,
    real: Annotated[
        Path | None,
        typer.Option(help="Folder of the published report; default: JIXIAO_REAL_REPORTS."),
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="The questions and feedback kept with the store.")
    ] = False,
    show_kept: Annotated[
        bool,
        typer.Option("--show-kept", help="What was missed of kept sets too: they are spent then."),
    ] = False,
    markdown: Annotated[
        list[Path] | None,
        typer.Option(
            help="Put the scorecard into this Markdown file, between <!-- scorecard:en --> "
            "(or zh) and <!-- /scorecard --> where it is there already."
        ),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Score labelled questions, open and kept ones side by side, and write a report."""
    command = import_module("eval.command")
    choice = command.Choice(
        questions, reports=reports, sets=sets or (), real=real, store=store, own=own
    )
    raise SystemExit(command.run_eval(choice, out, show_kept=show_kept, markdown=markdown or ()))


def question(
    asked: Annotated[str, typer.Argument(help="The question.")],
    answer: Annotated[
        str,
        typer.Option("--answer", help="The right answer: a number, words, or 未提及."),
    ],
    unit: Annotated[str, typer.Option("--unit", help="Unit of the number.")] = "",
    year: Annotated[str, typer.Option("--year", help="Fiscal year of the number.")] = "",
    department: Annotated[str, typer.Option("--department", help="Whose number it is.")] = "",
    source: Annotated[
        str, typer.Option("--source", help="Report, section or words that must be cited.")
    ] = "",
    store: StoreOption = None,
) -> None:
    """Add a question with its right answer to those that the store is measured by."""
    values = {
        "answer": answer, "unit": unit, "year": year, "department": department, "source": source,
    }  # fmt: skip
    folder = assistant_over(store).store.folder
    made = import_module("eval.own").add_question(folder, asked, values)
    print(f"added {made.id}; `jixiao eval --own` asks it")


def feedback(
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a line.")] = False,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            help="Write those that are labelled questions to a .jsonl, or add them to the sheet "
            "of questions in an .xlsx.",
        ),
    ] = None,
) -> None:
    """List what readers said of answers."""
    from dataclasses import asdict

    module = import_module("eval.feedback")
    folder = assistant_over(store).store.folder
    items = module.all_feedback(folder)
    if questions is not None and questions.suffix.lower() == ".xlsx":
        append = import_module("eval.kept_sheet").append_questions
        added, left_out = append(questions, list(module.labelled(items)))
        rest = f"; {left_out} that expect to be asked back are not for a sheet" if left_out else ""
        print(f"{questions}: {added} questions added{rest}")
        return
    if questions is not None:
        to_json = import_module("eval.questions").to_json
        lines = [json.dumps(to_json(q), ensure_ascii=False) for q in module.labelled(items)]
        questions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(f"{questions}: {len(lines)} questions")
        return
    for item in items:
        if as_json:
            print(json.dumps(asdict(item), ensure_ascii=False))
            continue
        verdict = "+" if item.right else "-"
        print(f"{verdict} {item.when} {' → '.join(item.turns)}")
        for text in (item.comment, item.expected):
            if text:
                print(f"    {' '.join(text.split())}")
