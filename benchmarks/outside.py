"""What the coder makes of ordinary texts, on corpora/outside/test.txt. Run: python -m benchmarks.outside."""

from pathlib import Path

from voices import coding, encoders, loading, settings
from voices.coding.model import CoderModel
from voices.domain import Certainty, CodedPassage, Passage
from voices.ports import Encoder

TEST = Path(__file__).parents[1] / "corpora" / "outside" / "test.txt"
AIM = 0.03


def passage(number: int, text: str) -> Passage:
    """The text as a passage of its own, without context."""
    return Passage(f"t{number}", f"t{number}", 1, 0, len(text), text, 0, ((0, len(text)),))


def coded(texts: tuple[str, ...], coder: CoderModel, encoder: Encoder) -> tuple[CodedPassage, ...]:
    """What the coder makes of each."""
    return coder.code([passage(number, text) for number, text in enumerate(texts)], encoder)


def sure(one: CodedPassage) -> bool:
    """Whether a code is put on it and said sure."""
    return any(coding.certainty is Certainty.SURE for coding in one.codings)


def main() -> None:
    chosen = settings.load()
    coder = loading.coder_of(chosen)
    encoder_name = coder.encoder_identity.partition("@")[0]
    encoder = encoders.load(encoder_name, models=chosen.models, cache=None, threads=chosen.threads)
    found = coded(coding.read_outside(TEST), coder, encoder)
    told = {
        f"un code « sûr » (but : {AIM:.0%} au plus)": sum(sure(one) for one in found),
        "au moins un code « probable »": sum(
            any(coding.certainty is Certainty.PROBABLE for coding in one.codings) for one in found
        ),
        "au moins un code posé": sum(bool(one.codings) for one in found),
        "toutes les réponses « sûres », aucun code": sum(
            one.certainty is Certainty.SURE and not one.codings for one in found
        ),
        "hors domaine": sum(one.outside for one in found),
    }
    print(f"{coder.identity}, {len(found)} textes d’ailleurs\n\n| | textes | part |\n|---|---|---|")
    for name, count in told.items():
        print(f"| {name} | {count} | {count / len(found):.1%} |")


if __name__ == "__main__":
    main()
