"""Reading of anybody's files: formats, encodings, broken lines, structure, places; and what is refused, in one line."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from fpdf import FPDF
from openpyxl import Workbook

from corpus.documents.blocks import width
from corpus.documents.facts import find_facts
from corpus.documents.passages import MOST, cut
from corpus.documents.reader import files_of, read_file
from tools.errors import InputError

LAW = "第 一 章 總則\n\n第 1 條\n關稅由海關徵收。\n\n第 2 條\n進口貨物應於十五日內申報。\n前項期間得延長。\n"
TABLE = "# 費用\n\n| 項目 | 金額 |\n|---|---|\n" + "".join(
    f"| 第 {n} 項服務費用說明文字 | {n} 元 |\n" for n in range(60)
)
BODY = "\n".join(f"{word} goods are weighed before they leave the dock." for word in ("Dry", "Wet", "Cold", "Loose"))
WRAPPED = (
    "本公司自本年起委託報關業者辦理進口申報，所有單據應於到貨前三日\n\n交付，逾期者由承辦部門自行負責，並依內部規定\n\n"
    "辦理補件。未交付單據之貨物，一律不得提領，承辦人應即通知主管人\n\n員處理，不得延誤。上述規定自發布日起實施，承辦部門應於月底前完\n\n成宣導。\n"
) * 3  # fmt: skip


def _write(path: Path, text: str, codec: str = "utf-8") -> Path:
    path.write_bytes(text.encode(codec))
    return path


def _docx(path: Path) -> Path:
    document = Document()
    document.add_heading("進口作業手冊", 1)
    document.add_paragraph("報單應於到貨前送交。")
    table = document.add_table(rows=3, cols=2)
    for row, (a, b) in zip(table.rows, [("欄位", "說明"), ("1", "報單號碼"), ("2", "類別")], strict=True):
        row.cells[0].text, row.cells[1].text = a, b
    document.save(str(path))
    return path


def _xlsx(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("code", "rate"), ("6203.42", "16.6%"), ("9102.11", 4)):
        sheet.append(row)
    book.save(path)
    return path


def _pdf(path: Path, pages: int = 2, words: bool = True, password: str = "") -> Path:
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for number in range(1, pages + 1):
        pdf.add_page()
        if words:
            pdf.multi_cell(
                0, 6, f"Internal customs manual\nParcel rule number {number} applies here.\n{BODY}\nKept by the desk."
            )
    if password:
        pdf.set_encryption(owner_password="owner", user_password=password)
    pdf.output(str(path))
    return path


# ------------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "big5", "gb18030"])
def test_every_encoding_reads_the_same(tmp_path: Path, codec: str) -> None:
    assert read_file(_write(tmp_path / "a.txt", LAW * 3, codec)).text == LAW * 3


def test_simplified_text_in_gb18030_is_not_taken_for_big5(tmp_path: Path) -> None:
    text = "进口货物应当向海关申报，关税由海关征收。申报时应当提交合同与发票。" * 5
    assert read_file(_write(tmp_path / "a.txt", text, "gb18030")).text == text


def test_articles_are_passages_of_their_own_with_their_lines(tmp_path: Path) -> None:
    cuts = cut(read_file(_write(tmp_path / "law.md", LAW)))
    assert [(c.heading, c.line) for c in cuts] == [("第 一 章 總則 › 第 1 條", 4), ("第 一 章 總則 › 第 2 條", 7)]
    assert cuts[1].text == "進口貨物應於十五日內申報。\n前項期間得延長。"
    assert LAW[cuts[0].start : cuts[0].end] == cuts[0].text


def test_broken_lines_are_joined_and_keep_their_place(tmp_path: Path) -> None:
    parsed = read_file(_write(tmp_path / "sop.txt", WRAPPED))
    assert "到貨前三日交付，逾期者" in parsed.blocks[0].text
    for block in parsed.blocks:
        assert parsed.text[block.start : block.end].replace("\n", "") == block.text


TORN = (
    "本署人員於會議期間與各經濟體代表交換意見，並就快遞貨物之查驗方式、風險條件與資料需求提出說明，會後雙方同意繼續合"
)


def test_a_paragraph_torn_by_a_page_break_is_whole_and_a_label_begins_anew(tmp_path: Path) -> None:
    rest = "作，並於下次會議報告進度，其餘事項由承辦單位另行聯繫各經濟體之聯絡人辦理。"
    parsed = read_file(_write(tmp_path / "a.txt", f"{TORN}\n\n{rest}\n"))
    assert [b.text for b in parsed.blocks] == [TORN + rest]
    assert parsed.text[parsed.blocks[0].start : parsed.blocks[0].end].replace("\n", "") == TORN + rest
    other = read_file(_write(tmp_path / "b.txt", f"{TORN}\n\n內容摘要：{rest}\n"))
    assert len(other.blocks) == 2


def test_headings_nest_by_their_numbering_and_items_tell_what_they_stand_under(tmp_path: Path) -> None:
    text = (
        "參、其他會議\n\n一、綠色海關研討會\n\n(一) 會議日期\n\n八月十三日。\n\n二、提單研討會\n\n(一) 會議日期\n\n八月十二日。\n\n"
        f"1. 風險控管：討論如何運用各項資料。{'各國說明現況。' * 60}\n\n- (1) 智利報告郵包資訊不足的情形。\n"
    )
    cuts = cut(read_file(_write(tmp_path / "a.txt", text)))
    assert [(c.heading, c.text[:6]) for c in cuts[:2]] == [
        ("參、其他會議 › 一、綠色海關研討會 › (一) 會議日期", "八月十三日。"),
        ("參、其他會議 › 二、提單研討會 › (一) 會議日期", "八月十二日。"),
    ]
    assert "智利" in cuts[-1].text
    assert cuts[-1].heading.endswith("1. 風險控管")


def test_lines_that_only_look_like_headings_are_kept(tmp_path: Path) -> None:
    chapters = "第 1 章 活動物\n第 2 章 肉\n第 3 章 魚\n"
    assert [c.text for c in cut(read_file(_write(tmp_path / "a.txt", chapters)))] == [chapters.strip()]


def test_english_lines_are_joined_with_spaces(tmp_path: Path) -> None:
    line = "This notice describes the procedures that an importer has to follow\n"
    parsed = read_file(_write(tmp_path / "a.txt", line * 12))
    assert len(parsed.blocks) == 1 and "follow This" in parsed.blocks[0].text


def test_a_long_table_keeps_its_header_in_every_passage(tmp_path: Path) -> None:
    cuts = cut(read_file(_write(tmp_path / "t.md", TABLE)))
    assert len(cuts) > 1 and all(c.text.startswith("項目 | 金額\n") for c in cuts)
    assert sum(c.text.count("服務費用") for c in cuts) == 60


def test_docx_headings_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    cuts = cut(read_file(_docx(tmp_path / "a.docx")))
    assert [c.heading for c in cuts] == ["進口作業手冊"]
    assert cuts[0].text == "報單應於到貨前送交。\n欄位 | 說明\n1 | 報單號碼\n2 | 類別"


def test_sheets_and_csv_carry_their_header(tmp_path: Path) -> None:
    for path in (_xlsx(tmp_path / "a.xlsx"), _write(tmp_path / "a.csv", "code,rate\n6203.42,16.6%\n9102.11,4\n")):
        rows = [b for b in read_file(path).blocks if b.kind == "row"]
        assert [r.text for r in rows] == ["code | rate", "6203.42 | 16.6%", "9102.11 | 4"]
        assert {r.header for r in rows[1:]} == {"code | rate"}


def test_pdf_passages_know_their_page(tmp_path: Path) -> None:
    cuts = cut(read_file(_pdf(tmp_path / "a.pdf", pages=5)))
    assert {c.page for c in cuts if "Cold goods" in c.text} == {1, 2, 3, 4, 5}
    assert not any("Internal customs manual" in c.text for c in cuts)  # a running head is dropped


def test_a_table_of_a_pdf_keeps_its_header_on_every_page_and_its_rows_whole(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.set_font("helvetica", size=11)
    for page in range(4):
        pdf.add_page()
        rows = "\n".join(
            f"84{page}1.{n}0.00 Machines of kind {page}{n}, other than\nthose of any other kind" for n in range(1, 9)
        )
        pdf.multi_cell(0, 6, f"HTSUS\nSubheading\nProduct Description\n{rows}")
    pdf.output(str(tmp_path / "list.pdf"))
    cuts = cut(read_file(tmp_path / "list.pdf"))
    assert all(c.text.startswith("HTSUS Subheading Product Description\n") for c in cuts)
    rows = [line for c in cuts for line in c.text.split("\n")[1:]]
    assert len(rows) == 32 and all(line.endswith("those of any other kind") for line in rows)
    assert {c.page for c in cuts if "8431.80.00" in c.text} == {4}


def test_five_hundred_pages_are_read(tmp_path: Path) -> None:
    assert max(c.page or 0 for c in cut(read_file(_pdf(tmp_path / "long.pdf", pages=500)))) == 500


def test_html_is_read_without_scripts_and_xml_with_its_headings(tmp_path: Path) -> None:
    page = "<html><head><title>關務公告專區</title><script>steal()</script></head><body><h2>免稅</h2><p>限額公告。</p></body></html>"
    parsed = read_file(_write(tmp_path / "a.html", page))
    assert [b.text for b in parsed.blocks] == ["免稅", "限額公告。"] and parsed.title == "關務公告專區"
    notice = '<?xml version="1.0"?><NOTICE><SUBJECT>A notice</SUBJECT><HD SOURCE="HD1">Dates</HD><P>In <E>June</E> 2026.</P></NOTICE>'
    parsed = read_file(_write(tmp_path / "a.xml", notice))
    assert [(b.kind, b.text) for b in parsed.blocks] == [
        ("heading", "A notice"),
        ("heading", "Dates"),
        ("text", "In June 2026."),
    ]


def test_passages_stay_small_whatever_comes(tmp_path: Path) -> None:
    for text in ("關稅" * 5000, "word " * 5000, "x" * 20_000, "一、甲。" * 3000):
        assert all(0 < width(c.text) <= MOST for c in cut(read_file(_write(tmp_path / "a.txt", text))))


def test_language_day_and_side_are_found(tmp_path: Path) -> None:
    text = (
        "法規名稱：關稅法\n修正日期：20220511\n\n"
        + LAW * 3
        + "財政部關務署依中華民國法律辦理，民國 113 年 8 月 10 日發布。"
    )
    facts = find_facts(read_file(_write(tmp_path / "a.md", text)), "a")
    assert (facts.title, facts.language, facts.jurisdiction, facts.dated) == (
        "關稅法",
        "zh-TW",
        "TW",
        date(2022, 5, 11),
    )
    assert date(2024, 8, 10) in facts.dates


# ------------------------------------------------------------------------------------------------- refused


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 40_000_000)
    return path


def _slip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../word/document.xml", "x")
    return path


def _raw(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "hahahaha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
REFUSED = {
    "a scan": (lambda d: _pdf(d / "scan.pdf", words=False), "OCR"),
    "encrypted PDF": (lambda d: _pdf(d / "a.pdf", password="secret"), "encrypted"),
    "damaged PDF": (lambda d: _raw(d / "a.pdf", b"%PDF-1.7\nnonsense"), "cannot be read as PDF"),
    "no PDF at all": (lambda d: _raw(d / "a.pdf", b"hello"), "no PDF by its content"),
    "zip bomb": (lambda d: _bomb(d / "a.docx"), "zip bomb"),
    "names that lead out": (lambda d: _slip(d / "a.docx"), "lead out"),
    "damaged archive": (lambda d: _raw(d / "a.docx", b"PK\x03\x04rubbish"), "damaged"),
    "old Office": (lambda d: _raw(d / "a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600), "old or encrypted"),
    "binary": (lambda d: _raw(d / "a.txt", bytes(range(32)) * 50), "not a text file"),
    "entities": (lambda d: _write(d / "a.xml", LAUGHS), "cannot be read as XML"),
    "empty": (lambda d: _raw(d / "a.txt", b""), "empty"),
    "no words": (lambda d: _raw(d / "a.txt", b" \n \n"), "no words"),
    "a pipe": (lambda d: _fifo(d / "a.txt"), "not an ordinary file"),
    "a name to fool terminals": (lambda d: _raw(d / "a\x1b[2J.txt", b""), "a?[2J.txt"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_taken_is_refused_in_one_line(tmp_path: Path, make: object, said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_file(make(tmp_path))  # type: ignore[operator]
    assert said in str(raised.value) and len(str(raised.value).splitlines()) == 1


def test_directories_are_walked_without_following_links(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "deep").mkdir(parents=True)
    _write(inside / "deep" / "a.md", LAW)
    _write(inside / ".hidden.md", LAW)
    _write(inside / "photo.jpg", "x")
    _write(tmp_path / "secret.md", LAW)
    (inside / "link.md").symlink_to(tmp_path / "secret.md")
    assert [p.name for p in files_of([str(inside)])] == ["a.md"]
    with pytest.raises(InputError, match="is not there"):
        list(files_of([str(tmp_path / "nothing")]))
