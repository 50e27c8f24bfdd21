"""Official forms: one module each, recognised by what a document holds."""

from __future__ import annotations

from typing import Protocol

from ingest.document import Document
from ingest.forms import plain, whole_department
from ingest.report import Report


class Form(Protocol):
    """What a form's module offers."""

    def recognises(self, document: Document) -> bool: ...

    def parse(self, document: Document) -> Report: ...


# In the order in which they are tried; the last one takes any document.
FORMS: tuple[Form, ...] = (whole_department, plain)


def parse_report(document: Document) -> Report:
    """The report of a document, by the first form that recognises it."""
    for form in FORMS:
        if form.recognises(document):
            return form.parse(document)
    return plain.parse(document)
