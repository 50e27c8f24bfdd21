"""Old Word files (.doc): LibreOffice makes a .docx of them, which is then read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers import docx
from ingest.readers.source import Source

TIME_LIMIT = 60.0  # seconds for one conversion
_PROGRAMS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)

# A profile in which no macro runs and nothing that a file refers to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read(source: Source) -> Document:
    """The body of an old Word file.

    Raises:
        UnreadableFile: LibreOffice is not there, or cannot read the file.
    """
    program = find_program()
    if program is None:
        raise UnreadableFile(
            source.file,
            "old Word format (.doc): open it in Word or WPS and save it as .docx, "
            "or install LibreOffice",
        )
    converted = Source(source.file, _convert(source, program), source.limits)
    return replace(docx.read(converted), source_hash=source.hash)


def find_program() -> str | None:
    """LibreOffice's program, None where it is not installed."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def _convert(source: Source, program: str) -> bytes:
    """The bytes of the .docx that LibreOffice makes of a file."""
    with TemporaryDirectory(prefix="jixiao-doc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (folder / "report.doc").write_bytes(source.data)
        _run(
            source,
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                "docx",
                "--outdir",
                str(folder / "out"),
                str(folder / "report.doc"),
            ],
        )
        result = folder / "out" / "report.docx"
        if not result.is_file():
            raise UnreadableFile(
                source.file, "LibreOffice cannot read this .doc file; save it as .docx"
            )
        return result.read_bytes()


def _run(source: Source, command: list[str]) -> None:
    """Run LibreOffice within its time, and end its helpers with it where it takes longer."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UnreadableFile(
            source.file, f"LibreOffice cannot be started ({error.strerror}); save it as .docx"
        ) from error
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise UnreadableFile(
            source.file,
            f"LibreOffice took longer than {TIME_LIMIT:.0f} seconds; save it as .docx",
        ) from error


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)  # its own session: only what it started
    else:
        process.kill()
    process.wait()
