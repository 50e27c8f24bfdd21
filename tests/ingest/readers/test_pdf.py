"""PDF files with a text layer: tables cell by cell, text, and files that are refused."""
# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.document import Document, Paragraph, Table
from ingest.errors import UnreadableFile
from ingest.readers import Limits, Source, read_source
from ingest.readers.pdf_content import plain
from tests.ingest.readers.pdf_files import Laid, Pdf, pages_of, plain_rows

XS = [60, 95, 150, 215, 300, 360, 420, 460, 500, 540]

# The form of the finance ministry, its first page down to the first indicators.
FIRST: list[Laid] = [
    (0, 0, 1, 2, "项目名称"),
    (0, 2, 1, 7, "出租屋管理专项经费"),
    (1, 0, 1, 2, "主管部门"),
    (1, 2, 1, 2, "天河区元村街道办事处"),
    (1, 4, 1, 2, "实施单位"),
    (1, 6, 1, 3, "天河区元村街道办事处"),
    (2, 0, 5, 2, "项目资金（万元）"),
    (2, 2, 1, 1, ""),
    (2, 3, 1, 1, "年初预算数"),
    (2, 4, 1, 1, "全年预算数"),
    (2, 5, 1, 1, "全年执行数"),
    (2, 6, 1, 1, "分值"),
    (2, 7, 1, 1, "执行率"),
    (2, 8, 1, 1, "得分"),
    *[
        (3 + r, 2 + c, 1, 1, text)
        for r, row in enumerate(
            [
                ["年度资金总额", "120.00", "120.00", "120.00", "10", "100%", "10"],
                ["其中：当年财政拨款", "120.00", "120.00", "120.00", "—", "100%", "—"],
                ["上年结转资金", "0.00", "0.00", "0.00", "—", "", "—"],
                ["其他资金", "", "", "", "—", "", "—"],
            ]
        )
        for c, text in enumerate(row)
    ],
    (7, 0, 2, 1, "年度总体目标"),
    (7, 1, 1, 4, "预期目标"),
    (7, 5, 1, 4, "实际完成情况"),
    (8, 1, 1, 4, "加强出租屋管理，代征个人出租房屋税1600万元。"),
    (
        8,
        5,
        1,
        4,
        "1.代征个人出租房屋税2100.52万元，超额完成年度任务目标；\n2.登记出租屋533万余套。",
    ),
    (9, 0, 4, 1, "绩效指标"),
    (9, 1, 1, 1, "一级指标"),
    (9, 2, 1, 1, "二级指标"),
    (9, 3, 1, 1, "三级指标"),
    (9, 4, 1, 1, "年度指标值"),
    (9, 5, 1, 1, "实际完成值"),
    (9, 6, 1, 1, "分值"),
    (9, 7, 1, 1, "得分"),
    (9, 8, 1, 1, "偏差原因"),
    (10, 1, 3, 1, "产出指标"),
    (10, 2, 2, 1, "数量指标"),
    (10, 3, 1, 1, "代征个人出租房屋税金额"),
    (10, 4, 1, 1, "≥1600万元"),
    (10, 5, 1, 1, "2100.52万元"),
    (10, 6, 1, 1, "10"),
    (10, 7, 1, 1, "10"),
    (10, 8, 1, 1, ""),
    (11, 3, 1, 1, "登记出租屋套数"),
    (11, 4, 1, 1, "≥500套"),
    (11, 5, 1, 1, "533套"),
    (11, 6, 1, 1, "20"),
    (11, 7, 1, 1, "20"),
    (11, 8, 1, 1, ""),
    (12, 2, 1, 1, "质量指标"),
    (12, 3, 1, 1, "群众信访诉求按时答复率，含电话回访以及上门走访等"),
    (12, 4, 1, 1, "≥98%"),
    (12, 5, 1, 1, "99.8%"),
    (12, 6, 1, 1, "20"),
    (12, 7, 1, 1, "19"),
    (12, 8, 1, 1, "个别诉求超期"),
]
FIRST_YS = [110, 130, 160, 180, 200, 230, 250, 270, 290, 350, 380, 420, 450, 490]

# The next page: merged labels go on without their text, and one row was cut in two.
SECOND: list[Laid] = [
    (0, 0, 4, 1, ""),
    (0, 1, 1, 1, ""),
    (0, 2, 1, 1, ""),
    (0, 3, 1, 1, "两种方式"),
    (0, 4, 1, 1, ""),
    (0, 5, 1, 1, ""),
    (0, 6, 1, 1, ""),
    (0, 7, 1, 1, ""),
    (0, 8, 1, 1, ""),
    (1, 1, 1, 1, ""),
    (1, 2, 1, 1, "时效指标"),
    (1, 3, 1, 1, "完成时间"),
    (1, 4, 1, 1, "12月底前"),
    (1, 5, 1, 1, "12月25日"),
    (1, 6, 1, 1, "10"),
    (1, 7, 1, 1, "10"),
    (1, 8, 1, 1, ""),
    (2, 1, 1, 1, "效益指标"),
    (2, 2, 1, 1, "社会效益"),
    (2, 3, 1, 1, "提升管理水平"),
    (2, 4, 1, 1, "显著提升"),
    (2, 5, 1, 1, "显著提升"),
    (2, 6, 1, 1, "20"),
    (2, 7, 1, 1, "20"),
    (2, 8, 1, 1, ""),
    (3, 1, 1, 1, "满意度指标"),
    (3, 2, 1, 1, "服务对象满意度"),
    (3, 3, 1, 1, "居民满意度"),
    (3, 4, 1, 1, "≥90%"),
    (3, 5, 1, 1, "95%"),
    (3, 6, 1, 1, "10"),
    (3, 7, 1, 1, "10"),
    (3, 8, 1, 1, ""),
    (4, 0, 1, 6, "总分"),
    (4, 6, 1, 1, "100"),
    (4, 7, 1, 1, "99"),
    (4, 8, 1, 1, ""),
]
SECOND_YS = [60, 80, 110, 140, 170, 190]


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_source(Source("自评.pdf", data, limits or Limits()))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def the_form() -> bytes:
    pdf = Pdf()
    pdf.centred(50, "项目支出绩效自评表")
    pdf.centred(74, "（2022年度）", 10.5)
    pdf.text(440, 92, "金额单位：万元")
    pdf.table(XS, FIRST_YS, FIRST)
    pdf.centred(800, "— 1 —", 9)
    pdf.page()
    pdf.table(XS, SECOND_YS, SECOND)
    pdf.text(60, 205, "注：得分一档最高不能超过该指标分值上限。")
    pdf.centred(800, "— 2 —", 9)
    return pdf.done()


def test_the_form_over_two_pages_cell_by_cell() -> None:
    document = read(the_form())
    assert document.pages == 2
    assert document.warnings == ()
    assert not document.ocr
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Paragraph", "Paragraph", "Table", "Paragraph"]
    assert texts(document) == [
        "项目支出绩效自评表",
        "（2022年度）",
        "金额单位：万元",
        "注：得分一档最高不能超过该指标分值上限。",
    ]
    (table,) = tables(document)
    assert table.texts == (
        ("项目名称", "", "出租屋管理专项经费", "", "", "", "", "", ""),
        ("主管部门", "", "天河区元村街道办事处", "", "实施单位", "", "天河区元村街道办事处", "", ""),
        ("项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "", "年度资金总额", "120.00", "120.00", "120.00", "10", "100%", "10"),
        ("", "", "其中：当年财政拨款", "120.00", "120.00", "120.00", "—", "100%", "—"),
        ("", "", "上年结转资金", "0.00", "0.00", "0.00", "—", "", "—"),
        ("", "", "其他资金", "", "", "", "—", "", "—"),
        ("年度总体目标", "预期目标", "", "", "", "实际完成情况", "", "", ""),
        (
            "",
            "加强出租屋管理，代征个人出租房屋税1600万元。",
            "",
            "",
            "",
            "1.代征个人出租房屋税2100.52万元，超额完成年度任务目标；\n2.登记出租屋533万余套。",
            "",
            "",
            "",
        ),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"),
        ("", "产出指标", "数量指标", "代征个人出租房屋税金额", "≥1600万元", "2100.52万元", "10", "10", ""),
        ("", "", "", "登记出租屋套数", "≥500套", "533套", "20", "20", ""),
        (
            "",
            "",
            "质量指标",
            "群众信访诉求按时答复率，含电话回访以及上门走访等两种方式",
            "≥98%",
            "99.8%",
            "20",
            "19",
            "个别诉求超期",
        ),
        ("", "", "时效指标", "完成时间", "12月底前", "12月25日", "10", "10", ""),
        ("", "效益指标", "社会效益", "提升管理水平", "显著提升", "显著提升", "20", "20", ""),
        ("", "满意度指标", "服务对象满意度", "居民满意度", "≥90%", "95%", "10", "10", ""),
        ("总分", "", "", "", "", "", "100", "99", ""),
    )  # fmt: skip


def test_merged_cells_have_spans_and_every_row_its_page() -> None:
    (table,) = tables(read(the_form()))
    spans = {
        cell.text: (cell.row_span, cell.column_span)
        for row in table.rows
        for cell in row
        if cell.text and (cell.row_span, cell.column_span) != (1, 1)
    }
    assert spans == {
        "项目名称": (1, 2),
        "出租屋管理专项经费": (1, 7),
        "主管部门": (1, 2),
        "天河区元村街道办事处": (1, 3),
        "实施单位": (1, 2),
        "项目资金（万元）": (5, 2),
        "年度总体目标": (2, 1),
        "预期目标": (1, 4),
        "实际完成情况": (1, 4),
        "加强出租屋管理，代征个人出租房屋税1600万元。": (1, 4),
        "1.代征个人出租房屋税2100.52万元，超额完成年度任务目标；\n2.登记出租屋533万余套。": (1, 4),
        "绩效指标": (7, 1),
        "产出指标": (4, 1),
        "数量指标": (2, 1),
        "总分": (1, 6),
    }
    assert table.rows[3][0].covered
    assert not table.rows[2][2].covered
    assert table.rows[3][3].place.page == 1
    assert table.rows[3][3].place.cell == "表1 R4C4"
    assert table.rows[13][2].place.page == 2
    assert table.rows[13][2].place.cell == "表1 R14C3"


def test_equal_neighbours_and_repeated_header_names_stay_apart() -> None:
    pdf = Pdf()
    rows = [
        ["指标", "指标值", "指标值", "说明"],
        ["年初预算", "120.00", "120.00", "120.00"],
        ["", "", "120.00", ""],
    ]
    pdf.table([60, 150, 240, 330, 420], [80, 100, 120, 140], plain_rows(rows))
    (table,) = tables(read(pdf.done()))
    assert table.texts == tuple(map(tuple, rows))


def test_words_that_a_cell_breaks_are_whole_again() -> None:
    pdf = Pdf()
    cells = plain_rows(
        [["甲", "乙"], ["2100.52", "100\n200"], ["budget report", "一是完成；\n二是推进"]]
    )
    pdf.table([60, 92, 260], [80, 100, 150, 200], cells)
    (table,) = tables(read(pdf.done()))
    assert table.texts[1] == ("2100.52", "100\n200")
    assert table.texts[2][1] == "一是完成；\n二是推进"


def test_a_repeated_header_is_dropped_and_a_new_caption_begins_a_new_table() -> None:
    header = ["指标", "目标值", "完成值"]
    xs = [60, 200, 340, 480]

    def draw(pdf: Pdf, number: int) -> None:
        pdf.text(60, 40, "某局自评材料", 9)
        if number == 4:
            pdf.text(60, 60, "表2 另一张表")
        rows = [header, [f"指标{number}", "10", "10"], ["第二行", "20", str(number)]]
        pdf.table(xs, [80, 100, 120, 140], plain_rows(rows), 10)

    document = read(pages_of(4, draw))
    first, second = tables(document)
    assert [row[0] for row in first.texts] == [
        "指标", "指标1", "第二行", "指标2", "第二行", "指标3", "第二行"
    ]  # fmt: skip
    assert texts(document) == ["表2 另一张表"]
    assert [row[0] for row in second.texts] == ["指标", "指标4", "第二行"]
    assert [row[0].place.page for row in first.rows] == [1, 1, 1, 2, 2, 3, 3]


def test_two_forms_of_a_kind_on_two_pages_stay_two() -> None:
    def draw(pdf: Pdf, number: int) -> None:
        rows = [["项目名称", f"项目{number}"], ["主管部门", "甲局"], ["得分", "90"]]
        pdf.table([60, 200, 480], [60, 80, 100, 120], plain_rows(rows))

    assert [table.texts[0][1] for table in tables(read(pages_of(3, draw)))] == [
        "项目1", "项目2", "项目3"
    ]  # fmt: skip


def test_a_row_whose_lower_side_is_not_drawn_at_the_page_break() -> None:
    pdf = Pdf()
    xs, lines = [60, 200, 480], pdf.canvas
    pdf.table(xs, [700, 720], [(0, 0, 1, 1, "指标"), (0, 1, 1, 1, "说明")])
    for x in xs:
        lines.line(x, 842 - 720, x, 842 - 760)
    pdf.text(63, 723, "答复率", 9)
    pdf.text(203, 723, "全年受理群众信访诉求共计五百八十五宗并按时答复", 9)
    (table,) = tables(read(pdf.done()))
    assert table.texts[1] == ("答复率", "全年受理群众信访诉求共计五百八十五宗并按时答复")


def test_a_label_whose_cell_a_page_break_leaves_open() -> None:
    pdf = Pdf()
    xs, header = [60, 140, 300, 480], ["一级指标", "三级指标", "完成值"]
    pdf.table(xs, [700, 720], plain_rows([header]))
    pdf.table(xs, [720, 740], [(0, 1, 1, 1, "答复率"), (0, 2, 1, 1, "98%")])
    for x in xs[:2]:
        pdf.canvas.line(x, 842 - 720, x, 842 - 765)
    pdf.text(63, 745, "产出指标", 9)
    pdf.page()
    pdf.table(xs, [60, 80], plain_rows([header]))
    rest = [(0, 0, 2, 1, ""), *plain_rows([["完成率", "97%"], ["满意率", "96%"]])]
    pdf.table(xs, [80, 100, 120], [rest[0], *((r, c + 1, 1, 1, t) for r, c, _, _, t in rest[1:])])
    (table,) = tables(read(pdf.done()))
    assert table.texts == (
        tuple(header),
        ("产出指标", "答复率", "98%"),
        ("", "完成率", "97%"),
        ("", "满意率", "96%"),
    )
    assert table.rows[1][0].row_span == 3


def test_a_table_whose_outer_sides_are_not_drawn() -> None:
    pdf = Pdf()
    for top in (80, 100, 120, 140):
        pdf.canvas.line(60, 842 - top, 480, 842 - top)
    for x in (200, 340):
        pdf.canvas.line(x, 842 - 80, x, 842 - 140)
    rows = [["指标", "目标值", "完成值"], ["甲", "10", "10"], ["乙", "20", "20"]]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            pdf.text(70 + 140 * c, 84 + 20 * r, text, 9)
    (table,) = tables(read(pdf.done()))
    assert table.texts == tuple(map(tuple, rows))


def test_radicals_of_a_font_become_the_characters_that_they_show() -> None:
    assert plain("项⽬⽀出绩效⾃评表，⻓期、⻛险") == "项目支出绩效自评表，长期、风险"
    assert plain("（１２％）ABC") == "（１２％）ABC"


@pytest.mark.browser
def test_a_page_printed_by_a_browser_with_labels_merged_over_page_breaks(browser: Any) -> None:
    rows = "".join(
        "<tr>"
        + (f"<td rowspan=10>产出指标{group}</td>" if row == 0 else "")
        + f"<td>第{group}组第{row}项指标全年累计受理群众来信来访并按时答复</td>"
        + "<td>120.00</td><td>120.00</td></tr>"
        for group in range(4)
        for row in range(10)
    )
    page = f"""<meta charset=utf-8><style>td, th {{ border: 1px solid; padding: 4px }}
        table {{ border-collapse: collapse; width: 9cm; font: 12pt "Noto Serif CJK SC" }}</style>
        <h1>项目支出绩效自评表</h1><table><thead><tr><th>一级指标</th><th>三级指标</th><th>目标值</th>
        <th>完成值</th></tr></thead>{rows}</table>"""
    tab = browser.new_page()
    tab.set_content(page)
    document = read(tab.pdf(format="A4"))
    tab.close()
    assert texts(document) == ["项目支出绩效自评表"]
    (table,) = tables(document)
    assert table.texts == (
        ("一级指标", "三级指标", "目标值", "完成值"),
        *(
            (
                f"产出指标{group}" if row == 0 else "",
                f"第{group}组第{row}项指标全年累计受理群众来信来访并按时答复",
                "120.00",
                "120.00",
            )
            for group in range(4)
            for row in range(10)
        ),
    )
    assert [table.rows[1 + 10 * group][0].row_span for group in range(4)] == [10] * 4
    # The browser cuts the last row too: a row's page is the one on which it begins.
    assert (table.rows[-1][1].place.page, document.pages) == (3, 4)


def test_paragraphs_headings_and_running_lines() -> None:
    def draw(pdf: Pdf, number: int) -> None:
        pdf.text(72, 40, "某局2022年度绩效自评报告", 9)
        pdf.canvas.bookmarkPage(f"p{number}")
        pdf.canvas.addOutlineEntry(f"{number}、部门情况", f"p{number}", 0)
        pdf.text(72, 80, f"{number}、部门情况", 12)
        pdf.text(
            93,
            100,
            "全年共受理群众来信来访五百八十五宗其中按时答复五百八十三宗经过核对以后按时答复率",
        )
        pdf.text(72, 118, "达99.66%，比上年提高。")
        pdf.text(93, 136, "（一）另一段。")
        pdf.text(
            93,
            154,
            f"跨页的段落在这一页的最后一行没有结束并且一直写到了这一行的末尾处它在下一页续完第{number}",
        )
        pdf.centred(800, f"- {number} -", 9)

    document = read(pages_of(3, draw))
    assert texts(document)[:4] == [
        "1、部门情况",
        "全年共受理群众来信来访五百八十五宗其中按时答复五百八十三宗经过核对以后按时答复率达99.66%，比上年提高。",
        "（一）另一段。",
        "跨页的段落在这一页的最后一行没有结束并且一直写到了这一行的末尾处它在下一页续完第1",
    ]
    levels = [b.level for b in document.blocks if isinstance(b, Paragraph)]
    assert levels[:4] == [1, None, None, None]
    assert not any("绩效自评报告" in text or text.startswith("-") for text in texts(document))


def test_a_title_and_unit_line_on_every_page_are_kept() -> None:
    def draw(pdf: Pdf, number: int) -> None:
        pdf.centred(40, "项目支出绩效自评表", 16)
        pdf.text(420, 64, "单位：万元", 9)
        rows = [["项目名称", f"项目{number}"], ["主管部门", "甲局"], ["得分", "90"]]
        pdf.table([60, 200, 480], [80, 100, 120, 140], plain_rows(rows))

    document = read(pages_of(4, draw))
    assert texts(document) == ["项目支出绩效自评表", "单位：万元"] * 4
    assert len(tables(document)) == 4


@pytest.mark.parametrize("damage", ["cut", "garbled"])
def test_a_damaged_file_is_refused(damage: str) -> None:
    data = the_form()
    broken = data[: len(data) // 2] if damage == "cut" else b"%PDF-1.4\n" + b"x" * 500 + b"%%EOF"
    with pytest.raises(UnreadableFile, match="damaged or was cut short"):
        read(broken)


def test_a_faulty_page_is_refused_by_name() -> None:
    data = the_form()
    start = data.index(b"/MediaBox [") + len(b"/MediaBox [")
    with pytest.raises(UnreadableFile, match="damaged or was cut short"):
        read(data[:start] + b"/" + data[start + 1 :])


def test_a_password_is_asked_to_be_removed() -> None:
    locked = Pdf(password="secret")
    locked.text(72, 80, "正文")
    with pytest.raises(UnreadableFile, match="protected by a password; remove it first"):
        read(locked.done())
    open_to_readers = Pdf(owner="secret")
    open_to_readers.text(72, 80, "正文")
    assert texts(read(open_to_readers.done())) == ["正文"]


def test_too_many_pages_and_no_text() -> None:
    data = pages_of(3, lambda pdf, number: pdf.text(72, 80, f"第{number}段"))
    with pytest.raises(UnreadableFile, match="3 pages, more than 2; split it"):
        read(data, Limits(max_pages=2))
    with pytest.raises(UnreadableFile, match="the PDF has no text"):
        read(pages_of(1, lambda pdf, number: None))
    with pytest.raises(UnreadableFile, match="more than 3 table cells"):
        read(the_form(), Limits(max_cells=3))


def test_reads_from_disk(tmp_path: Path) -> None:
    from ingest.readers import read_document

    path = tmp_path / "自评.pdf"
    path.write_bytes(the_form())
    assert read_document(path).file == "自评.pdf"
