"""Tables of models in many languages, read in full: headers, dates, numbers, licences and silence."""

from __future__ import annotations

import pytest

from tests.factcheck.judging.cells import TRUE

TABLES = {
    "italian": """
|Modello|Sviluppatore|Data di rilascio|Parametri|Finestra di contesto|Strati|Licenza|Pesi aperti|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 settembre 2023|7,24 miliardi|8.192|32|Apache 2.0|Sì|
|Qwen3-8B|Alibaba|aprile 2025|8,2 mld|32.768|36|Apache 2.0|Sì|
|GPT-4|OpenAI|14 marzo 2023|non divulgato|8.192|non divulgato|proprietaria|No|
""",
    "polish": """
|Nazwa modelu|Twórca|Data wydania|Liczba parametrów|Okno kontekstu|Warstwy|Licencja|Otwarte wagi|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 września 2023|7,24 mld|8 192|32|Apache 2.0|Tak|
|Qwen3-8B|Alibaba|kwiecień 2025|8,2 mld|32 768|36|Apache 2.0|Tak|
|GPT-4|OpenAI|14 marca 2023|nieujawnione|8 192|nieujawnione|własnościowa|Nie|
""",
    "turkish": """
|Model Adı|Geliştirici|Yayın tarihi|Parametre sayısı|Bağlam penceresi|Katman sayısı|Lisans|Açık kaynak|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 Eylül 2023|7,24 milyar|8192|32|Apache 2.0|Evet|
|Qwen3-8B|Alibaba|Nisan 2025|8,2 milyar|32768|36|Apache 2.0|Evet|
|GPT-4|OpenAI|14 Mart 2023|açıklanmadı|8192|açıklanmadı|kapalı|Hayır|
""",
    "indonesian": """
|Nama Model|Pengembang|Tanggal rilis|Jumlah parameter|Jendela konteks|Lapisan|Lisensi|Sumber terbuka|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 September 2023|7,24 miliar|8192|32|Apache 2.0|Ya|
|Qwen3-8B|Alibaba|April 2025|8,2 miliar|32768|36|Apache 2.0|Ya|
|GPT-4|OpenAI|14 Maret 2023|tidak diungkapkan|8192|tidak diungkapkan|tertutup|Tidak|
""",
    "dutch": """
|Naam|Ontwikkelaar|Releasedatum|Aantal parameters|Contextvenster|Lagen|Licentie|Open gewichten|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 september 2023|7,24 miljard|8192|32|Apache 2.0|Ja|
|Qwen3-8B|Alibaba|april 2025|8,2 mld|32768|36|Apache 2.0|Ja|
|GPT-4|OpenAI|14 maart 2023|niet bekendgemaakt|8192|niet bekendgemaakt|gesloten|Nee|
""",
    "vietnamese": """
|Mô hình|Nhà phát triển|Ngày phát hành|Số tham số|Độ dài ngữ cảnh|Số lớp|Giấy phép|Mã nguồn mở|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 tháng 9 năm 2023|7,24 tỷ|8192|32|Apache 2.0|Có|
|Qwen3-8B|Alibaba|tháng 4/2025|8,2 tỷ|32768|36|Apache 2.0|Có|
|GPT-4|OpenAI|14/3/2023|không công bố|8192|không công bố|độc quyền|Không|
""",
    "arabic": """
|النموذج|المطور|تاريخ الإصدار|عدد المعاملات|نافذة السياق|عدد الطبقات|الترخيص|مفتوح المصدر|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 سبتمبر 2023|7.24 مليار|8192|32|Apache 2.0|نعم|
|Qwen3-8B|Alibaba|أبريل 2025|8.2 مليار|٣٢٧٦٨|36|Apache 2.0|نعم|
|GPT-4|OpenAI|١٤ مارس ٢٠٢٣|غير معلن|8192|غير معلن|مغلق|لا|
""",
    "czech": """
|Název modelu|Vývojář|Datum vydání|Počet parametrů|Délka kontextu|Vrstvy|Licence|Otevřené váhy|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27. září 2023|7,24 miliardy|8192|32|Apache 2.0|Ano|
|Qwen3-8B|Alibaba|duben 2025|8,2 mld.|32768|36|Apache 2.0|Ano|
|GPT-4|OpenAI|14. března 2023|nezveřejněno|8192|nezveřejněno|proprietární|Ne|
""",
    "ukrainian": """
|Назва моделі|Розробник|Дата випуску|Кількість параметрів|Вікно контексту|Шари|Ліцензія|Відкриті ваги|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 вересня 2023|7,24 млрд|8192|32|Apache 2.0|Так|
|Qwen3-8B|Alibaba|квітень 2025|8,2 мільярда|32768|36|Apache 2.0|Так|
|GPT-4|OpenAI|14 березня 2023|не розкрито|8192|не розкрито|пропрієтарна|Ні|
""",
    "swedish": """
|Modell|Utvecklare|Lanseringsdatum|Antal parametrar|Kontextfönster|Lager|Licens|Öppna vikter|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 september 2023|7,24 miljarder|8192|32|Apache 2.0|Ja|
|Qwen3-8B|Alibaba|april 2025|8,2 miljarder|32768|36|Apache 2.0|Ja|
|GPT-4|OpenAI|14 mars 2023|ej offentliggjort|8192|ej offentliggjort|stängd|Nej|
""",
    "romanian": """
|Numele modelului|Dezvoltator|Data lansării|Parametri|Fereastră de context|Straturi|Licență|Cod deschis|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 septembrie 2023|7,24 miliarde|8192|32|Apache 2.0|Da|
|Qwen3-8B|Alibaba|aprilie 2025|8,2 miliarde|32768|36|Apache 2.0|Da|
|GPT-4|OpenAI|14 martie 2023|nedivulgat|8192|nedivulgat|închisă|Nu|
""",
    "hungarian": """
|Modell neve|Fejlesztő|Megjelenés|Paraméterek száma|Kontextusablak|Rétegek száma|Licenc|Nyílt súlyok|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|2023. szeptember 27.|7,24 milliárd|8192|32|Apache 2.0|Igen|
|Qwen3-8B|Alibaba|2025. április|8,2 milliárd|32768|36|Apache 2.0|Igen|
|GPT-4|OpenAI|2023. március 14.|nem nyilvános|8192|nem nyilvános|zárt|Nem|
""",
    "greek": """
|Μοντέλο|Εταιρεία|Ημερομηνία κυκλοφορίας|Παράμετροι|Παράθυρο πλαισίου|Επίπεδα|Άδεια|Ανοιχτά βάρη|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|27 Σεπτεμβρίου 2023|7,24 δισ.|8192|32|Apache 2.0|Ναι|
|Qwen3-8B|Alibaba|Απρίλιος 2025|8,2 δισεκατομμύρια|32768|36|Apache 2.0|Ναι|
|GPT-4|OpenAI|14 Μαρτίου 2023|δεν ανακοινώθηκε|8192|δεν ανακοινώθηκε|κλειστή|Όχι|
""",
    "persian": """
|مدل|سازنده|تاریخ انتشار|تعداد پارامترها|پنجره زمینه|تعداد لایه‌ها|مجوز|متن‌باز|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|۲۷ سپتامبر ۲۰۲۳|7.24 میلیارد|۸۱۹۲|۳۲|Apache 2.0|بله|
|Qwen3-8B|Alibaba|آوریل 2025|۸٫۲ میلیارد|32768|36|Apache 2.0|بله|
|GPT-4|OpenAI|14 مارس 2023|اعلام نشده|8192|اعلام نشده|اختصاصی|خیر|
""",
    "hindi": """
|मॉडल का नाम|कंपनी|रिलीज़ वर्ष|पैरामीटर|संदर्भ विंडो|परतों की संख्या|लाइसेंस|ओपन सोर्स|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|2023|7.24 अरब|8192|32|Apache 2.0|हाँ|
|Qwen3-8B|Alibaba|2025|8.2 बिलियन|32768|36|Apache 2.0|हाँ|
|GPT-4|OpenAI|2023|अघोषित|8192|अघोषित|मालिकाना|नहीं|
""",
    "thai": """
|ชื่อโมเดล|ผู้พัฒนา|ปีที่เปิดตัว|จำนวนพารามิเตอร์|หน้าต่างบริบท|จำนวนชั้น|สัญญาอนุญาต|โอเพนซอร์ส|
|---|---|---|---|---|---|---|---|
|Mistral 7B|Mistral AI|2023|7.24 พันล้าน|8192|32|Apache 2.0|ใช่|
|Qwen3-8B|Alibaba|2025|8.2 พันล้าน|32768|36|Apache 2.0|ใช่|
|GPT-4|OpenAI|2023|ไม่เปิดเผย|8192|ไม่เปิดเผย|สงวนสิทธิ์|ไม่ใช่|
""",
}  # fmt: skip


@pytest.mark.parametrize("language", TABLES)
def test_a_table_is_read_in_full(check, language):
    cells = check(TABLES[language]).judged_cells

    assert [
        (one.cell.text, one.judgement.verdict) for one in cells if one.judgement.verdict not in TRUE
    ] == []
    assert len(cells) == 3 * 7


OPEN = ["pesi aperti", "otwarte", "açık kaynak", "sumber terbuka", "open gewichten", "mã nguồn mở",
        "مفتوح المصدر", "otevřené", "відкриті ваги", "öppna vikter", "ponderi deschise", "nyílt súlyok",
        "ανοιχτά βάρη", "متن‌باز", "ओपन सोर्स", "โอเพนซอร์ส"]  # fmt: skip


@pytest.mark.parametrize("text", OPEN)
def test_open_weights_are_known_by_their_names_in_each_language(cell, text):
    assert cell("Mistral 7B", "Availability", text).verdict in TRUE
    assert cell("GPT-4", "Availability", text).is_false


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Uso commerciale", "Sì"), ("Użycie komercyjne", "Tak"), ("Ticari kullanım", "Evet"),
        ("Bebas Komersial?", "✅ Ya"), ("Commercieel gebruik", "Ja"), ("Sử dụng thương mại", "Có"),
        ("الاستخدام التجاري", "نعم"), ("Komerční použití", "Ano"), ("Комерційне використання", "Так"),
    ],
)  # fmt: skip
def test_commercial_use_is_asked_for_in_each_language(cell, header, text):
    assert cell("Mistral 7B", header, text).verdict in TRUE
    assert cell("Llama 7B", header, text).is_false


@pytest.mark.parametrize(
    ("model", "header", "text"),
    [("Llama 2 7B", "transformer结构", "串行"), ("GPT-J", "transformer结构", "并行"),
     ("Llama 2 7B", "transformer结构", "Pre-LayerNorm"), ("Llama 2 7B", "多头机制", "传统方式"),
     ("Mistral 7B", "多头机制", "grouped query"), ("Falcon 7B", "多头机制", "multi query")],
)  # fmt: skip
def test_chinese_tables_of_blocks_are_read(cell, model, header, text):
    assert cell(model, header, text).verdict in TRUE
