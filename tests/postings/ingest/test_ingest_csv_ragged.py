"""A row that is quoted rightly and holds too much is one rejection; only stray quotation marks make lines suspect."""

from postings.ingest import RawRow, read_rows, sniff_format

HEADER = "id,title,company,text\n"
WHOLE = '1,Data Engineer,Fernhollow,"Python\nand SQL"\n'


def rows_of(tmp_path, content):
    path = tmp_path / "made.csv"
    path.write_text(HEADER + content, encoding="utf-8")
    return list(read_rows(path, sniff_format(path, name=path.name)))


def test_a_line_of_text_with_as_many_commas_as_columns_is_no_row(tmp_path):
    text = "What you bring\nSQL, Python, Airflow, dbt\nand patience"

    found = rows_of(tmp_path, f'{WHOLE}2,Data Engineer,Fernhollow,"{text}",more\n{WHOLE}')

    assert [type(row) is RawRow for row in found] == [True, False, True]
    assert found[1].reason == "The row has 5 cells where the header names 4 columns."
    assert found[1].raw["text"] == text


def test_a_stray_mark_that_swallows_the_next_row_costs_neither(tmp_path):
    swallowed = '3,Analyst,Fernhollow,"Tables\nand charts"\n'

    found = rows_of(tmp_path, f'{WHOLE}2,"Data Engineer,Fernhollow,Orchards\n{swallowed}')

    assert [row.values["id"] for row in found if type(row) is RawRow] == ["1", "2", "3"]
    assert found[1].values["title"] == '"Data Engineer'
    assert found[2].values["text"] == "Tables\nand charts"
