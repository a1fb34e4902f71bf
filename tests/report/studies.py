"""Small invented studies: ten testimonies written for these tests, with every case that a report must tell."""

from dataclasses import replace
from functools import cache
from random import Random

from voices.domain import (
    Certainty,
    Code,
    Codebook,
    CodedPassage,
    Coding,
    Consent,
    Evidence,
    FileReport,
    Neighbour,
    Origin,
    Outcome,
    Passage,
    Quote,
    Reading,
    Role,
    Sense,
    Study,
    Subcode,
    Testimony,
    Theme,
    Themes,
    Turn,
)

CAUTIONS = {"t07-1": ("«\u202fLe frère de Céline\u202f»\u202f: une personne est dite par son lien avec une autre",)}
SENSES = {"+": Sense.PRESENCE, "-": Sense.LACK, "±": Sense.MIXED}

CODEBOOK = Codebook(
    version="1.2",
    codes=(
        Code(
            "accueil",
            "Accueil",
            "je peux entrer, et être moi",
            "Être reçu tel que l’on est, recevoir les autres tels qu’ils sont.",
            "rester sur le seuil, être ignoré en arrivant, se sentir jugé.",
            (
                Subcode("autres", "hospitalité", "être salué, attendu, guidé la première fois"),
                Subcode("soi", "être soi", "ne pas jouer de rôle, ne pas être jugé"),
            ),
        ),
        Code(
            "appartenance",
            "Appartenance",
            "je compte pour eux, j’ai besoin d’eux",
            "Un lien qui dure ou qui engage, sans se refermer en entre-soi.",
            "clans, entre-soi, rester seul à sa table, être oublié.",
            (
                Subcode("lien", "faire partie", "être connu par son prénom, remarqué quand on manque"),
                Subcode("besoin", "vulnérabilité partagée", "demander ou recevoir de l’aide d’un pair"),
                Subcode("difference", "rencontre de l’autre", "se lier à des gens d’un autre âge, d’un autre milieu"),
            ),
        ),
        Code(
            "action",
            "Action",
            "je fais, je prends part, j’ose",
            "Le témoin (ou celui dont il parle) agit ; l’opposé est l’inaction.",
            "être tenu à l’écart de la tâche, se sentir inutile, projet étouffé.",
            (
                Subcode("contribution", "prendre part", "cuisiner, servir, réparer, donner un coup de main"),
                Subcode("initiative", "prendre l’initiative", "proposer, organiser, décider ensemble"),
                Subcode("elan", "élan au-delà du lieu", "ce que cela a mis en mouvement ailleurs"),
            ),
        ),
    ),
    not_coded=(
        "Faits pratiques : horaires, menu, adresse, prix.",
        "Jugement général sur le lieu sans expérience vécue.",
    ),
)

RHONE, CAFE, JARDIN = "La Cantine du Quai, Givors", "Café des Lilas, Dole", "Jardin du Tram, Brest"

# testimony: place, type, date, channel, consent, [(question, text, codes, sub-codes, trust)]
_VOICES: tuple[
    tuple[str, str | None, str | None, str | None, str | None, Consent, list[tuple[str | None, str, str]]], ...
] = (
    (
        "t01",
        RHONE,
        "petite_cantine",
        "2023-03-02",
        "livre_or",
        Consent.ANONYMOUS_QUOTES,
        [
            (
                None,
                "Je n’osais pas pousser la porte. Quelqu’un a levé la main de loin et m’a montré une chaise.",
                "accueil+ autres",
            ),
            (
                None,
                "On m’a donné les poireaux à laver. J’ai retroussé mes manches, et l’heure a filé.",
                "action+ contribution",
            ),
            (None, "Le plat était à six euros et il faisait beau.", ""),
        ],
    ),
    (
        "t02",
        RHONE,
        "petite_cantine",
        "2023-05",
        "entretien",
        Consent.NAMED_QUOTES,
        [
            (
                "Comment ça se passe quand vous venez ?",
                "La semaine où j’étais grippée, ils ont sonné chez moi avec de la soupe.",
                "appartenance+ lien confiance",
            ),
            ("Et au début ?", "Au début personne ne me parlait, puis on m’a demandé mon prénom.", "accueil± autres"),
            (
                None,
                "Maintenant c’est moi qui ouvre le mardi. J’ai la clé dans ma poche.",
                "action+ initiative confiance",
            ),
        ],
    ),
    (
        "t03",
        RHONE,
        "petite_cantine",
        "2023-06-11",
        "questionnaire",
        Consent.ANONYMOUS_QUOTES,
        [
            (
                "Vous sentez-vous accueilli ?",
                "Oui, on m’a dit bonjour sans me demander d’où je viens.",
                "accueil+ autres",
            ),
            ("Que faites-vous ici ?", "J’épluche, je mets la table, je range.", "action+ contribution"),
        ],
    ),
    (
        "t04",
        CAFE,
        "cafe_associatif",
        "2024-01-20",
        "courrier",
        Consent.ANONYMOUS_QUOTES,
        [
            (
                None,
                "Ils rient entre eux à la grande table. J’ai bu mon café seule, trois mardis de suite.",
                "appartenance- lien",
            ),
            (
                None,
                "J’ai proposé d’animer un atelier. On m’a répondu qu’on verrait, et on n’a rien vu.",
                "action- initiative",
            ),
            (None, "Je suis entrée, personne n’a levé les yeux.", "accueil- autres"),
        ],
    ),
    (
        "t05",
        CAFE,
        "cafe_associatif",
        "2024-02-02",
        "courrier",
        Consent.ANALYSIS,
        [
            (
                None,
                "SECRET-ANALYSE : on m’a fait comprendre que la place était prise.",
                "accueil- appartenance- autres lien",
            ),
            (None, "SECRET-ANALYSE : j’ai rendu mon tablier.", "action- contribution"),
        ],
    ),
    (
        "t06",
        CAFE,
        "cafe_associatif",
        "2024-02",
        "sms",
        Consent.UNKNOWN,
        [
            (
                None,
                "SECRET-INCONNU : merci pour dimanche, sans vous je ne sortais plus.",
                "appartenance+ action+ elan besoin",
            ),
        ],
    ),
    (
        "t07",
        RHONE,
        "petite_cantine",
        "2024-04-09",
        "focus_group",
        Consent.ANONYMOUS_QUOTES,
        [
            (
                "Qu’est-ce qui vous a marqués ?",
                "Le frère de Céline m’appelle mamie. Je n’ai pas d’enfants, moi.",
                "appartenance+ difference",
            ),
            (None, "On m’a gardé une assiette au chaud alors que j’étais en retard.", "accueil+ autres"),
            (None, "Je viens avec mes jours sans, et personne ne me le reproche.", "accueil+ soi"),
            (
                None,
                "À la vaisselle on est quatre, on chante, on se raconte.",
                "appartenance+ action+ lien contribution",
            ),
        ],
    ),
    (
        "t08",
        RHONE,
        "petite_cantine",
        "2024",
        "journal",
        Consent.ANONYMOUS_QUOTES,
        [
            (
                None,
                "<script>alert('ouvert')</script> & {{ 7 * 7 }} : c’est ce que mon petit-fils a écrit dans le cahier.",
                "",
            ),
            (None, "=SOMME(A1:A9) disait l’ardoise, et tout le monde a ri avec moi.", "appartenance+ lien"),
            (None, "Une bénévole m’a tendu un tablier dès l’entrée.", "accueil+ action+ autres contribution"),
        ],
    ),
    (
        "t09",
        JARDIN,
        "jardin_partage",
        None,
        None,
        Consent.ANONYMOUS_QUOTES,
        [
            (None, "Les horaires changent tout le temps.", ""),
        ],
    ),
    ("t10", None, None, None, "questionnaire", Consent.ANONYMOUS_QUOTES, []),
)


@cache
def small() -> Study:
    """Nine testimonies that speak and one that does not, three places, two years, every consent but withdrawn."""
    testimonies, passages, codings = [], [], []
    for name, place, kind, date, channel, consent, said in _VOICES:
        testimony, cut = _testimony(name, Origin(place, kind, date, channel), consent, said)
        testimonies.append(testimony)
        passages += cut
        codings += [_coded(passage, marks) for passage, (_, _, marks) in zip(cut, said, strict=True)]
    return Study(
        reading=Reading(tuple(testimonies), _FILES, withdrawn=("t-retire",)),
        codebook=CODEBOOK,
        passages=tuple(passages),
        codings=tuple(codings),
        themes=_THEMES,
        quotes=_quotes(passages, codings),
        machine={
            "Codeur": "3a-demo, révision 1.",
            "Figures": "accueil : F1 0,80 en validation croisée, par témoignage.",
        },
    )


@cache
def empty() -> Study:
    """Nothing could be read."""
    refused = (FileReport("scan.pdf", Outcome.REFUSED, reason="PDF sans texte : c’est une image."),)
    return Study(Reading((), refused), CODEBOOK, (), (), Themes((), (), (), "Aucun thème : aucun passage."), ())


@cache
def single() -> Study:
    """One testimony, one passage, one code: every noun in the singular."""
    whole = small()
    passage = whole.passages[0]
    testimony = whole.reading.testimonies[0]
    theme = Theme("th1", "la chaise tendue", ("chaise",), (passage.id,), (passage.id,))
    return replace(
        whole,
        reading=Reading((testimony,), whole.reading.files[:1]),
        passages=(passage,),
        codings=(whole.codings[0],),
        themes=Themes((theme,), (), (), "Un seul thème."),
        quotes=tuple(quote for quote in whole.quotes if quote.passage_id == passage.id)[:1],
        machine={},
    )


@cache
def many(number: int) -> Study:
    """A study of that many passages, the small one said again and again."""
    whole = small()
    copies = -(-number // len(whole.passages))
    testimonies, passages, codings = [], [], []
    for copy in range(copies):
        testimonies += [replace(item, id=f"{item.id}x{copy}") for item in whole.reading.testimonies]
        passages += [
            replace(item, id=f"{item.id}x{copy}", testimony_id=f"{item.testimony_id}x{copy}") for item in whole.passages
        ]
        codings += [
            replace(
                item,
                passage_id=f"{item.passage_id}x{copy}",
                codings=tuple(replace(coding, passage_id=f"{item.passage_id}x{copy}") for coding in item.codings),
            )
            for item in whole.codings
        ]
    kept = {item.testimony_id for item in passages[:number]}
    return replace(
        whole,
        reading=Reading(tuple(item for item in testimonies if item.id in kept), whole.reading.files),
        passages=tuple(passages[:number]),
        codings=tuple(codings[:number]),
        themes=Themes((), (), (), "Sans thème."),
        quotes=(),
    )


QUOTABLE = frozenset({"t01", "t02", "t03", "t04", "t07", "t08", "t09", "t10"})

_FILES = (
    FileReport("livre-or.docx", Outcome.READ, ("t01",), ("Encodage : UTF-8.",)),
    FileReport("Entretien Josiane.vtt", Outcome.WARNED, ("t02",), (), ("Qui interroge a été deviné.",)),
    FileReport("lettre Josiane.pdf", Outcome.REFUSED, (), (), (), "lettre Josiane.pdf est une image, sans texte."),
    FileReport("lettre Robert.pdf", Outcome.REFUSED, (), (), (), "lettre Robert.pdf est une image, sans texte."),
)
_THEMES = Themes(
    themes=(
        Theme(
            "th1",
            "la table et la vaisselle",
            ("table", "vaisselle", "tablier"),
            ("t01-2", "t03-2", "t07-4", "t08-3", "t05-2"),
            ("t07-4",),
        ),
        Theme("th2", "la porte et le bonjour", ("porte", "bonjour"), ("t01-1", "t03-1", "t04-3", "t02-2"), ("t01-1",)),
        Theme("th3", "les mardis seuls", ("mardi", "seule"), ("t04-1", "t04-2"), ("t04-1",)),
    ),
    outliers=("t02-1", "t02-3", "t05-1", "t06-1", "t07-1", "t07-2", "t07-3", "t08-1", "t08-2", "t09-1"),
    left_out=("t01-3",),
    method="Thèmes trouvés par regroupement des passages proches.",
    note="Le recueil est petit : les thèmes sont à lire comme des pistes.",
)


def _testimony(
    name: str, origin: Origin, consent: Consent, said: list[tuple[str | None, str, str]]
) -> tuple[Testimony, list[Passage]]:
    turns: list[Turn] = []
    passages: list[Passage] = []
    text = ""

    def add(words: str, role: Role, *, blank: bool = False) -> int:
        nonlocal text
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{words}" if text else words
        turns.append(Turn(start, len(text), role, "Q" if role is Role.INTERVIEWER else "Camille", blank))
        return start

    for number, (question, words, _) in enumerate(said, start=1):
        if question:
            add(question, Role.INTERVIEWER)
        start = add(words, Role.WITNESS)
        passages.append(
            Passage(
                f"{name}-{number}",
                name,
                number,
                start,
                len(text),
                words,
                len(turns) - 1,
                ((start, len(text)),),
                "Camille",
                question,
                passages[-1].text if passages else None,
            )
        )
    if not said:
        add("RAS", Role.WITNESS, blank=True)
    return Testimony(
        name, text, tuple(turns), origin, consent, {"personne": 2, "telephone": 1} if said else {}
    ), passages


def _coded(passage: Passage, marks: str) -> CodedPassage:
    tokens = marks.split()
    senses = {token[:-1]: SENSES[token[-1]] for token in tokens if token[-1] in SENSES}
    neighbours = (Neighbour("On m’a fait une place à table.", {"accueil": Sense.PRESENCE}, 0.91),)
    against = (Neighbour("La salle ouvre à neuf heures.", {}, 0.84),)
    codings = tuple(
        Coding(
            passage.id,
            code.id,
            senses[code.id],
            0.93,
            0.6 if senses[code.id] is Sense.MIXED else 0.88,
            tuple(sub.id for sub in code.subcodes if sub.id in tokens),
            Evidence(*passage.sentences[0], neighbours, against),
            Certainty.SURE,
        )
        for code in CODEBOOK.codes
        if code.id in senses
    )
    probabilities = {code.id: 0.93 if code.id in senses else 0.04 for code in CODEBOOK.codes}
    trust = "confiance" in tokens
    certainties = {code.id: Certainty.SURE if code.id in senses else Certainty.PROBABLE for code in CODEBOOK.codes}
    return CodedPassage(passage.id, codings, probabilities, trust, 0.9 if trust else 0.02, certainties)


def _quotes(passages: list[Passage], codings: list[CodedPassage]) -> tuple[Quote, ...]:
    """A quote a code and a theme of each passage, those of unreleased testimonies too: a report must drop them."""
    found = []
    for passage, coded in zip(passages, codings, strict=True):
        subjects: list[tuple[str, Sense | None]] = [(coding.code, coding.sense) for coding in coded.codings]
        subjects += [(theme.id, None) for theme in _THEMES.themes if passage.id in theme.passage_ids]
        found += [
            Quote(
                passage.id,
                passage.testimony_id,
                subject,
                sense,
                passage.text,
                ((passage.start, passage.end),),
                "une convive, Givors",
                1 / (10 + passage.number),
                sense_doubtful=sense is Sense.MIXED,
                cautions=CAUTIONS.get(passage.id, ()),
            )
            for subject, sense in subjects
        ]
    return tuple(found)


@cache
def telling() -> Study:
    """A hundred and twenty testimonies of three places and three years: at the café, lacks; where there is a bond, a
    part taken; dishes, at the canteen. What differs there is more than chance.
    """
    rng, whole = Random(3), small()
    testimonies, passages, codings = [], [], []
    for at in range(120):
        place, kind = ((RHONE, "petite_cantine"), (CAFE, "cafe_associatif"), (JARDIN, "jardin_partage"))[at % 3]
        origin = Origin(place, kind, f"{2022 + at % 5 // 2}-0{1 + at % 9}", ("livre_or", "questionnaire")[at % 2])
        origin = replace(origin, role=("bénévole", "habituée", None)[at % 4 % 3])
        said = [(None, f"Passage {at}-{n}, dit ici mot pour mot.", _marks(rng, place)) for n in range(1 + at % 4)]
        consent = Consent.ANALYSIS if at % 10 == 0 else Consent.ANONYMOUS_QUOTES
        one, cut = _testimony(f"v{at:03}", origin, consent, [("Et ici ?", words, marks) for _, words, marks in said])
        testimonies.append(one)
        passages += cut
        codings += [_coded(passage, marks) for passage, (_, _, marks) in zip(cut, said, strict=True)]
    dishes = tuple(one.passage_id for one in codings if one.coding("action") and one.passage_id.endswith("1"))
    theme = Theme("th1", "la vaisselle", ("vaisselle",), dishes, dishes[:1])
    rest = tuple(one.id for one in passages if one.id not in set(dishes))
    return replace(
        whole,
        reading=Reading(tuple(testimonies), _FILES),
        passages=tuple(passages),
        codings=tuple(codings),
        themes=Themes((theme,), rest, (), "Un thème."),
        quotes=_quotes(passages, codings),
    )


TELLING_QUOTABLE = frozenset(f"v{at:03}" for at in range(120) if at % 10)


def _marks(rng: Random, place: str) -> str:
    marks = []
    if rng.random() < 0.5:
        marks.append("accueil-" if place == CAFE and rng.random() < 0.8 else rng.choice(["accueil+", "accueil±"]))
    if rng.random() < 0.45:
        marks += ["appartenance+", "action+", "confiance"] if rng.random() < 0.85 else ["appartenance-", "action-"]
    return " ".join(marks)
