"""``jixiao audit``: where reports contradict themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import LangOption, StoreOption, assistant_over, language


def audit(
    report: Annotated[
        list[str] | None, typer.Option("--report", help="Id of a report; all where none is given.")
    ] = None,
    severity: Annotated[
        list[str] | None, typer.Option("--severity", help="error, doubt or note; all by default.")
    ] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the findings to an .xlsx.")
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """Show where reports contradict themselves, with both places quoted."""
    from assistant.audit import Severity
    from assistant.auditing import findings, print_audit, save_findings, severity_named

    spoken = language(lang)
    severities = [severity_named(name) for name in severity or ()] or list(Severity)
    assistant = assistant_over(store)
    ids = report or [info.id for info in assistant.reports()]
    found = findings([assistant.report(i) for i in ids], severities)
    print_audit(found, spoken, as_json=as_json)
    if save is not None:
        save_findings(found, save, spoken)
        if not as_json:
            print(save)
