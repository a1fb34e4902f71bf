"""Twenty plain sentences, as people answer a questionnaire: does the coder hear whether it happened or was lacking?

Run: python -m benchmarks.plain [FOLDER OF A CODER]

Prints what it puts on each, and how many have the code and the sense expected. Too few to measure anything by: it is a
look at the plainest words, which a coder taught by scenes can read upside down. Nothing was learnt from them.
"""

import sys
from dataclasses import replace
from pathlib import Path

from voices import loading, passages, settings
from voices.domain import Role, Sense, Testimony, Turn

SENTENCES = (
    ("On m’a accueilli avec le sourire.", "accueil", Sense.PRESENCE),
    ("Dès le premier jour, j’ai été bien accueillie.", "accueil", Sense.PRESENCE),
    ("On m’a dit bonjour.", "accueil", Sense.PRESENCE),
    ("On m’a servi un café sans rien me demander.", "accueil", Sense.PRESENCE),
    ("Les bénévoles m’ont tout de suite mise à l’aise.", "accueil", Sense.PRESENCE),
    ("J’ai été très bien accueillie par toute l’équipe.", "accueil", Sense.PRESENCE),
    ("J’ai proposé une sortie et on l’a faite.", "action", Sense.PRESENCE),
    ("On m’appelle quand je ne viens pas.", "appartenance", Sense.PRESENCE),
    ("On n’est jamais seul à table.", "appartenance", Sense.PRESENCE),
    ("Je me sens chez moi ici.", "accueil", Sense.PRESENCE),
    ("Je me suis fait des amis.", "appartenance", Sense.PRESENCE),
    ("On peut rester sans consommer, personne ne nous met dehors.", "accueil", Sense.PRESENCE),
    ("Personne ne m’a dit bonjour.", "accueil", Sense.LACK),
    ("On m’a regardée de travers.", "accueil", Sense.LACK),
    ("Je me suis sentie de trop.", "accueil", Sense.LACK),
    ("J’aide à la vaisselle.", "action", Sense.PRESENCE),
    ("On ne me laisse rien faire.", "action", Sense.LACK),
    ("Personne n’a remarqué mon absence.", "appartenance", Sense.LACK),
    ("Ils restent entre eux.", "appartenance", Sense.LACK),
    ("J’ai proposé une idée, on m’a dit non.", "action", Sense.LACK),
)


def main() -> None:
    table = settings.load()
    if len(sys.argv) > 1:
        table = replace(table, coder=Path(sys.argv[1]))
    coder = loading.coder_of(table)
    cut = passages.cut([_alone(number, text) for number, (text, _, _) in enumerate(SENTENCES)])
    right = 0
    for one, found, (text, code, sense) in zip(
        cut, coder.code(cut, loading.reader_of(coder, table)), SENTENCES, strict=True
    ):
        said = found.sense(code)
        right += said is sense
        put = ", ".join(f"{each.code} {each.sense.value} ({each.probability:.2f})" for each in found.codings)
        print(f"{'ok ' if said is sense else 'NON'} {text}  {code} {sense.value} → {put or 'aucun code'}")
        assert one.text == text
    print(f"{right} sur {len(SENTENCES)}, {coder.identity}")


def _alone(number: int, text: str) -> Testimony:
    return Testimony(str(number), text, (Turn(0, len(text), Role.WITNESS),))


if __name__ == "__main__":
    main()
