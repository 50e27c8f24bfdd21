"""Answers to take away: a Word or Markdown document with its sources as notes, or a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assistant.answer import Answer, Language
from ingest.errors import JixiaoError

FORMATS = (".docx", ".md", ".xlsx")


def save(
    answers: Sequence[Answer],
    path: Path,
    language: Language | None = None,
    made: datetime | None = None,
) -> None:
    """Write one answer or a conversation; the suffix chooses the format.

    ``language`` is that of the headings, by default the first answer's; ``made`` the
    time that the document names.

    Raises:
        JixiaoError: nothing to write, another suffix, or a file that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise JixiaoError(f"{path.name}: answers are saved as {', '.join(FORMATS)}")
    if not answers:
        raise JixiaoError("there is no answer to save yet")
    spoken: Language = language or answers[0].language
    if suffix == ".xlsx":
        from assistant.takeaway.workbook import write_figures

        write_figures(answers, path, spoken)
        return
    from assistant.takeaway.compose import compose

    document = compose(answers, spoken, made or datetime.now())
    if suffix == ".md":
        from assistant.takeaway.markdown import to_markdown

        data = to_markdown(document).encode("utf-8")
    else:
        from assistant.takeaway.word import to_docx

        data = to_docx(document)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise JixiaoError(f"{path}: cannot be written: {error.strerror}") from error
