"""Documents nobody here wrote: all of them are taken, and questions find the right page, line or article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus import Library, open_library
from corpus.briefs_reader import shipped_briefs
from corpus.documents.shelf import Added, Shelf
from corpus.stores import Stores

TODAY = date(2026, 11, 21)
SHARED = Path(__file__).resolve().parents[3] / "shared"

pytestmark = pytest.mark.skipif(
    not (SHARED / "data" / "documents").is_dir(), reason="NOT CHECKED: ../shared is not beside this checkout"
)

#: question, start of the file's name, and what names the place: a page, or words of the passage's heading or text
ASKED = [
    ("完稅價格依交易價格核定要計入哪些費用", "關稅法", "第 29 條"),
    ("關稅法 進口貨物應自裝載貨物之運輸工具進口日起幾日內申報", "關稅法", "第 16 條"),
    ("關稅法第49條 廣告品及貨樣免稅", "關稅法", "第 49 條"),
    ("推廣貿易服務費", "貿易法", "第 21 條"),
    ("貿易法 戰略性高科技貨品輸出", "貿易法", "第 13 條"),
    ("貿易法 貨品進口救濟 產業受損害", "貿易法", "第 18 條"),
    ("電冰箱 貨物稅 稅率", "貨物稅條例", "第 11 條"),
    ("汽車的貨物稅 汽缸排氣量", "貨物稅條例", "第 12 條"),
    ("平板玻璃 貨物稅", "貨物稅條例", "第 9 條"),
    ("稅率分為三欄 第一欄適用", "海關進口稅則", "欄"),
    ("解釋準則 照相機盒 樂器盒 容器", "海關進口稅則", "照相機盒"),
    ("旅客攜帶自用行李以外 零星物品 稅率徵稅", "海關進口稅則", "零星物品"),
    ("suspension of duty-free de minimis treatment international postal network methodology", "2025-07-30", "postal"),
    ("de minimis suspension executive order effective August 29, 2025", "2025-07-30", "August 29, 2025"),
    ("specific duty per package postal $80 $160 $200", "2025-07-30", "$80"),
    ("temporary import surcharge 150 days ad valorem", "2026-02-20", "150 days"),
    ("import surcharge balance of payments large and serious deficit", "2026-02-20", "balance-of-payments"),
    ("surcharge exceptions beef tomatoes oranges", "2026-02-20", "beef"),
    ("aluminum steel copper derivative articles full value tariff", "2026-04-02", "derivative"),
    ("quartz surface products serious injury safeguard", "2026-07-31", "quartz"),
    ("quartz tariff-rate quota or increase in duty period of relief", "2026-07-31", "PROCLAMATION"),
    ("407 HTSUS codes steel aluminum inclusions process", "FR-2025-15819", "page 1"),
    ("forced labor import prohibition determinations 54 economies", "FR-2026-11296", "54"),
    ("written comments hearing dates forced labor section 301", "FR-2026-11296", "comment"),
    ("aircraft turbojets of a thrust not exceeding 25 kN", "USTR_Section301_List1", "page 2"),
    ("change record Revision 7 April 29, 2026", "2026HTSRev7", "page 1"),
    ("change record note 33 subchapter III deleted PP 11021", "2026HTSRev5", "page 2"),
    ("Windsor Framework Joint Committee decision 2023/819 arrangements", "eu_decision", "Windsor"),
    ("cumulation rules of origin Singapore", "230619_ORD_Singapore", "umulation"),
    ("15 percent steel products of the United Kingdom smelted or most recently cast", "2026-04-02", "15 percent"),
    ("Secretary monitoring imports of metal products improve the tariff regimes", "2026-04-02", "metal products"),
    ("special recreation permit fee target range per lane", "FR-2025-15819", "page 1"),
    ("HTSUS list of aluminum derivative products subdivision inserted in numerical order", "FR-2025-15819", "page 3"),
    ("public hearings in connection with the proposed actions", "FR-2026-11296", "hearings"),
    ("parts and accessories of machines of heading 8465", "USTR_Section301_List1", "page 10"),
    ("motor vehicles for transport of goods not over 5 metric tons", "USTR_Section301_List1", "page 22"),
    ("change record 9903.82.01 added April 6, 2026", "2026HTSRev7", "9903.82.01"),
    ("meaning of added and deleted 8-digit tariff rate lines in the change record Revision 7", "2026HTSRev7", "added"),
    ("heading 9903.80.06 deleted", "2026HTSRev5", "page 3"),
    ("heading 9903.81.87 deleted", "2026HTSRev5", "page 7"),
    ("authorisation to bring goods into Northern Ireland applicants conditions", "eu_decision", "Northern Ireland"),
    ("specific circumstances of Northern Ireland internal market facilitations", "eu_decision", "Northern Ireland"),
    ("vessels and factory ships registered in the UK or in Singapore", "230619_ORD_Singapore", "factory ships"),
    ("ex-works price paid to the manufacturer definition Singapore", "230619_ORD_Singapore", "ex-works"),
    ("vessel at least 50% owned by nationals of a Member State or of the United Kingdom", "231220_ORD_EU", "50%"),
    ("lubricants greases dies and moulds used in production", "231220_ORD_EU", "lubricants"),
    ("EU origin reference document product specific rules", "231220_ORD_EU", "Origin Reference Document"),
    ("quartz safeguard proclamation who may import within the tariff-rate quota", "2026-07-31", "quota"),
    ("美國 1930 關稅法 321 條款 小額免稅 800 美金", "000_", "800"),
    ("86 型通關 Entry Type 86 何時推行", "000_", "2019"),
    ("兩則擬議規則制定通知 NPRM 公布日期", "000_", "NPRM"),
    ("CBP 7501 表格 36 個關鍵欄位", "001_", "36"),
    ("CBP 7501 MPF 商品處理費 0.3464%", "001_", "0.3464"),
    ("使用 FBA 物流 IOR 該填誰", "001_", "FBA"),
    ("SCCP 第 2 次會議主席 秘魯 SUNAT", "002_", "Blanca"),
    ("廈門 空運平台 連接幾家航空公司", "002_", "21家"),
    ("AROD 害蟲控制公司 員工 國家", "002_", "35個國家"),
    ("3000 元 關稅 總進口成本 3,333.13", "003_", "3333.13"),
    ("FOB CIF 貿易條款 完稅基礎", "003_", "FOB"),
    ("完稅價格 CIF 運費 保險費 怎麼計算", "003_", "CIF"),
    ("第 64 章 鞋靴 綁腿", "004_", "64"),
    ("第 22 章 飲料 酒類及醋", "004_", "22"),
    ("解釋準則 主要特徵 零售之成套貨物", "004_", "主要特徵"),
    ("404 Not Found page", "FR-2026-11158-notice", "not found"),
    ("document you requested could not be found", "FR-2026-11158-notice", "found"),
    ("federal register page not found", "FR-2026-11158-notice", "not found"),
]  # fmt: skip


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Added], Library]:
    """All documents and seeds on a shelf, over a small collection of briefs."""
    home = tmp_path_factory.mktemp("shared")
    files = [
        str(p) for d in ("data/documents", "seeds") for p in sorted((SHARED / d).iterdir()) if p.name != "README.md"
    ]
    few = tuple(b for b in shipped_briefs() if b.front.id == "tw-express-classes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("corpus.search.shipped_briefs", lambda: few)
        added = Shelf(home).add(files, TODAY, lambda _: None)
        return added, open_library(home, Stores(embedding="hashed"))  # thousands of passages: found by their words


def test_every_document_is_taken(taken: tuple[list[Added], Library]) -> None:
    added, _ = taken
    assert len(added) >= 22
    assert {a.outcome for a in added} == {"added"} and min(a.passages for a in added) > 0
    assert [a.name for a in added if a.note] == ["FR-2026-11158-notice.txt"]  # a page that says the file was not found


def test_questions_find_the_right_page_or_article(taken: tuple[list[Added], Library]) -> None:
    added, library = taken
    names = {a.id: a.name for a in added}
    missed = []
    for question, file, place in ASKED:
        lang = "en" if question.isascii() else "zh-TW"
        passages = library.search(question, as_of=TODAY, lang=lang, limit=3).passages  # type: ignore[arg-type]
        of_file = [p for p in passages if names.get(p.document_id, "").startswith(file)]
        if not any(place.lower() in f"{p.section} {p.text} page {p.page}".lower() for p in of_file):
            missed.append((question, [(names.get(p.document_id), p.section[-30:], p.page) for p in passages]))
    assert not missed
