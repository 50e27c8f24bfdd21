"""Old Word files: refused with advice, or converted by LibreOffice where it is there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from ingest.document import Paragraph
from ingest.errors import UnreadableFile
from ingest.readers import Source, doc, read_source
from tests.ingest.readers.word_file import p, word_file

OLD = Source(
    "旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
)


def program(folder: Path, script: str) -> str:
    """A program that stands in for LibreOffice: it finds its last arguments as usual."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\nimport sys, time\nfrom pathlib import Path\n{script}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_without_libreoffice_the_refusal_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "find_program", lambda: None)
    with pytest.raises(UnreadableFile) as refusal:
        read_source(OLD)
    assert str(refusal.value) == (
        "旧.doc: old Word format (.doc): open it in Word or WPS and save it as .docx, "
        "or install LibreOffice"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_the_converted_file_is_read_under_the_name_and_hash_of_the_old_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "made.docx").write_bytes(word_file(p("正文")).data)
    script = (
        "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        "assert Path(sys.argv[-1]).read_bytes().startswith(b'\\xd0\\xcf')\n"
        "assert any(a.startswith('-env:UserInstallation=file://') for a in sys.argv)\n"
        f"out.mkdir()\n(out / 'report.docx').write_bytes(Path({str(tmp_path / 'made.docx')!r})"
        ".read_bytes())\n"
    )
    monkeypatch.setattr(doc, "find_program", lambda: program(tmp_path, script))
    document = read_source(OLD)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["正文"]
    assert (document.file, document.source_hash) == ("旧.doc", OLD.hash)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
@pytest.mark.parametrize(
    ("script", "reason"),
    [("sys.exit(1)", "cannot read this .doc"), ("time.sleep(60)", "took longer than")],
)
def test_a_conversion_that_fails_is_refused(
    script: str, reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doc, "find_program", lambda: program(tmp_path, script))
    monkeypatch.setattr(doc, "TIME_LIMIT", 2.0)
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match=reason):
        read_source(OLD)
    assert time.monotonic() - start < 20


def test_a_real_old_file(tmp_path: Path) -> None:
    if doc.find_program() is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    new = tmp_path / "old.docx"
    made = docx.Document()
    made.add_paragraph("绩效自评报告")
    made.save(str(new))
    command = [
        str(doc.find_program()),
        "--headless",
        f"-env:UserInstallation={tmp_path.as_uri()}/p",
    ]
    subprocess.run(
        [*command, "--convert-to", "doc", "--outdir", str(tmp_path), str(new)],
        check=True,
        timeout=120,
    )
    source = Source("old.doc", (tmp_path / "old.doc").read_bytes())
    document = read_source(source)
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["绩效自评报告"]
