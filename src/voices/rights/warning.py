"""What a report that is no longer to be shown says of itself, at its head, in each of its forms."""

from datetime import date

from django.utils.formats import date_format
from markupsafe import escape

_MAIN = '<main id="contenu">'


def warned(html: str, *, today: date) -> str:
    """The page, with the warning before everything else. The page that was frozen stays as it was: this is a copy."""
    told = (
        f"Copie tirée le {date_format(today, 'j F Y')}. Depuis que ce rapport a été figé, une personne au moins a "
        "retiré son accord, ou ne permet plus d’y être citée. Gardez cette copie pour vos archives, sans la montrer "
        "ni la transmettre."
    )
    notice = (
        '<section class="ne-plus-diffuser"><h2>Ne plus diffuser ce rapport</h2>'
        f"<p><strong>{escape(told)}</strong></p></section>"
    )
    return html.replace(_MAIN, _MAIN + notice, 1)
