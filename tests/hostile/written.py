"""Texts, tables and transcriptions made to puzzle whoever reads them."""

import json
from collections.abc import Iterator

from tests.hostile.good import LETTER, TURNS, html, rtf, rtf_words, srt, table, vtt

_TEXT = "\n\n".join(LETTER)
_BIDI = "\u202e\u2066\u200f\u200b\u200d\u2060\ufeff\u00ad\u034f\u061c\u180e\U000e0041"


def written() -> Iterator[tuple[str, bytes]]:
    """Each file, under a name that tells what is wrong with it."""
    for name, data in (*_texts(), *_encodings()):
        yield f"texte/{name}", data
    for name, data in _tables():
        yield f"tableau/{name}", data
    for name, data in (*_subtitles(), *_json()):
        yield f"parole/{name}", data
    for name, data in (*_pages(), *_rich()):
        yield f"balise/{name}", data


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "vide.txt", b""
    yield "blancs.txt", b" \t\r\n \n" * 40
    yield "nuls_seuls.txt", b"\0" * 500
    yield "binaire.txt", bytes(range(256)) * 8
    yield "nul_perdu.txt", _TEXT.replace("chaise", "cha\0ise").encode()
    yield "fins_de_ligne_melees.txt", "\r".join(LETTER).encode() + b"\n\r\r\n\x0b\x0c" + "\u2028\u2029\x85".encode()
    yield "une_ligne_immense.txt", ("une très longue ligne sans fin " * 4000).encode()
    yield "un_mot_immense.txt", b"a" * 100_000
    yield "que_des_deux_points.txt", (":" * 60_000).encode()
    yield "que_des_etiquettes.txt", "\n".join(f"L{n} : {'oui ' * (n % 3)}" for n in range(3000)).encode()
    yield "que_des_chiffres_et_deux_points.txt", ("12:34:56 " * 6000).encode()
    yield "que_des_crochets.txt", b"[" * 40_000
    yield "que_des_tirets.txt", ("- – — " * 8000).encode()
    yield "que_des_espaces_insecables.txt", ("\u00a0\u202f" * 20_000 + "fin").encode()
    yield "etiquette_sans_fin.txt", ("A" + " a" * 30_000 + "\n").encode() * 2
    yield "combinants.txt", ("e" + "\u0301" * 20_000 + " zalgo").encode()
    yield "bidi_et_invisibles.txt", (_BIDI.join(LETTER) + _BIDI).encode()
    yield "emoji_et_plans_hauts.txt", ("👩‍👩‍👧‍👦𝔸𐍈" * 900).encode()
    yield "que_des_etoiles.txt", b"**** " * 10_000
    yield "iramuteq_vide.txt", b"**** *lieu_x\n" * 500
    yield "iramuteq_variables.txt", ("**** " + " ".join(f"*v{n}_{n}" for n in range(5000)) + "\nDit.").encode()
    yield "entete_sans_fin.md", b"---\n" + b"lieu: x\n" * 3000
    yield "entete_hostile.md", b"---\nlieu: ../../etc\ndate: 99/99/9999\nnom: =cmd|'/c calc'!A1\n---\nBonjour."
    yield "entete_yaml_python.md", b"---\nlieu: !!python/object/apply:os.system ['id']\n---\nBonjour."
    yield (
        "locuteurs_hostiles.txt",
        "\n".join(
            f"{who} : {LETTER[0]}" for who in ("=1+1", "@SUM", "<script>alert(1)</script>", "../../moi", "{{7*7}}") * 2
        ).encode(),
    )


def _encodings() -> Iterator[tuple[str, bytes]]:
    plain = _TEXT.replace("\u202f", " ")
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850", "utf-7", "cp500"):
        yield f"en_{name.replace('-', '_')}.txt", plain.encode(name, "replace")
    yield "bom_seul_utf8.txt", b"\xef\xbb\xbf"
    yield "bom_seul_utf16.txt", b"\xff\xfe"
    yield "bom_seul_utf32.txt", b"\xff\xfe\0\0"
    yield "bom_menteur.txt", b"\xff\xfe" + plain.encode()
    yield "bom_au_milieu.txt", b"\xef\xbb\xbf".join(line.encode() for line in LETTER)
    yield "utf16_impair.txt", plain.encode("utf-16")[:-1]
    yield "utf16_demi_paires.txt", b"\xff\xfe" + b"\x00\xd8A\x00" * 300
    yield "utf8_demi_paires.txt", plain.encode() + b"\xed\xa0\x80\xed\xbf\xbf" * 50
    yield "utf8_trop_long.txt", plain.encode() + b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80" * 20
    yield "utf8_lu_deux_fois.txt", plain.encode().decode("cp1252", "replace").encode()
    yield "encodages_meles.txt", plain.encode() + b"\n" + plain.encode("cp1252", "replace") * 2


def _tables() -> Iterator[tuple[str, bytes]]:
    yield "guillemet_ouvert.csv", table().replace(b'"Odile"', b'"Odile', 1)
    yield "que_des_guillemets.csv", b'"' * 9_999
    yield "que_des_separateurs.csv", b";" * 60_000
    yield "cent_mille_colonnes.csv", b";".join(b"c%d" % n for n in range(20_000)) + b"\n" + b"x;" * 20_000
    yield "lignes_inegales.csv", "\n".join(";".join("abcdefghij"[: n % 11]) for n in range(900)).encode()
    yield "sep_annonce_hostile.csv", b'sep="\n"a""b"\n"c""d"\n'
    yield "sep_annonce_nul.csv", b"sep=\0\na;b\n"
    yield "sep_annonce_lettre.csv", b"sep=e\n" + table()
    yield "entete_seul.csv", table().split(b"\r\n")[0]
    yield "colonnes_homonymes.csv", b"Avis;Avis;Avis\n" + (f"{LETTER[0]};{LETTER[1]};{LETTER[2]}\n" * 5).encode()
    yield (
        "formules.csv",
        ("Nom;Votre avis\n" + f'=cmd|\'/c calc\'!A1;=HYPERLINK("http://x";"a") {LETTER[0]}\n' * 4).encode(),
    )
    yield "nuls.csv", table().replace(b";", b"\0;\0")
    yield "retours_seuls.csv", table().replace(b"\r\n", b"\r")
    yield "tabulations_et_points_virgules.tsv", table("\t") + b"\r\n" + table()
    yield "utf16.csv", table().decode().encode("utf-16")
    yield "cellule_immense.csv", ('Nom;Votre avis\nA;"' + "mot " * 30_000 + '"\n').encode()
    yield "temoignages.csv", b"fichier;lieu\n../../etc/passwd;ici\n" + b"CON;la\n" * 3 + b"=1+1;x\n"
    yield "lignes_vides.csv", b"\n" * 20_000 + b"a;b\n"


def _subtitles() -> Iterator[tuple[str, bytes]]:
    yield "vide.vtt", b"WEBVTT"
    yield "entete_sans_fin.vtt", b"WEBVTT" + b" x" * 30_000
    yield "temps_a_l_envers.vtt", vtt().replace(b"00:00:04", b"99:99:99")
    yield "temps_immenses.srt", srt().replace(b"00:00:05", b"9" * 4_000 + b":59:59")
    yield "temps_negatifs.srt", srt().replace(b"00:00:0", b"-0:00:0")
    yield "temps_en_lettres.srt", srt().replace(b"00:00:", b"zz:aa:")
    yield "fleches_seules.srt", b"1\n-->\n--> -->\n00:00:01,000 -->\n--> 00:00:02,000\nDit.\n" * 200
    yield "minutages_sans_paroles.srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n" * 2_000
    yield "meme_numero.srt", srt().replace(b"2\n", b"1\n").replace(b"3\n", b"1\n")
    yield "voix_ouvertes.vtt", vtt().replace(b"<v ", b"<v <v <v ")
    yield "voix_imbriquees.vtt", b"WEBVTT\n\n00:00.000 --> 00:09.000\n" + b"<v A>" * 9_000 + b"Dit."
    yield "balises_sans_fin.vtt", b"WEBVTT\n\n00:00.000 --> 00:09.000\n" + b"<c.x" * 20_000 + b"Dit."
    yield "entites.vtt", b"WEBVTT\n\n00:00.000 --> 00:09.000\n" + b"&#x110000;&#xD800;&#0;&amp;&lt;script&gt;" * 500
    yield "notes_seules.vtt", b"WEBVTT\n\n" + b"NOTE rien\n\n" * 3_000
    yield "locuteur_hostile.vtt", vtt((("<img src=x onerror=alert(1)>", LETTER[0]), ("=1+1", LETTER[1])))
    yield "chiffres_et_deux_points.vtt", b"WEBVTT\n\n" + b"1" * 30_000 + b":" + b" " * 30_000 + b"--> 1"


def _json() -> Iterator[tuple[str, bytes]]:
    def told(segments: object, **others: object) -> bytes:
        return json.dumps({"segments": segments, **others}).encode()

    yield "vide.json", b"{}"
    yield "nul.json", b"null"
    yield "profond_listes.json", b"[" * 60_000
    yield "profond_objets.json", b'{"segments":' * 20_000
    yield "nan.json", b'{"segments":[{"start":NaN,"end":Infinity,"text":"Bonjour."},{"start":-Infinity,"text":"Oui."}]}'
    yield "nombre_immense.json", b'{"segments":[{"start":1e999,"end":' + b"9" * 4_000 + b',"text":"Bonjour."}]}'
    yield "entier_trop_long.json", b'{"segments":[{"start":' + b"9" * 9_000 + b',"text":"Bonjour."}]}'
    yield "demi_paires.json", b'{"segments":[{"start":0,"text":"Bon\\ud800jour \\udfff","speaker":"\\ud83d"}]}'
    yield "mauvais_types.json", told([{"start": "a", "end": [], "text": 12, "words": {"a": 1}, "speaker": ["x"]}] * 9)
    yield "segments_textes.json", told(["Bonjour", "Oui"])
    yield "segments_nuls.json", told([None, 1, True])
    yield "cles_en_double.json", b'{"segments":[{"text":"a"}],"segments":[{"text":"Bonjour."}]}'
    yield "mots_sans_fin.json", told([{"text": "", "words": [{"word": "oui", "start": n} for n in range(3_000)]}])
    yield "repetitions.json", told([{"start": n, "end": n + 1, "text": "Sous-titres réalisés par"} for n in range(900)])
    yield (
        "temps_a_l_envers.json",
        told([{"start": 9 - n, "end": -n, "text": said} for n, (_, said) in enumerate(TURNS)]),
    )
    yield "nul_echappe.json", b'{"segments":[{"start":0,"end":1,"text":"Bon\\u0000jour.\\u001b[31m"}]}'
    yield "plusieurs_objets.json", told([{"text": "Bonjour."}]) * 3
    yield "vide.otr", b'{"text":""}'
    yield "profond.otr", json.dumps({"text": "<div>" * 9_000 + "Bonjour." + "</div>" * 9_000}).encode()
    yield "temps_faux.otr", json.dumps({"text": '<span class="timestamp" data-timestamp="1e999">x</span>Oui.'}).encode()
    yield "temps_imbriques.otr", json.dumps({"text": '<span class="timestamp">' * 2_000 + "Oui."}).encode()
    yield "texte_nombre.otr", b'{"text":12}'
    yield "demi_paires.otr", b'{"text":"<p>Bon\\ud800jour.</p>"}'
    yield "script.otr", json.dumps({"text": "<script>fetch('http://x')</script><p>Bonjour.</p>"}).encode()


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "profond.html", html("<div>" * 12_000 + "Bonjour." + "</div>" * 12_000)
    yield "profond_en_ligne.html", html("<b>" * 12_000 + "Bonjour.")
    yield "tableaux_imbriques.html", html("<table><tr><td>" * 300 + "Bonjour.")
    yield "tableau_large.html", html("<table>" + ("<tr>" + "<td>x" * 3_000) * 3 + "</table>")
    yield "attributs.html", html("<p " + " ".join(f"a{n}=1" for n in range(9_000)) + ">Bonjour.</p>")
    yield "entites.html", html("&#0;&#xD800;&#x110000;&#xFFFE;&nosuch;&amp" * 900)
    yield "scripts.html", html('<script src="http://x/y.js"></script><img src=x onerror=alert(1)><p>Bonjour.</p>')
    yield "redirige.html", html(head='<meta http-equiv="refresh" content="0;url=file:///etc/passwd">')
    yield "cadre.html", html('<iframe src="file:///etc/passwd"></iframe><object data="http://x"></object><p>Oui.</p>')
    yield "encodage_inconnu.html", html().replace(b"utf-8", b"klingon")
    yield "encodage_zlib.html", html().replace(b"utf-8", b"zlib_codec")
    yield "encodage_rot13.html", html().replace(b"utf-8", b"rot13")
    yield "encodage_idna.html", html().replace(b"utf-8", b"idna")
    yield "encodage_punycode.html", html().replace(b"utf-8", b"punycode")
    yield "encodage_unicode_escape.html", html("<p>\\ud800 \\x41 Bonjour.</p>").replace(b"utf-8", b"unicode_escape")
    yield "encodage_undefined.html", html().replace(b"utf-8", b"undefined")
    yield "encodage_utf16.html", html().replace(b"utf-8", b"utf-16")
    yield "encodage_utf7.html", html("<p>+ADw-script+AD4-alert(1)</p>").replace(b"utf-8", b"utf-7")
    yield "balises_ouvertes.html", html("<p <p <p <" * 3_000)
    yield "commentaire_ouvert.html", html("<!-- " + "jamais fermé " * 2_000)
    yield "cdata.html", html("<![CDATA[<p>Bonjour.</p>" + "]" * 5_000)
    yield "gabarits.html", html("<template>" * 2_000 + "<p>Bonjour.</p>")


def _rich() -> Iterator[tuple[str, bytes]]:
    yield "groupes_imbriques.rtf", b"{\\rtf1" + b"{" * 60_000 + b"Bonjour." + b"}" * 60_000
    yield "groupes_ouverts.rtf", b"{\\rtf1 " + b"{\\b " * 20_000 + b"Bonjour."
    yield "groupes_fermes.rtf", b"{\\rtf1 Bonjour." + b"}" * 20_000
    yield "page_de_code_fausse.rtf", rtf("".join(map(rtf_words, LETTER)), r"\ansi\ansicpg99999")
    yield "page_de_code_immense.rtf", rtf("".join(map(rtf_words, LETTER)), "\\ansi\\ansicpg" + "9" * 5_000)
    yield "unicode_hors_plan.rtf", rtf(r"\u-1?\u99999999?\u55296?\u-10240? Bonjour.\par")
    yield "unicode_immense.rtf", rtf("\\u" + "9" * 5_000 + "? Bonjour.")
    yield "uc_immense.rtf", rtf(r"\uc999999999\u233?Bonjour.\par")
    yield "uc_negatif.rtf", rtf(r"\uc-5\u233?Bonjour.\par")
    yield "uc_sans_nombre.rtf", rtf("\\uc-\0\0\0005\\u233?Bonjour.\\par")
    yield "hexa_faux.rtf", rtf(r"\'zz\'e\'\'e9Bonjour.\par")
    yield "bin_menteur.rtf", rtf(r"\bin999999999 Bonjour.\par")
    yield "objet.rtf", rtf(r"{\object\objemb{\*\objdata 0105000002000000" + "41" * 600 + r"}}Bonjour.\par")
    yield "champ_include.rtf", rtf(r'{\field{\*\fldinst INCLUDETEXT "file:///etc/passwd"}{\fldrslt Bonjour.}}\par')
    yield "image.rtf", rtf(r"{\pict\wmetafile8 " + "00ff" * 3_000 + r"}Bonjour.\par")
    yield "barres.rtf", rtf("\\" * 9_999 + " Bonjour.")
    yield "tableau_sans_fin.rtf", rtf(r"\trowd\cellx1 Bonjour\cell" * 2_000)
