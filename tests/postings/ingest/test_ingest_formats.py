import gzip

import pytest

from postings.ingest import FileFormat, UnreadableFile, header_of, read_rows, sniff_format

HEADER = ("title", "company", "description")
ROWS = (
    ("Data Engineer", "Obstgarten AG", "Wir suchen dich für große Aufgaben, schöne Büros und 30 Tage Urlaub."),
    ("Entwickler", "Müller & Söhne", "Übernahme möglich; Gehalt nach Vereinbarung."),
)


def table(delimiter: str, rows=ROWS, repeat: int = 30) -> str:
    lines = [HEADER, *rows * repeat]
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\r\n"


def write(tmp_path, content: bytes, name: str = "jobs.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    path = write(tmp_path, table(delimiter).encode())
    fmt = sniff_format(path, name="jobs.csv")
    assert (fmt.kind, fmt.delimiter) == ("csv", delimiter)
    assert header_of(path, fmt) == list(HEADER)


def test_a_semicolon_file_full_of_commas_is_a_semicolon_file(tmp_path):
    text = "title;description\n" + "Data Engineer;SQL, Python, Spark, and more\nAnalyst;Excel, SQL\n" * 20
    assert sniff_format(write(tmp_path, text.encode()), name="x").delimiter == ";"


def test_the_hint_that_excel_writes_is_obeyed_and_is_no_row(tmp_path):
    path = write(tmp_path, b"sep=;\r\ntitle;description\r\nA, B;C, D\r\n")
    fmt = sniff_format(path, name="x.csv")
    rows = list(read_rows(path, fmt))
    assert [(row.row, row.line, row.values) for row in rows] == [(0, 3, {"title": "A, B", "description": "C, D"})]


POLISH = "Szukamy doświadczonego programisty, znajomość języka i umiejętność pracy w zespole, Łódź, wykształcenie"
CZECH = "Hledáme zkušeného vývojáře, požadavky a příjemné prostředí, řešení úkolů, těšíme se"
RUSSIAN = "Мы ищем опытного разработчика, требования и умение работать в команде"
HEBREW = "אנו מחפשים מפתח תוכנה מנוסה, דרישות וניסיון בעבודת צוות"
GREEK = "Αναζητούμε έμπειρο προγραμματιστή για την ομάδα μας στην Αθήνα"
TURKISH = "Deneyimli bir yazılım geliştirici arıyoruz, güçlü iletişim, çalışma, İngilizce"
FRENCH = "Nous recherchons un ingénieur expérimenté à Paris, maîtrise écrite, être à l’aise, goût du détail"
GERMAN = "Für unser Team in München suchen wir Verstärkung: große Büros, schöne Aufgaben – 60.000 €"
SWEDISH = "Vi söker en erfaren utvecklare, förmåga att arbeta i team på svenska, även ångström"
ENGLISH = "We’re looking for people who say “yes” — and don’t stop there"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (GERMAN.replace("–", "-").replace("€", "EUR"), "latin-1"),
        (GERMAN.replace("–", "-"), "iso8859-15"),
        (GERMAN, "mac_roman"),
        (FRENCH, "cp1252"),
        (SWEDISH, "cp1252"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (GERMAN + FRENCH + SWEDISH, "cp1252"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (HEBREW, "cp1255"),
        (GREEK, "cp1253"),
        (TURKISH, "cp1254"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-8-sig"),
        (RUSSIAN, "utf-8"),
    ],
)
@pytest.mark.parametrize("plain_lines", [0, 40])
def test_the_text_comes_out_as_it_was_written(tmp_path, text, encoding, plain_lines):
    plain = "Analyst;We are looking for an analyst who loves numbers and people\r\n" * plain_lines
    content = "title;description\r\n" + (plain + f"Engineer;{text}\r\n") * 20
    path = write(tmp_path, content.encode(encoding))
    rows = list(read_rows(path, sniff_format(path, name="jobs.csv")))
    assert rows[-1].values == {"title": "Engineer", "description": text}


def test_a_few_broken_bytes_do_not_turn_a_utf8_file_into_something_else(tmp_path):
    content = table(",").encode().replace("schöne".encode(), b"sch\xf6ne", 1)
    path = write(tmp_path, content)
    rows = list(read_rows(path, sniff_format(path, name="jobs.csv")))
    assert rows[0].values["description"].startswith("Wir suchen dich für große Aufgaben, sch\ufffdne")
    assert rows[2].values["description"] == ROWS[0][2]


def test_a_byte_that_is_no_utf8_far_behind_the_head_is_noticed(tmp_path):
    content = b"title;description\n" + b"Analyst;numbers\n" * 100_000 + (f"Dev;{GERMAN}\n" * 3).encode("cp1252")
    assert sniff_format(write(tmp_path, content), name="x").encoding == "cp1252"


def test_a_gzip_file_is_known_by_its_content_whatever_its_name(tmp_path):
    path = write(tmp_path, gzip.compress(table(",").encode()), name="jobs.csv")
    fmt = sniff_format(path, name="jobs.csv")
    assert fmt.compression == "gzip"
    assert len(list(read_rows(path, fmt))) == 60


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('[{"title": "A"}, {"title": "B"}]', "json"),
        ('\n [\n {"title": "A"} ]', "json"),
        ('{"title": "A"}\n{"title": "B"}\n', "jsonl"),
        ('{"title": "A"}{"title": "B"}', "jsonl"),
        ('{"title": "A", "skills": ["x"]}\n', "jsonl"),
        ('{"data": {"jobs": [{"title": "A"}]}}', "json"),
        ("title,description\nA,B\n", "csv"),
        ("title\tdescription\n[A]\t{B}\n", "csv"),
    ],
)
def test_the_content_decides_the_kind_not_the_name(tmp_path, text, kind):
    assert sniff_format(write(tmp_path, text.encode()), name="upload.txt").kind == kind


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04rest of a workbook", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (gzip.compress(b"PK\x03\x04rest of a workbook", mtime=0), "Excel"),
        (gzip.compress(table(",").encode(), mtime=0)[:-20], "damaged gzip"),
        (b"\x1f\x8b" + b"no gzip at all", "damaged gzip"),
        (b"<!DOCTYPE html><html><body>sign in</body></html>", "web page"),
        (b"\x00\x01\x02\x03\x00\x00" * 100, "not a text file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_that_names_the_file(tmp_path, content, word):
    with pytest.raises(UnreadableFile, match=word) as refused:
        sniff_format(write(tmp_path, content), name="march.csv")
    assert str(refused.value).startswith("march.csv")
    assert str(refused.value).endswith((".", ")."))


def test_a_format_can_be_stored_and_read_back():
    fmt = FileFormat(kind="csv", compression="gzip", encoding="cp1252", delimiter=";")
    assert FileFormat.from_dict(fmt.to_dict()) == fmt
    with pytest.raises(ValueError, match="parquet"):
        FileFormat.from_dict(fmt.to_dict() | {"kind": "parquet"})
