"""Numbers and the words that agree with them, in what readers say of a file."""


def agreed(number: int, singular: str, plural: str = "") -> str:
    """« 1 ligne », « 3 lignes »: the number and the words that go with it; each takes an s, unless `plural` is told."""
    return f"{number} {singular if number < 2 else plural or ' '.join(f'{word}s' for word in singular.split())}"
