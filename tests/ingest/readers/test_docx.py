"""Word files: order, headings, numbers, merged cells, and what is not displayed."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from docx.table import Table as WordTable

from ingest.document import Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers import Limits, Source, read_source
from ingest.readers.docx_numbering import chinese, spell
from tests.ingest.readers import project_form
from tests.ingest.readers.word_file import p, tbl, tc, tr, word_file


def read(body: str, **parts: str) -> Document:
    return read_source(word_file(body, **parts))


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def saved(document: object) -> Source:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return Source("报告.docx", buffer.getvalue())


def project_form_file() -> Source:
    """The ministry's form as Word stores it, its merged cells made by the library."""
    document = python_docx.Document()
    document.add_paragraph("附件2")
    table: WordTable = document.add_table(project_form.ROWS, project_form.COLUMNS)
    for row, column, rows, columns, text in project_form.CELLS:
        cell = table.cell(row - 1, column - 1)
        cell = cell.merge(table.cell(row + rows - 2, column + columns - 2))
        cell.text = text
    return saved(document)


def test_the_project_form_cell_by_cell() -> None:
    document = read_source(project_form_file())
    assert lines(document) == [
        "附件2",
        "项目支出绩效自评表",
        "（2022年度）",
        "单位：万元",
        project_form.NOTE,
    ]
    assert isinstance(document.blocks[-1], Paragraph)
    (table,) = tables(document)
    assert project_form.texts(table) == project_form.expected_texts()
    assert project_form.read_spans(table) == project_form.spans()


def test_blocks_stand_in_reading_order_and_headings_have_levels() -> None:
    document = python_docx.Document()
    document.add_heading("绩效自评报告", 0)
    document.add_heading("一、基本情况", 1)
    document.add_paragraph("项目预算120万元。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "预算", "120"
    document.add_heading("（一）资金", 2)
    document.add_paragraph("执行率100%。")
    blocks = read_source(saved(document)).blocks
    kinds = [(b.text, b.level) if isinstance(b, Paragraph) else b.texts for b in blocks]
    assert kinds == [
        ("绩效自评报告", 1),
        ("一、基本情况", 1),
        ("项目预算120万元。", None),
        (("预算", "120"),),
        ("（一）资金", 2),
        ("执行率100%。", None),
    ]


def test_heading_levels_come_from_names_outlines_and_what_a_style_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="我的标题"/>'
        '<w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a2"><w:name w:val="章"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="标题 3"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    body = "".join(
        p(name, f'<w:pStyle w:val="{name}"/>') for name in ("2", "a1", "a2", "a3", "loop")
    )
    body += p("own", '<w:outlineLvl w:val="4"/>')
    body += p("text", '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>')
    levels = {b.text: b.level for b in read(body, styles=styles).blocks if isinstance(b, Paragraph)}
    assert levels == {"2": 2, "a1": 2, "a2": 1, "a3": 3, "loop": None, "own": 5, "text": None}


def test_automatic_numbers_of_headings_are_written_out() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="（%2）"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%3."/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="●"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )

    def item(text: str, level: int, list_id: int = 1) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')

    body = item("基本情况", 0) + item("职能", 1) + item("机构", 1) + item("人员", 2)
    body += item("2022年新增3人", 2) + item("绩效", 0) + item("资金", 1) + item("点", 0, 2)
    assert lines(read(body, numbering=numbering)) == [
        "一、基本情况",
        "（一）职能",
        "（二）机构",
        "1.人员",
        "2. 2022年新增3人",  # never 2.2022
        "二、绩效",
        "（一）资金",
        "点",
    ]


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (105, "一百零五")],
)
def test_chinese_numbers(count: int, text: str) -> None:
    assert chinese(count) == text


def test_rare_number_formats() -> None:
    assert [spell(4, form) for form in ("decimalEnclosedCircle", "upperRoman", "lowerLetter")] == [
        "④",
        "IV",
        "d",
    ]


def test_equal_neighbours_are_not_fused_and_repeated_headers_keep_their_columns() -> None:
    table = tbl(
        tr("年初预算", "全年预算", "执行数", "指标值", "指标值"),
        tr("120.00", "120.00", "120.00", "≥3", "3"),
    )
    (read_table,) = tables(read(table))
    assert read_table.texts == (
        ("年初预算", "全年预算", "执行数", "指标值", "指标值"),
        ("120.00", "120.00", "120.00", "≥3", "3"),
    )
    assert all(cell.column_span == 1 for row in read_table.rows for cell in row)


def test_rows_that_begin_late_or_end_early_keep_their_columns() -> None:
    table = tbl(
        tr("a", "b", "c", "d"),
        tr("c2", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'),
    )
    (read_table,) = tables(read(table))
    assert read_table.texts == (("a", "b", "c", "d"), ("", "", "c2", ""))
    assert read_table.rows[1][2].place.cell == "表1 R2C3"


def test_a_merge_that_goes_on_from_nothing_is_a_cell_of_its_own() -> None:
    go_on = '<w:vMerge w:val="continue"/>'
    table = tbl(tr(tc("孤", go_on), "1"), tr(tc("", "<w:vMerge/>"), "2"), tr("b", "3"))
    (read_table,) = tables(read(table))
    assert read_table.rows[0][0].row_span == 2
    assert read_table.texts == (("孤", "1"), ("", "2"), ("b", "3"))


def test_empty_rows_go_and_the_merged_cell_counts_only_what_is_left() -> None:
    table = tbl(
        tr(tc("产出", '<w:vMerge w:val="restart"/>'), "数量"),
        tr(tc("", "<w:vMerge/>"), ""),
        tr(tc("", "<w:vMerge/>"), "质量"),
    )
    (read_table,) = tables(read(table))
    assert read_table.texts == (("产出", "数量"), ("", "质量"))
    assert read_table.rows[0][0].row_span == 2
    assert read_table.rows[1][1].place.cell == "表1 R3C2"


def test_lines_of_a_cell() -> None:
    cell = tc(
        "<w:p><w:r><w:t>项目资金</w:t><w:br/><w:t>（万元）</w:t></w:r></w:p>" + p("　备　注　")
    )
    (table,) = tables(read(tbl(tr(cell, "１２０．００")) + p("完")))
    assert table.texts == (("项目资金\n（万元）\n备 注", "１２０．００"),)


def test_a_nested_table_follows_the_outer_one() -> None:
    inner = tbl(tr("指标", "值"), tr("数量", "3"))
    (outer, nested) = tables(read(tbl(tr("绩效", tc(p("见表") + inner + p())), tr("分", "9"))))
    assert outer.texts == (("绩效", "见表"), ("分", "9"))
    assert nested.texts == (("指标", "值"), ("数量", "3"))
    assert nested.rows[0][0].place.cell == "表2 R1C1"


def test_a_frame_of_one_cell_is_no_table() -> None:
    inner = tbl(tr("指标", "值"), tr("数量", "3"))
    document = read(tbl(tr(tc(p("一、概况") + inner + p("正文。")))))
    assert lines(document) == ["一、概况", "正文。"]
    assert tables(document)[0].rows[1][1].place.cell == "表1 R2C2"


def test_a_text_box_is_read_once_at_its_place() -> None:
    box = f"<w:txbxContent>{p('附件2')}</w:txbxContent>"
    drawn = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>标题</w:t></w:r></w:p>"
    )
    old = f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>"
    assert lines(read(drawn + p("正文"))) == ["标题", "附件2", "正文"]
    assert lines(read(p("前") + old + p("后"))) == ["前", "附件2", "后"]
    (table,) = tables(read(tbl(tr(tc(drawn), "1"))))
    assert table.texts == (("标题\n附件2", "1"),)


def test_changes_as_accepted_and_nothing_hidden() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    )
    changed = (
        "<w:p><w:r><w:t>完成</w:t></w:r>"
        "<w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>120</w:t></w:r></w:ins><w:r><w:t>次</w:t></w:r></w:p>"
    )
    body = changed + p("隐", run="<w:vanish/>") + p("藏", run='<w:rStyle w:val="h"/>')
    body += p("显", run='<w:vanish w:val="0"/>') + p("一、概况 1", '<w:pStyle w:val="t"/>')
    body += tbl(tr("a", "1"), tr("b", "2", properties="<w:del/>"), tr("c", "3"))
    document = read(body, styles=styles)
    assert lines(document) == ["完成120次", "显"]
    assert tables(document)[0].texts == (("a", "1"), ("c", "3"))


def test_links_controls_fields_and_symbols_keep_their_text() -> None:
    body = (
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + p("控件") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>域</w:t></w:r></w:fldSimple>'
        "<w:r><w:instrText>DATE</w:instrText></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>☑</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:noBreakHyphen/></w:r>'
        "<m:oMath><m:f><m:num><m:r><m:t>B</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>A</m:t></m:r></m:den></m:f></m:oMath></w:p>"
    )
    assert lines(read(body)) == ["控件", "链接域☑□-B/A"]
    row = "<w:sdt><w:sdtContent>" + tr("x", "1") + "</w:sdtContent></w:sdt>"
    (table,) = tables(read(tbl(row, tr("y", "2"))))
    assert table.texts == (("x", "1"), ("y", "2"))


def test_a_strict_file_reads_like_any_other() -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    assert lines(read(p("严格"), namespaces=strict)) == ["严格"]


def test_a_word_file_under_another_name_is_known_by_its_content() -> None:
    assert lines(read_source(word_file(p("正文"), name="报告.doc"))) == ["正文"]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (word_file("<w:p>"), "damaged"),
        (word_file(""), "no text"),
        (word_file(p("&e;"), prolog='<!DOCTYPE a [<!ENTITY e "x">]>'), "damaged"),
        (
            word_file(p("&e;"), prolog='<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'),
            "damaged",
        ),
        (word_file(p("x"), namespaces='xmlns:w="other"'), "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(source: Source, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as refusal:
        read_source(source)
    assert str(refusal.value).startswith("报告.docx: ")
    assert "\n" not in str(refusal.value)


def test_a_damaged_part_is_refused() -> None:
    data = bytearray(word_file(p("正文" * 200)).data)
    middle = data.find(b"word/document.xml") + 40
    data[middle : middle + 20] = b"\0" * 20
    with pytest.raises(UnreadableFile, match="damaged"):
        read_source(Source("报告.docx", bytes(data)))


def test_a_table_beyond_the_limits_is_refused() -> None:
    source = word_file(tbl(*[tr("1", "2", "3")] * 40))
    with pytest.raises(UnreadableFile, match="more than 100 table cells"):
        read_source(Source(source.file, source.data, Limits(max_cells=100)))
    wide = word_file(tbl(*[tr(tc("1", '<w:gridSpan w:val="99999999"/>'), "2")] * 10))
    assert len(tables(read_source(wide))[0].rows[0]) <= 201


def test_pictures_of_pages_and_embedded_files_are_warned_of() -> None:
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:extent cx="5000000" cy="7000000"/>'
        '<a:blip xmlns:a="a"/></wp:inline></w:drawing></w:r></w:p>'
    )
    assert read(p("正文") + drawing + "<w:altChunk/>").warnings == (
        "文件中有1张大幅图片，图片中的文字未读取",
        "文件中嵌入了1份其他文档，其内容未读取",
    )
    with pytest.raises(UnreadableFile, match="only pictures"):
        read(drawing)


def test_nothing_outside_the_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the reader opened a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    body = '<w:p><w:hyperlink w:anchor="http://127.0.0.1/"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
    assert lines(read(body + "</w:p>", styles="")) == ["x"]
