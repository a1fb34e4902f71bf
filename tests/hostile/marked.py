"""XML, office documents and PDFs made to fetch, to swell, to turn in circles or to leave their archive."""

from collections.abc import Iterator

from tests.hostile.good import (
    FILES,
    LETTER,
    ODF,
    XML,
    W,
    cells,
    docx,
    docx_files,
    drawn,
    elan,
    fodt,
    odt,
    p,
    packed,
    pdf,
    text_p,
    transcriber,
    xlsx,
)

CANARY = "/etc/hostname"
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha '>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)
_QUADRATIC = "<!DOCTYPE x [<!ENTITY a '" + "ha " * 9_000 + "'>]>"
_HEADS = {
    "un_milliard_de_rires": (_LAUGHS, "&a11;"),
    "rires_en_carre": (_QUADRATIC, "&a;" * 3_000),
    "entite_fichier": (f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file://{CANARY}'>]>", "&a;"),
    "entite_http": ("<!DOCTYPE x [<!ENTITY a SYSTEM 'http://127.0.0.1:9/a'>]>", "&a;"),
    "entite_de_parametre": (f"<!DOCTYPE x [<!ENTITY % a SYSTEM 'file://{CANARY}'> %a;]>", "Bonjour."),
    "dtd_http": ("<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>", "Bonjour."),
    "entite_en_boucle": ("<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;"),
    "xinclude": ("", f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://{CANARY}' parse='text'/>"),
    "feuille_de_style": ("<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:9/a.xsl'?>", "Bonjour."),
}


def marked() -> Iterator[tuple[str, bytes]]:
    """Each file, under a name that tells what is wrong with it."""
    for name, (head, words) in _HEADS.items():
        yield f"xml/{name}.eaf", elan(head, words)
        yield f"xml/{name}.trs", transcriber(head, words)
        yield f"xml/{name}.fodt", fodt(text_p(words), head)
        yield f"xml/{name}.docx", _docx_with(head, words)
        yield f"xml/{name}.xlsx", xlsx(cells((("Nom", "Votre avis"), ("A", words))), head=head)
    for name, data in (*_xml(), *_word(), *_odf()):
        yield f"xml/{name}", data
    for name, data in _sheets():
        yield f"tableau/{name}", data
    for name, data in _archives():
        yield f"archive/{name}", data
    for name, data in _pdfs():
        yield f"pdf/{name}", data
    for name, data in _polyglots():
        yield f"polyglotte/{name}", data


def _docx_with(head: str, words: str) -> bytes:
    files = docx_files(p(words))
    files["word/document.xml"] = files["word/document.xml"].replace(XML, XML + head)
    return packed(files)


def _xml() -> Iterator[tuple[str, bytes]]:
    yield "profond.eaf", elan(words="<a>" * 9_000 + "Bonjour.")
    yield "profond.trs", transcriber(words="<a>" * 9_000 + "</a>" * 9_000)
    yield "attribut_immense.trs", transcriber(words=f'<Event desc="{"x" * 50_000}"/>Bonjour.')
    yield "attributs_nombreux.eaf", elan(words="<a " + " ".join(f'b{n}="1"' for n in range(4_000)) + "/>Bonjour.")
    yield "encodage_menteur.eaf", elan().replace(b"UTF-8", b"UTF-16")
    yield "encodage_inconnu.trs", transcriber().replace(b"UTF-8", b"klingon")
    yield "utf7.eaf", elan().replace(b"UTF-8", b"UTF-7")
    yield "caracteres_interdits.trs", transcriber(words="Bon\x01jour \x0b.")
    yield "reference_nulle.eaf", elan(words="Bon&#0;jour &#xD800; &#xFFFF;")
    yield "racine_autre.eaf", f"{XML}<html>Bonjour.</html>".encode()
    yield "deux_racines.trs", transcriber() + transcriber()
    yield "sans_tours.trs", f"{XML}<Trans></Trans>".encode()
    yield "temps_faux.trs", transcriber().replace(b'startTime="', b'startTime="NaN').replace(b'time="', b'time="1e999')
    yield "temps_faux.eaf", elan().replace(b'TIME_VALUE="', b'TIME_VALUE="-9')
    yield "reperes_absents.eaf", elan().replace(b"TIME_SLOT_ID", b"AUTRE")
    yield "locuteurs_absents.trs", transcriber().replace(b'speaker="', b'speaker="s9 s8 ')
    yield "nombre_de_voix_faux.trs", transcriber(words='<Who nb="999999999999999999999"/>Oui.<Who nb="²"/>Non.')


def _word() -> Iterator[tuple[str, bytes]]:
    yield "profond.docx", docx("<w:sdt><w:sdtContent>" * 9_000 + p("Bonjour."))
    yield "profond_ferme.docx", docx("<w:a>" * 240 + p("Bonjour.") + "</w:a>" * 240)
    yield (
        "tableaux_imbriques.docx",
        docx("<w:tbl><w:tr><w:tc>" * 60 + p("Bonjour.") + "</w:tc></w:tr></w:tbl>" * 60 + p(LETTER[0])),
    )
    note = '<w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/><w:t>Note.</w:t></w:r></w:p></w:footnote>'
    yield (
        "note_qui_s_appelle.docx",
        docx(
            '<w:p><w:r><w:t>Bonjour.</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
            footnotes=f"{XML}<w:footnotes {W}>{note}</w:footnotes>",
        ),
    )
    calls = '<w:r><w:footnoteReference w:id="2"/><w:footnoteReference w:id="2"/></w:r>'
    chain = "".join(
        f'<w:footnote w:id="{n}"><w:p>{calls.replace("2", str(n + 1))}<w:r><w:t>N{n}.</w:t></w:r></w:p></w:footnote>'
        for n in range(1, 40)
    )
    yield (
        "notes_en_cascade.docx",
        docx(
            '<w:p><w:r><w:t>Bonjour.</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
            footnotes=f"{XML}<w:footnotes {W}>{chain}</w:footnotes>",
        ),
    )
    yield "sans_corps.docx", packed({"[Content_Types].xml": "<Types/>", "word/autre.xml": "<x/>"})
    yield "corps_vide.docx", docx("")
    yield "corps_pas_xml.docx", packed({"word/document.xml": b"\x00\x01Bonjour"})
    yield "corps_zero_octet.docx", packed({"word/document.xml": b""})
    yield (
        "relations_externes.docx",
        packed(
            {
                **docx_files(p(LETTER[0])),
                "word/_rels/document.xml.rels": f'{XML}<Relationships><Relationship Id="r1" TargetMode="External" '
                'Target="http://127.0.0.1:9/modele.dotm" Type="attachedTemplate"/></Relationships>',
            }
        ),
    )
    yield "macros.docx", packed({**docx_files(p(LETTER[0])), "word/vbaProject.bin": b"\xd0\xcf\x11\xe0Attribut VB"})
    yield "champ_dde.docx", docx(p(LETTER[0]) + "<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w:r></w:p>")
    yield "texte_supprime.docx", docx(f"<w:p><w:del><w:r><w:t>Effacé.</w:t></w:r></w:del></w:p>{p(LETTER[0])}")
    yield "noms_qui_sortent.docx", packed({**docx_files(p(LETTER[0])), "../../word/document.xml": "x", "/etc/x": "y"})


def _odf() -> Iterator[tuple[str, bytes]]:
    protected = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    yield "protege.odt", odt(text_p("x"), manifest=protected)
    yield "protege.ods", odt("x", manifest=protected, kind="spreadsheet")
    yield "espaces_sans_fin.odt", odt(text_p("Bon" + '<text:s text:c="999999999"/>' * 50 + "jour."))
    yield "espaces_faux.odt", odt(text_p('Bon<text:s text:c="beaucoup"/>jour.'))
    yield "espaces_negatifs.odt", odt(text_p('Bon<text:s text:c="-4"/>jour<text:s text:c=""/>.'))
    yield "profond.odt", odt("<text:section>" * 9_000 + text_p("Bonjour."))
    yield "profond_ferme.odt", odt("<text:section>" * 240 + text_p("Bonjour.") + "</text:section>" * 240)
    yield "spans_profonds.fodt", fodt(text_p("<text:span>" * 240 + "Bonjour." + "</text:span>" * 240))
    yield "sans_contenu.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text"})
    yield (
        "contenu_pas_xml.odt",
        packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b"\xff\xfe\0\0Bonjour"}),
    )
    yield (
        "presentation.odt",
        packed({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"}),
    )
    yield "mime_menteur.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text", **docx_files(p("Oui."))})
    repeated = (
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>Bonjour</text:p></table:table-cell></table:table-row></table:table>"
    )
    yield "cellules_repetees.ods", odt(repeated, kind="spreadsheet")
    yield (
        "cellules_repetees_negatives.ods",
        odt(repeated.replace("1048576", "-1").replace("16384", "-7"), kind="spreadsheet"),
    )
    yield "racine_autre.fodt", f"{XML}<office:autre {ODF}/>".encode()


def _sheets() -> Iterator[tuple[str, bytes]]:
    said = cells()
    yield "dimensions_immenses.xlsx", xlsx(said, dimension='<dimension ref="A1:XFD1048576"/>')
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>loin</t></is></c></row>'
    yield "cellule_au_bout.xlsx", xlsx(said + far)
    yield "cellule_au_bout_seule.xlsx", xlsx(far)
    yield "cellule_hors_feuille.xlsx", xlsx(said + '<row r="99999999"><c r="ZZZZZZ99999999"><v>1</v></c></row>')
    yield "reference_fausse.xlsx", xlsx('<row r="x"><c r="-1" t="inlineStr"><is><t>a</t></is></c></row>')
    yield "texte_partage_absent.xlsx", xlsx('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')
    yield "nombre_immense.xlsx", xlsx('<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>NaN</v></c></row>')
    yield "date_impossible.xlsx", xlsx('<row r="1"><c r="A1" t="d"><v>9999-99-99T99:99:99</v></c></row>')
    formula = '<row r="9"><c r="A9"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>0</v></c></row>'
    yield "formule.xlsx", xlsx(said + formula)
    yield "erreurs.xlsx", xlsx(said + '<row r="9"><c r="A9" t="e"><v>#REF!</v></c><c r="B9" t="zz"><v>x</v></c></row>')
    yield "sans_feuille.xlsx", packed({"xl/workbook.xml": f"{XML}<workbook/>"})
    yield "classeur_pas_xml.xlsx", packed({"xl/workbook.xml": b"\0\1\2"})
    yield "profond.xlsx", xlsx("<a>" * 9_000)
    yield (
        "texte_mal_chiffre.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"),
    )


def _archives() -> Iterator[tuple[str, bytes]]:
    letter = "\n".join(LETTER)
    for name, inside in {
        "remonte.zip": "../../dehors.txt",
        "absolu.zip": "/etc/cron.d/dehors.txt",
        "lecteur.zip": "C:\\Windows\\dehors.txt",
        "partage.zip": "\\\\serveur\\partage\\dehors.txt",
        "remonte_windows.zip": "..\\..\\dehors.txt",
        "nom_reserve.zip": "CON.txt",
        "nom_immense.zip": "a" * 5_000 + ".txt",
        "dossiers_immenses.zip": "d/" * 3_000 + "a.txt",
        "nom_controle.zip": "a\x01\x07\n\r\x1b[31m.txt",
        "nom_inverse.zip": "lettre\u202etxt.exe.txt",
        "nom_formule.zip": "=cmd|'.txt",
        "nom_html.zip": "<img src=x onerror=alert(1)>.txt",
        "nom_vide.zip": "",
        "nom_point.zip": ".",
        "nom_barre.zip": "//",
        "nom_deux_points.zip": ":",
        "nom_cache.zip": ".cache/.lettre.txt",
    }.items():
        yield name, packed({inside: letter, "dedans.txt": letter.upper()})
    one = packed({"a.txt": letter})
    yield "lien.zip", _link("lien.txt", "/etc/passwd")
    yield "chiffre.zip", _flagged(one, 1)
    yield "chiffre.docx", _flagged(FILES["docx"], 1)
    yield "chiffre_fort.zip", _flagged(one, 1 | 0x40)
    yield "methode_inconnue.zip", _method(one, 99)
    yield "methode_bzip2_menteuse.zip", _method(one, 12)
    yield "methode_lzma_menteuse.zip", _method(one, 14)
    yield (
        "deux_fois_le_meme_nom.zip",
        _renamed(packed({"aa.txt": letter, "ab.txt": letter.upper()}), b"ab.txt", b"aa.txt"),
    )
    yield (
        "deux_corps.docx",
        _renamed(
            packed({**docx_files(p(LETTER[0])), "word/documenu.xml": docx_files(p(LETTER[1]))["word/document.xml"]}),
            b"word/documenu.xml",
            b"word/document.xml",
        ),
    )
    yield "archive_dans_archive.zip", packed({"dedans.zip": one, "encore.zip": packed({"dedans.zip": one})})
    yield "vide.zip", packed({})
    yield "dossiers_seuls.zip", packed({"a/": "", "a/b/": ""})
    yield "repertoire_seul.zip", one[one.index(b"PK\x01\x02") :]
    yield "sans_repertoire.zip", one[: one.index(b"PK\x01\x02")]
    yield "nombre_menteur.zip", one[:-14] + b"\xff\xff\xff\xff" + one[-10:]
    yield "decalage_menteur.zip", one[:-6] + b"\xff\xff\xff\x7f" + one[-2:]
    yield "date_impossible.zip", one.replace(one[10:14], b"\xff\xff\xff\xff")
    yield "commentaire.zip", one[:-2] + b"\x10\x27" + b"PK\x05\x06" * 2_500


def _link(name: str, target: str) -> bytes:
    data = bytearray(packed({name: target}))
    at = data.index(b"PK\x01\x02") + 38
    data[at : at + 4] = (0o120777 << 16).to_bytes(4, "little")
    return bytes(data)


def _flagged(data: bytes, flag: int) -> bytes:
    return _set(data, {b"PK\x03\x04": 6, b"PK\x01\x02": 8}, flag)


def _method(data: bytes, method: int) -> bytes:
    return _set(data, {b"PK\x03\x04": 8, b"PK\x01\x02": 10}, method)


def _set(data: bytes, fields: dict[bytes, int], value: int) -> bytes:
    """The zip with that 16-bit field of each header set."""
    found = bytearray(data)
    for mark, offset in fields.items():
        at = found.find(mark)
        while at >= 0:
            found[at + offset : at + offset + 2] = value.to_bytes(2, "little")
            at = found.find(mark, at + 4)
    return bytes(found)


def _renamed(data: bytes, name: bytes, other: bytes) -> bytes:
    return data.replace(name, other)


def _pdfs() -> Iterator[tuple[str, bytes]]:
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    catalog, words = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Length 24 >>\nstream\nBT (Bonjour.) Tj ET\nendstream"
    yield "pages_en_boucle.pdf", pdf(catalog, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", page, words)
    yield (
        "pages_en_boucle_longue.pdf",
        pdf(
            catalog,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 9 >>",
        ),
    )
    yield (
        "parent_en_boucle.pdf",
        pdf(catalog, "<< /Type /Pages /Kids [3 0 R] /Parent 3 0 R >>", "<< /Type /Page /Parent 2 0 R >>"),
    )
    yield "reference_a_soi.pdf", pdf("1 0 R", "2 0 R")
    yield (
        "longueur_a_soi.pdf",
        pdf(
            catalog,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            "<< /Length 4 0 R >>\nstream\nBT (Bonjour.) Tj ET\nendstream",
        ),
    )
    yield "sans_page.pdf", pdf(catalog, "<< /Type /Pages /Kids [] /Count 999999999 >>")
    yield "sans_racine.pdf", pdf("<< /Type /Autre >>")
    yield "memes_pages.pdf", pdf(catalog, f"<< /Type /Pages /Kids [{'3 0 R ' * 5_000}] /Count 5000 >>", page, words)
    yield (
        "pages_en_puissance.pdf",
        pdf(
            catalog,
            *(f"<< /Type /Pages /Kids [{f'{n + 1} 0 R ' * 10}] /Count 10 >>" for n in range(2, 12)),
            page.replace("4 0 R", "13 0 R"),
            words,
        ),
    )
    yield "page_immense.pdf", FILES["pdf"].replace(b"595 842", b"9e37 1e9")
    yield "page_nulle.pdf", FILES["pdf"].replace(b"595 842", b"0 0")
    yield "page_sans_cadre.pdf", FILES["pdf"].replace(b"/MediaBox [0 0 595 842]", b"/MediaBox (rien)")
    yield "tableau_profond.pdf", pdf(catalog.replace("2 0 R", "[" * 9_000), "<< >>")
    yield "dictionnaire_profond.pdf", pdf(catalog, "<< /a " * 9_000)
    yield "texte_profond.pdf", pdf(text="q " * 20_000 + drawn(*LETTER))
    yield "parentheses.pdf", pdf(text="(" * 20_000 + drawn(*LETTER))
    yield "operandes.pdf", pdf(text="1 " * 60_000 + drawn(*LETTER))
    yield "police_immense.pdf", pdf(text="/F1 1e30 Tf " + drawn(*LETTER))
    yield "police_nulle.pdf", pdf(text="/F1 0 Tf " + drawn(*LETTER))
    yield "police_absente.pdf", pdf(text="/F9 11 Tf " + drawn(*LETTER))
    yield "matrice_folle.pdf", pdf(text="1e20 0 0 1e-20 1e30 -1e30 Tm " + drawn(*LETTER))
    yield "matrice_infinie.pdf", pdf(text="1e400 0 0 1e400 0 0 Tm " + drawn(*LETTER))
    yield "inline_image.pdf", pdf(text="BI /W 99999 /H 99999 /BPC 8 ID " + "x" * 500 + " " + drawn(*LETTER))
    yield "filtre_inconnu.pdf", FILES["pdf"].replace(b"<< /Length", b"<< /Filter /Klingon /Length")
    yield "filtre_faux.pdf", FILES["pdf"].replace(b"<< /Length", b"<< /Filter /FlateDecode /Length")
    yield "filtres_nombreux.pdf", FILES["pdf"].replace(b"<< /Length", b"<< /Filter [" + b"/A85 " * 500 + b"] /Length")
    yield "longueur_menteuse.pdf", FILES["pdf"].replace(b"<< /Length ", b"<< /Length 99999999")
    yield "longueur_negative.pdf", FILES["pdf"].replace(b"<< /Length ", b"<< /Length -")
    yield "xref_menteuse.pdf", FILES["pdf"].replace(b"0000000", b"9999999")
    yield "xref_en_boucle.pdf", FILES["pdf"].replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 700")
    yield "startxref_faux.pdf", FILES["pdf"].replace(b"startxref\n", b"startxref\n99999")
    yield (
        "chiffre.pdf",
        FILES["pdf"].replace(
            b"/Root 1 0 R",
            b"/Root 1 0 R /ID [(a) (a)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
            + b"o" * 32
            + b") /U ("
            + b"u" * 32
            + b") >>",
        ),
    )
    yield (
        "chiffrement_inconnu.pdf",
        FILES["pdf"].replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [(a) (a)] /Encrypt << /Filter /Klingon /V 99 >>"),
    )
    yield (
        "javascript.pdf",
        FILES["pdf"].replace(
            b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/')) >>"
        ),
    )
    yield "lance.pdf", FILES["pdf"].replace(b"/Pages 2 0 R", b"/Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >>")
    yield "entete_seul.pdf", b"%PDF-1.7\n"
    yield "lettres_privees.pdf", pdf(text="<" + "E000" * 400 + "> Tj")


def _polyglots() -> Iterator[tuple[str, bytes]]:
    letter = packed({"lettre.txt": "\n".join(LETTER)})
    yield "pdf_et_zip.pdf", FILES["pdf"] + letter
    yield "pdf_et_zip.zip", FILES["pdf"] + letter
    yield "gif_et_zip.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + letter
    yield "gif_et_zip.zip", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + letter
    yield "zip_et_pdf.pdf", letter + FILES["pdf"]
    yield "html_et_pdf.html", FILES["html"] + FILES["pdf"]
    yield "pdf_et_html.pdf", FILES["pdf"] + FILES["html"]
    yield "docx_et_pdf.docx", FILES["docx"] + FILES["pdf"]
    yield (
        "docx_et_odt.docx",
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                **docx_files(p(LETTER[0])),
                "content.xml": f"{XML}<office:document-content {ODF}><office:body><office:text>{text_p(LETTER[1])}"
                "</office:text></office:body></office:document-content>",
            }
        ),
    )
    yield "docx_et_xlsx.docx", packed({**docx_files(p(LETTER[0])), "xl/workbook.xml": f"{XML}<workbook/>"})
    yield "jpeg_et_html.html", b"\xff\xd8\xff\xe0" + FILES["html"]
    yield (
        "programme.txt",
        b"MZ" + b"\x90" * 60 + b"This program cannot be run in DOS mode." + "\n".join(LETTER).encode(),
    )
    yield "elf.docx", b"\x7fELF" + b"\2\1\1" + b"\0" * 60 + FILES["docx"]
    yield "programme_et_zip.zip", b"MZ" + b"\x90" * 100 + letter
    yield "rtf_et_html.rtf", FILES["rtf"] + FILES["html"]
    yield "vtt_et_srt.vtt", FILES["vtt"] + b"\n\n" + FILES["srt"]
    yield "html_dans_txt.txt", FILES["html"]
    yield "xml_dans_txt.txt", FILES["eaf"]
    yield "json_et_html.json", FILES["json"] + FILES["html"]
    yield (
        "tar.txt",
        b"lettre.txt".ljust(100, b"\0")
        + b"0000644\0"
        + b"\0" * 149
        + b"ustar\x0000"
        + b"\0" * 248
        + LETTER[0].encode(),
    )
