"""The finance ministry's form 项目支出绩效自评表, once as it stands on paper.

Each entry is a cell where it begins: row, column, rows, columns, text. What the
readers of different formats make of their own file of it is the same grid.
"""

from __future__ import annotations

from ingest.document import Cell, Table

COLUMNS = 9
ROWS = 17
TITLE = "项目支出绩效自评表\n（2022年度）"
UNIT = "单位：万元"
NOTE = "注：定量指标完成数汇总时累加计算。"

# Rows 1 and 2 are the title and the unit, the last one is a note: lines, not rows.
CELLS = [
    (1, 1, 1, 9, TITLE),
    (2, 1, 1, 9, UNIT),
    (3, 1, 1, 2, "项目名称"),
    (3, 3, 1, 7, "社区卫生服务补助"),
    (4, 1, 1, 2, "主管部门"),
    (4, 3, 1, 3, "卫生健康局"),
    (4, 6, 1, 2, "实施单位"),
    (4, 8, 1, 2, "卫生健康局"),
    (5, 1, 3, 2, "项目资金\n（万元）"),
    (5, 3, 1, 1, ""),
    (5, 4, 1, 1, "年初预算数"),
    (5, 5, 1, 1, "全年预算数（A）"),
    (5, 6, 1, 1, "全年执行数（B）"),
    (5, 7, 1, 1, "分值"),
    (5, 8, 1, 1, "执行率（B/A）"),
    (5, 9, 1, 1, "得分"),
    (6, 3, 1, 1, "年度资金总额"),
    (6, 4, 1, 1, "120.00"),
    (6, 5, 1, 1, "120.00"),
    (6, 6, 1, 1, "120.00"),
    (6, 7, 1, 1, "10"),
    (6, 8, 1, 1, "100%"),
    (6, 9, 1, 1, "10"),
    (7, 3, 1, 1, "其中：当年财政拨款"),
    (7, 4, 1, 1, "1,120.00"),
    (7, 5, 1, 1, "１２０"),
    (7, 6, 1, 1, "120.00"),
    (7, 7, 1, 1, "—"),
    (7, 8, 1, 1, "—"),
    (7, 9, 1, 1, ""),
    (8, 1, 2, 1, "年度总体目标"),
    (8, 2, 1, 4, "预期目标"),
    (8, 6, 1, 4, "实际完成情况"),
    (9, 2, 1, 4, "建成社区服务站3个。"),
    (9, 6, 1, 4, "建成社区服务站3个。"),
    (10, 1, 6, 1, "绩效指标"),
    (10, 2, 1, 1, "一级指标"),
    (10, 3, 1, 1, "二级指标"),
    (10, 4, 1, 1, "三级指标"),
    (10, 5, 1, 1, "指标值"),
    (10, 6, 1, 1, "指标值"),
    (10, 7, 1, 1, "分值"),
    (10, 8, 1, 1, "得分"),
    (10, 9, 1, 1, "偏差原因分析及改进措施"),
    (11, 2, 3, 1, "产出指标"),
    (11, 3, 2, 1, "数量指标"),
    (11, 4, 1, 1, "新建服务站数"),
    (11, 5, 1, 1, "≥3个"),
    (11, 6, 1, 1, "3个"),
    (11, 7, 1, 1, "20"),
    (11, 8, 1, 1, "20"),
    (11, 9, 1, 1, ""),
    (12, 4, 1, 1, "培训人次"),
    (12, 5, 1, 1, "≥50人次"),
    (12, 6, 1, 1, "48人次"),
    (12, 7, 1, 1, "15"),
    (12, 8, 1, 1, "14"),
    (12, 9, 1, 1, "疫情影响"),
    (13, 3, 1, 1, "质量指标"),
    (13, 4, 1, 1, "验收合格率"),
    (13, 5, 1, 1, "=100%"),
    (13, 6, 1, 1, "100%"),
    (13, 7, 1, 1, "15"),
    (13, 8, 1, 1, "15"),
    (13, 9, 1, 1, ""),
    (14, 2, 1, 1, "效益指标"),
    (14, 3, 1, 1, "社会效益"),
    (14, 4, 1, 1, "服务居民数"),
    (14, 5, 1, 1, "稳步提高"),
    (14, 6, 1, 1, "稳步提高"),
    (14, 7, 1, 1, "30"),
    (14, 8, 1, 1, "30"),
    (14, 9, 1, 1, ""),
    (15, 2, 1, 1, "满意度指标"),
    (15, 3, 1, 1, "服务对象满意度"),
    (15, 4, 1, 1, "居民满意度"),
    (15, 5, 1, 1, "≥90%"),
    (15, 6, 1, 1, "95%"),
    (15, 7, 1, 1, "10"),
    (15, 8, 1, 1, "10"),
    (15, 9, 1, 1, ""),
    (16, 1, 1, 6, "总分"),
    (16, 7, 1, 1, "100"),
    (16, 8, 1, 1, "99"),
    (16, 9, 1, 1, ""),
    (17, 1, 1, 9, NOTE),
]

# The grid as a reader must give it; › is a place that the cell to the left covers,
# ^ one that the cell above covers. Written out, so that no code of ours made it.
EXPECTED = """
项目名称|›|社区卫生服务补助|›|›|›|›|›|›
主管部门|›|卫生健康局|›|›|实施单位|›|卫生健康局|›
项目资金/（万元）|›||年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B÷A）|得分
^|^|年度资金总额|120.00|120.00|120.00|10|100%|10
^|^|其中：当年财政拨款|1,120.00|１２０|120.00|—|—|
年度总体目标|预期目标|›|›|›|实际完成情况|›|›|›
^|建成社区服务站3个。|›|›|›|建成社区服务站3个。|›|›|›
绩效指标|一级指标|二级指标|三级指标|指标值|指标值|分值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|新建服务站数|≥3个|3个|20|20|
^|^|^|培训人次|≥50人次|48人次|15|14|疫情影响
^|^|质量指标|验收合格率|=100%|100%|15|15|
^|效益指标|社会效益|服务居民数|稳步提高|稳步提高|30|30|
^|满意度指标|服务对象满意度|居民满意度|≥90%|95%|10|10|
总分|›|›|›|›|›|100|99|
""".strip()


def expected_texts() -> list[list[str | None]]:
    """The texts of the grid, None where another cell covers the place."""
    return [
        [
            None if cell in {"›", "^"} else cell.replace("/", "\n").replace("÷", "/")
            for cell in line.split("|")
        ]
        for line in EXPECTED.split("\n")
    ]


def texts(table: Table) -> list[list[str | None]]:
    """The texts of a table that was read, None where another cell covers the place."""
    return [[_text(cell) for cell in row] for row in table.rows]


def _text(cell: Cell) -> str | None:
    if cell.covered:
        assert cell.text == ""
        return None
    return cell.text


def spans() -> dict[tuple[int, int], tuple[int, int]]:
    """Rows and columns of each cell inside the grid by its row and column on paper."""
    return {
        (row, column): (rows, columns) for row, column, rows, columns, _ in CELLS if 3 <= row < ROWS
    }


def read_spans(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """The same of a table that was read; its first row is the third on paper."""
    found = {}
    for row, cells in enumerate(table.rows, start=3):
        for column, cell in enumerate(cells, start=1):
            if not cell.covered:
                assert cell.place.cell == f"表1 R{row}C{column}"
                found[row, column] = (cell.row_span, cell.column_span)
    return found
