"""The codebook in English and Chinese, made from the table of columns."""

from __future__ import annotations

from typing import Literal

from crawler.exports.columns import OPTIONAL, TABLE_LABELS, TABLES, Column, all_columns, rows, values
from crawler.model import SCHEMA_VERSION

Language = Literal["en", "zh"]
PAGES: dict[Language, str] = {"en": "codebook.md", "zh": "codebook.zh.md"}

_INTRODUCTION = {
    "en": f"""# Codebook

Every column of `scrapy export`, schema {SCHEMA_VERSION}. Made from `crawler/exports/data/columns.tsv` by
`python tools/build_codebook.py`; [中文](codebook.zh.md).

- Dates are ISO strings of the known part: `2017-12-24`, `2017-12`, `2017`, `--12-24` (year unknown). Times are UTC.
- Lists are joined by `;` in CSV, Excel, Stata and SQLite, and are lists in JSON lines and Parquet.
- Missing is an empty cell, `null`, or `.` in Stata. It never means zero.
- In Stata, closed lists are numbers from 1 in the order given here, with value labels; truth values are 0 and 1.
- In CSV a text that begins like a formula has a `'` before it, so that no spreadsheet runs it.
- Precision and recall were measured on held-out labelled articles of our own ({{articles}} articles; people sent on
  {{reports}} short reports; status and approximate also on 20 each); in brackets the 95 % bootstrap
  interval over them. They are of single articles, before
  reports are merged; slots and people sent are counted inside the events found. Where one value stands when nothing is
  said (done, no, takes part), only the others are counted. Authors, script and reprint notes were measured on the
  {{pages}} pages of the bundled sample, which we wrote and tuned the reader on: expect less elsewhere. A column
  without figures says why.
""",
    "zh": f"""# 编码手册

`scrapy export` 的全部字段，结构版本 {SCHEMA_VERSION}。由 `python tools/build_codebook.py` 根据
`crawler/exports/data/columns.tsv` 生成；[English](codebook.md)。

- 日期为已知部分的 ISO 写法：`2017-12-24`、`2017-12`、`2017`、`--12-24`（年份不详）。时间为 UTC。
- 列表在 CSV、Excel、Stata、SQLite 中以 `;` 连接，在 JSON lines 和 Parquet 中为列表。
- 缺失为空单元格、`null` 或 Stata 的 `.`，绝不表示零。
- 在 Stata 中，固定取值按此处顺序从 1 编号并附值标签；真假值为 0 和 1。
- CSV 中形似公式的文字前加 `'`，以防表格软件执行。
- 准确率与召回率在我们自己标注的留出文章（{{articles}} 篇；派出人数用 {{reports}} 篇短讯，状态与约数另加各 20 篇）上
  测得，方括号内为重抽样的 95% 区间；均就单篇文章而言，尚未合并报道；事件的各项在已找到的事件之内计。
  无说明时的默认取值（已办、否、参加）不计，只计其余取值。
  署名、字体与转载出处在随附样例的 {{pages}} 个页面上测得，这些页面由我们编写且用于调试，他处预计较低。
  未列者注明原因。
""",
}
_WORDS = {
    "en": {
        "unit": "Unit", "values": "Values", "found": "How found", "cases": "Borderline cases",
        "optional": "only when asked for",
        "score": "Precision {p}, recall {r}", "counts": "{right} right of {found} found, {wanted} wanted",
        "text": "text", "date": "date", "integer": "whole number", "number": "number", "boolean": "yes or no",
        "list": "list of texts",
        "stop": ".", "colon": ": ", "comma": ", ", "blank": " ",
    },
    "zh": {
        "unit": "单位", "values": "取值", "found": "如何得出", "cases": "疑难情形",
        "optional": "仅按要求输出",
        "score": "准确率 {p}，召回率 {r}", "counts": "找到 {found}，其中正确 {right}；应有 {wanted}",
        "text": "文本", "date": "日期", "integer": "整数", "number": "数值", "boolean": "是/否",
        "list": "文本列表",
        "stop": "。", "colon": "：", "comma": "、", "blank": "",
    },
}  # fmt: skip


def codebook(language: Language) -> str:
    """The whole page in one language, Markdown."""
    counts = {row["score"]: row["articles"] for row in rows("scores.tsv")}
    parts = [_INTRODUCTION[language]]
    for blank, score in (("{reports}", "people sent"), ("{articles}", "events"), ("{pages}", "authors")):
        parts[0] = parts[0].replace(blank, counts[score])
    for table in TABLES:
        label = TABLE_LABELS[table][0 if language == "en" else 1]
        parts.append(f"\n## `{table}`\n\n{label}{_WORDS[language]['stop']}\n")
        parts += [_entry(column, language) for column in all_columns() if column.table == table]
    return "\n".join(parts)


def _entry(column: Column, language: Language) -> str:
    words, english = _WORDS[language], language == "en"
    kind = words[column.type]
    if (column.table, column.name) in OPTIONAL:
        kind += f"{words['comma']}{words['optional']}"
    lines = [f"**`{column.name}`** ({kind}){words['colon']}{column.en if english else column.zh}{words['stop']}"]
    if column.unit:
        lines.append(f"{words['unit']}{words['colon']}{column.unit}{words['stop']}")
    if column.values:
        listed = words["comma"].join(
            f"{n} `{v.value}` {v.en if english else v.zh}" for n, v in enumerate(column.values, 1)
        )
        lines.append(f"{words['values']}{words['colon']}{listed}{words['stop']}")
    for name, text in (
        ("found", column.found_en if english else column.found_zh),
        ("cases", column.cases_en if english else column.cases_zh),
    ):
        if text:
            lines.append(f"{words[name]}{words['colon']}{text}")
    if column.score:
        lines.append(_score(column.score, language))
    else:
        why = next(value for value in values("measure") if value.value == column.unscored)
        lines.append(f"{why.en if english else why.zh}{words['stop']}")
    return f"- {words['blank'].join(lines)}"


def _score(name: str, language: Language) -> str:
    row = next((row for row in rows("scores.tsv") if row["score"] == name), None)
    if row is None:
        raise ValueError(f"scores.tsv: no row {name!r}; run tools/measure_codebook.py")
    words = _WORDS[language]
    shown = words["score"].format(
        p=f"{row['precision']} [{row['precision_low']}, {row['precision_high']}]",
        r=f"{row['recall']} [{row['recall_low']}, {row['recall_high']}]",
    )
    return f"**{shown}** ({words['counts'].format(**row)}){words['stop']}"
