"""Official forms: one module each, recognised by what a document holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from ingest.document import Document
from ingest.forms import plain, project, project_list, whole_department
from ingest.forms.splitting import split
from ingest.leaning import with_topics
from ingest.other_years import with_years
from ingest.owners import with_owners
from ingest.report import Report


class Form(Protocol):
    """What a form's module offers."""

    def recognises(self, document: Document) -> bool: ...

    def parse(self, document: Document) -> Report: ...


# In the order in which they are tried; the last one takes any document.
FORMS: tuple[Form, ...] = (project_list, whole_department, project, plain)


def parse_reports(document: Document) -> list[Report]:
    """The reports of a document, each by the first form that recognises it.

    What the reader could not read of the file is a warning of each; ids differ
    even where two reports name nothing to tell them apart.
    """
    reports: list[Report] = []
    for part in split(document):
        report = next(form for form in FORMS if form.recognises(part)).parse(part)
        if not report.passages:
            continue
        report = replace(
            report, figures=with_owners(report.figures, report.passages, report.department)
        )
        report = with_years(report)
        report = replace(report, figures=with_topics(report.figures, report.passages))
        same = sum(1 for other in reports if other.id.split("-")[0] == report.id)
        reports.append(
            replace(
                report,
                id=f"{report.id}-{same + 1}" if same else report.id,
                warnings=(*document.warnings, *report.warnings),
                ocr=document.ocr,
                pages=document.pages,
            )
        )
    return reports
