"""What the audit found as escaped HTML: each finding in words, with its quotes as links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answer import Language
from assistant.audit import Finding, Severity
from assistant.citations import Sources
from ui.cited import source_link
from ui.markup import escape, foreign
from ui.names import short_names
from ui.text import words

MOST = 100  # shown on the page; the workbook has all


def findings_html(
    findings: Sequence[Finding], reports: int, sources: Sources, language: Language
) -> str:
    """How many there are, then each; what they quote is added to ``sources``."""
    said = words("audit", language)
    if not findings:
        return f'<p class="jx-line jx-well">{escape(said["none"].format(reports=reports))}</p>'
    count = Counter(finding.severity for finding in findings)
    kinds = "".join(
        f'<li>{_badge(severity, language)} <span class="jx-count">{count[severity]}</span> '
        f'<span class="jx-faint">{escape(said[f"{severity.name.lower()}_means"])}</span></li>'
        for severity in Severity
        if count[severity]
    )
    summary = escape(said["count"].format(reports=reports, found=len(findings)))
    departments = short_names(f.report.department for f in findings if f.report.department)
    items = "".join(
        _finding(finding, departments, sources, language) for finding in findings[:MOST]
    )
    more = ""
    if len(findings) > MOST:
        more = f'<p class="jx-line jx-hint">{escape(said["more"].format(count=MOST))}</p>'
    return (
        f'<p class="jx-summary">{summary}</p><ul class="jx-kinds">{kinds}</ul>'
        f'<ul class="jx-findings">{items}</ul>{more}'
    )


def _finding(
    finding: Finding, departments: dict[str, str], sources: Sources, language: Language
) -> str:
    said = words("audit", language)
    report = finding.report
    year = words("answer", language)["year"].format(year=report.year) if report.year else ""
    about = [departments.get(report.department or "", ""), year, report.project or ""]
    quotes = ""
    for number, (place, quote) in enumerate(zip(finding.places, finding.quotes(), strict=True), 1):
        section = " / ".join(place.passage.section)
        link = source_link(sources.figure(place))
        quotes += (
            f'<li><span class="jx-where">{escape(said["place"].format(number=number))} · '
            f'{escape(section)}</span><a class="jx-quote-link" href="{link}">'
            f"{escape(' '.join(quote.split()))}</a></li>"
        )
    return (
        '<li class="jx-finding">'
        f'<div class="jx-finding-head">{_badge(finding.severity, language)}'
        f'<span class="jx-where">{escape(" · ".join(filter(None, about)))}</span></div>'
        f'<p class="jx-said">{_said(finding, language)}</p>'
        f'<ul class="jx-places">{quotes}</ul>'
        f'<span class="jx-file">{escape(report.file)}</span></li>'
    )


def _said(finding: Finding, language: Language) -> str:
    return (foreign if language == "en" else escape)(finding.said[language])


def _badge(severity: Severity, language: Language) -> str:
    name = severity.name.lower()
    return f'<span class="jx-badge jx-badge-{name}">{escape(words("audit", language)[name])}</span>'
