"""The words around names: titles, kinship, what announces a name, what is never one. All in plain form (see lists)."""

from voices.privacy.lists import Gender


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: dict[str, Gender] = {
    **dict.fromkeys(
        [
            "mme",
            "mmes",
            "madame",
            "mlle",
            "mademoiselle",
            "soeur",
            "tata",
            "tatie",
            "tante",
            "tantine",
            "mamie",
            "mamy",
            "meme",
            "mere",
        ],
        Gender.WOMAN,
    ),  # fmt: skip
    **dict.fromkeys(
        ["m", "mr", "monsieur", "frere", "pere", "abbe", "tonton", "oncle", "papi", "papy", "pepe"], Gender.MAN
    ),
    **dict.fromkeys(["docteur", "dr", "maitre", "me", "professeur", "prof", "pr"], Gender.UNTOLD),
}
"""What stands before a name, with the gender it tells."""

CIVIL = _words("mme mmes madame mlle mademoiselle m mr monsieur docteur dr maitre me professeur prof pr")
"""Titles that a surname follows; after the others comes a first name."""

ABBREVIATED = _words("mme mlle mr dr")
"""Titles that are nothing else: what follows is a name even in lower case."""

KIN: dict[str, Gender] = {
    **dict.fromkeys(
        [
            "fille",
            "femme",
            "soeur",
            "cousine",
            "niece",
            "mere",
            "grand-mere",
            "petite-fille",
            "belle-soeur",
            "belle-mere",
            "belle-fille",
            "marraine",
            "compagne",
            "epouse",
            "copine",
            "amie",
            "voisine",
            "assistante",
            "animatrice",
            "directrice",
            "benevole-cheffe",
            "educatrice",
            "infirmiere",
            "conseillere",
            "presidente",
            "patronne",
            "cuisiniere",
            "stagiaire",
            "petite",
            "gamine",
            "dame",
            "doyenne",
            "camarade",
        ],
        Gender.WOMAN,
    ),
    **dict.fromkeys(
        [
            "fils",
            "mari",
            "frere",
            "cousin",
            "neveu",
            "pere",
            "grand-pere",
            "petit-fils",
            "beau-frere",
            "beau-pere",
            "beau-fils",
            "parrain",
            "compagnon",
            "epoux",
            "copain",
            "ami",
            "pote",
            "voisin",
            "animateur",
            "directeur",
            "educateur",
            "infirmier",
            "conseiller",
            "president",
            "patron",
            "cuisinier",
            "petit",
            "gamin",
            "doyen",
            "vieux",
            "chef",
        ],
        Gender.MAN,
    ),
    **dict.fromkeys(["collegue", "coloc", "benevole", "bebe", "famille"], Gender.UNTOLD),
}
"""Who is named next: « ma voisine X », « le petit X », « mon collègue, X »."""

NAMING = (
    "m appelle", "s appelle", "s appelait", "m appelait", "m appelent", "t appelles", "vous appelez", "m appellent", "l appelle",
    "l appelait", "moi c est", "moi cest", "moi c", "nom c est", "nom est", "prenom c est", "prenom est", "suis", "me dit",
    "nomme", "nommee", "prenomme", "prenommee", "signe", "signee", "prenom", "surnomme", "surnommee", "dit",
)  # fmt: skip
"""Words that announce a name, read backwards from it."""

WEAK_NAMING = ("suis", "me dit", "dit", "moi c", "nom est", "signe")
"""Those after which a word in lower case is believed only if it is a first name."""

STREETS = _words(
    "rue ruelle avenue av boulevard bd place impasse chemin allee quai square cours route sentier passage faubourg esplanade"
    " promenade pont port"
)
"""After these, with or without « de », a name is a street's."""

PLACES = _words(
    "ecole college lycee universite fac hopital clinique ehpad residence salle bibliotheque mediatheque gymnase stade metro"
    " station gare parc cite centre eglise chapelle cathedrale fondation tour batiment theatre cinema musee institut"
    " caserne usine service foyer cantine quartier association groupe square jardin hameau zac zup chateau mont lac saint sainte st ste"
    " san santa notre-dame villa camping piscine espace maternite creche clos hotel foret bois pavillon"
)
"""Right after these, a name is a place's."""

PARTICLES = _words("de du des la le les d da do dos das el al ben bin ibn ould bint van von der den di del della abd o")
"""Small words inside a surname: « de La Fontaine », « Ben Ali », « da Silva »."""

SUBJECT_VERBS = _words(
    "a m t l s n ne me te se nous vous lui leur y ont est etait avait fait dit disait va allait vient venait arrive garde tient tenait"
    " porte portait connait repasse parle parlait coupe prend prenait donne ouvre ferme chante pleure rit travaille habite"
    " appelle apporte apportait prepare cuisine aide aidait montre explique raconte rigole danse joue passe reste attend"
    " demande repond revient part met mettait sourit crie pose sert servait qui elle il ils elles avec m'a voulait savait"
    " peut pouvait sait sera serait aura ira viendra aime"
)
"""Right after a name, what a person does."""

AUXILIARIES = _words(
    "a as ont avait avaient est etait etaient aura aurait ai aime appelle aidait aide attendait oublie"
)
"""After « l’ » and « n’ », what makes it a pronoun and not an article."""

AFTER_WHICH_NAMES = _words(
    "avec chez par pour comme merci bonjour salut coucou cher chere bonsoir bravo et moi que qu contre sans"
)
"""Right before a name that nothing else tells."""

GREETINGS = _words("merci bonjour salut coucou cher chere bonsoir bravo hello slt cc adieu felicitations")
PREPOSITIONS_OF_PLACE = _words("a en de du au aux vers dans sur depuis la les des l d")
COMING_FROM = _words(
    "arrive arrivee arrives venu venue venus vient viens venait originaire ne nee nes pres loin sortie gare vers habite habitait parti partie cote ville"
)
"""Before « de », « à » and a name: the name is a place's."""

DETERMINERS = _words("le la les l un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre votre leur leurs nos vos quelle quel chaque aucune aucun toute tout plus tres si bien trop")  # fmt: skip

NAMED_LIKE_TOWNS = _words("france lourdes florence lorraine constance valence victoria vienne nancy alma alexandrie")
"""First names that are also places: not names after « en », « de », « à »…"""

FEASTS = _words("noel avril mai toussaint paques pascal")
"""First names that are also dates."""

NEVER = _words(
    # what starts sentences
    "je tu il elle on nous vous ils elles ca c ce cela cet cette ces ceci y en moi toi lui eux soi qui que quoi dont ou quand comment"
    " pourquoi combien le la les l un une des du de d au aux a mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs et ou"
    " mais donc or ni car si ne n pas plus non oui ouais bah ben bof bon bonne bons bonnes euh hein enfin voila voici puis alors apres avant"
    " pendant depuis dans sur sous avec sans chez par pour contre vers entre comme parce puisque lorsque tandis afin ainsi aussi"
    " avoir etre faire est sont etait ont avait ai as suis c'est j m t s qu jusqu lorsqu puisqu quelqu aujourd hui hier demain tout tous"
    " toute toutes rien personne chaque chacun chacune aucun certains certaines plusieurs quelque quelques beaucoup peu tres trop moins"
    " surtout meme sinon sauf merci bonjour bonsoir salut coucou bravo adieu pardon desole desolee franchement bref sincerement"
    " cordialement amicalement bien biz bises bisous bisou chers cher chere cheres slt cc dsl stp svp ps nb re tel fax mail oh ah eh hop"
    " encore deja jamais toujours souvent parfois ici la-bas la"
    # people without names
    " monsieur madame messieurs mesdames mademoiselle maman papa mamie papi mamy papy docteur maitre maire prefet ministre president"
    " presidente directeur directrice tata tonton tatie meme pepe"
    # days, feasts, faith
    " lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril juin juillet aout septembre octobre novembre"
    " decembre noel paques toussaint ramadan aid careme pentecote ascension dieu jesus allah marie-noel seigneur vierge bible coran"
    " messe inch inchallah bouddha christ mohammed-le-prophete"
    # places, bodies, brands
    " europe afrique france paris lyon marseille etat republique mairie prefecture prefet poste caf cpam cmu rsa ccas esat ehpad samu"
    " pole emploi mission local locale secours populaire catholique croix rouge restos coeur emmaus carrefour lidl auchan leclerc"
    " intermarche casino picard franprix monoprix decathlon ikea amazon google facebook instagram insta whatsapp messenger zoom"
    " youtube tiktok netflix doctolib bic excel word peugeot renault citroen michelin toyota ford dacia clio twingo kangoo duplo lego"
    " frigidaire opinel thermomix tupperware kleenex sopalin nutella ricard pastis parkinson alzheimer covid sida ddass sncf ratp edf"
    " cantine cantines petite petites petit petits grande grand cafe maison centre atelier accueil appartenance action"
    " francais francaise arabe algerie maroc tunisie senegal mali portugal espagne italie pologne turquie ukraine vietnam"
    " rex medor minou"
    " mme mmes mlle mr dr qqn qqun insta fripouille pinterest fortnite mcdo kart pompon steuple stp allo"
    " mdr lol ok sms pdf tv dvd cd cv rdv wc"
)
"""Capital or not, these are not names."""

PUBLIC = frozenset(
    (
        "victor hugo", "louis de funes", "brassens", "georges brassens", "macron", "emmanuel macron", "sarkozy", "chirac",
        "mitterrand", "de gaulle", "jacques brel", "brel", "edith piaf", "piaf", "johnny hallyday", "zinedine zidane", "zidane",
        "mbappe", "jean jaures", "jules ferry", "louis pasteur", "pasteur", "moliere", "zola", "emile zola", "simone veil", "louis aragon",
        "aznavour", "charles aznavour", "celine dion", "dalida", "coluche", "abbe pierre", "mozart", "picasso", "jeanne d'arc",
        "jean ferrat", "ferrat", "mere teresa", "nelson mandela", "gandhi", "jean moulin", "marie curie", "leo ferre", "mario kart",
        "harry potter", "pere noel", "pere fouettard", "cyril lignac", "philippe etchebest", "jean anthelme", "barbara streisand",
        "jean-jacques goldman", "renaud sechan", "jean-paul sartre", "victor-hugo", "jean-jaures", "alexandre dumas",
        "charlie hebdo", "leon blum", "napoleon", "louis xiv", "henri iv", "saint nicolas", "la fontaine", "martin luther king",
        "marie-antoinette", "agatha christie", "barbara cartland", "claude fischler", "beyonce knowles", "beyonce", "cesaria evora",
        "guillaume musso", "luis mariano", "jo privat", "vivaldi", "simenon", "giono", "bernanos", "poutine", "tintin", "asterix", "obelix", "cendrillon", "michel sardou", "sardou", "claude francois",
        "oum kalthoum", "bob marley", "paul bocuse", "bocuse", "jean gabin", "alain delon", "mireille mathieu",
    )
)  # fmt: skip
"""Known to all: speaking of them names no witness."""
