"""Lists of reports as escaped HTML: those that are loaded, and what became of chosen files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Language
from assistant.reading_notes import note_in, refusal_in
from index_store.store import ReportInfo
from ingest.pipeline import Outcome
from ingest.report import Report
from ui.markup import escape
from ui.names import label_html, short_names
from ui.text import words

MOST = 200  # reports listed at once


def loaded_html(infos: Sequence[ReportInfo], text: str, language: Language) -> str:
    """The loaded reports that ``text`` finds, each with a button to look through it."""
    said = words("reports", language)
    if not infos:
        return f'<p class="jx-line jx-hint">{escape(said["none"])}</p>'
    found = [info for info in infos if _matches(info, text)]
    if not found:
        return f'<p class="jx-line jx-hint">{escape(said["none_found"].format(text=text))}</p>'
    short = short_names(info.department for info in infos if info.department)
    rows = "".join(
        _row(
            [
                _whose(short.get(info.department or "", "—"), info.project),
                escape(str(info.year or "—")),
                _form(info.title, info.form, language),
                f'<span class="jx-digits">{info.figures}</span>',
            ],
            info.file,
            _notes(info.warnings, language),
            _look(info.id, f"{info.department or info.title} {info.year or ''}", said),
        )
        for info in found[:MOST]
    )
    count = said["count"].format(reports=len(found), figures=sum(i.figures for i in found))
    more = ""
    if len(found) > MOST:
        more = f'<p class="jx-line jx-hint">{escape(said["more"].format(count=MOST))}</p>'
    heads = ("department", "year", "form", "figures")
    return f'<p class="jx-summary">{escape(count)}</p>{_table(heads, rows, said)}{more}'


def outcomes_html(outcomes: Sequence[Outcome], language: Language) -> str:
    """What became of each chosen file: its reports, or why it was refused."""
    said = words("reports", language)
    reports = [report for outcome in outcomes for report in outcome.reports]
    refused = sum(1 for outcome in outcomes if outcome.refusal)
    summary = said["was_read_summary"].format(
        files=len(outcomes), reports=len(reports), refused=refused
    )
    short = short_names(report.department for report in reports if report.department)
    rows = ""
    number = 0
    for outcome in outcomes:
        if outcome.refusal:
            reason = (
                f'<span class="jx-reason">{escape(refusal_in(language, outcome.refusal))}</span>'
            )
            refusal = f'<span class="jx-badge jx-badge-error">{escape(said["refused"])}</span>'
            rows += _row([refusal, "", "", ""], outcome.path.name, reason, "")
        for report in outcome.reports:
            rows += _row(
                [
                    _whose(short.get(report.department or "", "—"), report.project),
                    escape(str(report.year or "—")),
                    _form(report.title, report.form, language),
                    f'<span class="jx-digits">{len(report.figures)}</span>',
                ],
                outcome.path.name,
                _notes(report.warnings, language),
                _look(f"read-{number}", report.department or report.title, said),
            )
            number += 1
    heads = ("department", "year", "form", "figures")
    return f'<p class="jx-summary">{escape(summary)}</p>{_table(heads, rows, said)}'


def reports_of(outcomes: Sequence[Outcome]) -> list[Report]:
    """The reports in the order of their buttons."""
    return [report for outcome in outcomes for report in outcome.reports]


def _table(heads: Sequence[str], rows: str, said: Mapping[str, str]) -> str:
    head = "".join(f'<th scope="col">{escape(said[name])}</th>' for name in heads)
    look = f'<th scope="col"><span class="jx-hidden">{escape(said["look"])}</span></th>'
    return (
        '<div class="jx-scroll" tabindex="0" role="region" aria-label="'
        f'{escape(said["loaded"])}"><table class="jx-table jx-list"><thead><tr>{head}{look}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _row(cells: Sequence[str], file: str, notes: str, look: str) -> str:
    first, *rest = cells
    others = "".join(f"<td>{cell}</td>" for cell in rest)
    return (
        f'<tr><th scope="row">{first}<span class="jx-file">{escape(file)}</span>{notes}</th>'
        f"{others}<td>{look}</td></tr>"
    )


def _whose(department: str, project: str | None) -> str:
    shown = f'<span class="jx-office">{escape(department)}</span>'
    return f'{shown}<span class="jx-project">{escape(project)}</span>' if project else shown


def _form(title: str, form: str, language: Language) -> str:
    """The official form, or the title of what has none."""
    if form != "document":
        return label_html(form, language)
    plain = escape(words("reports", language)["plain"])
    return f"{plain}：{escape(title)}" if len(title) < 30 else plain


def _notes(notes: Sequence[str], language: Language) -> str:
    return "".join(f'<span class="jx-note">{escape(note_in(language, n))}</span>' for n in notes)


def _look(which: str, name: str, said: Mapping[str, str]) -> str:
    label = escape(said["look_at"].format(name=name))
    return (
        f'<button type="button" class="jx-look" data-jx-look="{escape(which)}" '
        f'aria-label="{label}">{escape(said["look"])}</button>'
    )


def _matches(info: ReportInfo, text: str) -> bool:
    about = f"{info.department} {info.year}年 {info.project} {info.title} {info.file} {info.form}"
    return all(word in about.casefold() for word in text.casefold().split())
