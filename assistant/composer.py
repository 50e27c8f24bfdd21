"""Results to words in Chinese or English, with citations.

Every sentence names department and year; every figure is followed by the mark
of the citation it stands in. Amounts keep the unit the source prints.
"""

from __future__ import annotations

from assistant.answer import Answer, Language, Status
from assistant.citations import Sources
from assistant.composing.doubts import write_audited, write_conflict, write_missing
from assistant.composing.draft import Draft
from assistant.composing.figures import write_choices, write_computed, write_reported
from assistant.composing.words import (
    write_indicators,
    write_quotations,
    write_reports,
    write_tasks,
    write_verbal,
)
from assistant.results import Result, Silence


def compose(
    question: str, language: Language, result: Result, elapsed_ms: float = 0.0
) -> tuple[Answer, Sources]:
    """The answer object of a result, and the sources to verify it against."""
    draft = Draft(language)
    _write(draft, result)
    sources = draft.sources
    return (
        Answer(
            question=question,
            language=language,
            status=draft.status,
            answer="\n\n".join(draft.lines),
            figures=tuple(draft.figures),
            calculations=tuple(draft.calculations),
            citations=tuple(sources.citations),
            warnings=tuple(dict.fromkeys(draft.warnings)),
            elapsed_ms=elapsed_ms,
            passages=sources.passages,
            shown=tuple(draft.shown),
        ),
        sources,
    )


def _write(draft: Draft, result: Result) -> None:
    """Everything a result holds, in the order in which it is read."""
    if result.choices:
        write_choices(draft, result.choices)
        return
    for met in result.met:
        draft.lines.append(draft.say("met" if met else "not_met"))
    for exceeds in result.exceeds:
        draft.lines.append(draft.say("exceeds" if exceeds else "within"))
    told = {id(r.located.figure) for r in result.reported}
    # By identity: hashing a figure's report would hash all of its text.
    for reported in {id(r.located.figure): r for r in result.reported}.values():
        write_reported(draft, reported, counted=True)
    if result.none_of:
        draft.lines.append(draft.say("none_of"))
    for shown in result.shown:
        if id(shown.located.figure) not in told:
            write_reported(draft, shown, counted=False)
    for computed in result.computed:
        write_computed(draft, computed)
    for verbal in result.verbal:
        write_verbal(draft, verbal)
    write_quotations(draft, result.quotations)
    write_indicators(draft, result)
    write_tasks(draft, result)
    write_reports(draft, result)
    for missing in result.missing:
        write_missing(draft, missing)
    for conflict in result.conflicts:
        write_conflict(draft, conflict)
    write_audited(draft, result)
    draft.warnings.extend(result.assumptions)
    draft.warnings.extend(draft.say("listed", listed=n.listed, of=n.of) for n in result.listed)
    for report in draft.sources.reports.values():
        if report.ocr:
            draft.warnings.append(draft.say("read_by_ocr", title=report.title, file=report.file))
    has_answer = any(
        (
            result.reported,
            result.shown,
            result.computed,
            result.verbal,
            result.quotations,
            result.indicators,
            result.tasks,
            result.reports,
            result.none_of,
        )
    )
    whole = [missing for missing in result.missing if not missing.partial]
    if result.missing and (not has_answer or (whole and not result.computed)):
        which = all(missing.reason is Silence.TOO_MANY for missing in result.missing)
        draft.status = Status.CLARIFY if which else Status.NOT_FOUND
        draft.figures = []
