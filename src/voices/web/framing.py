"""Where one request ends and the next begins: waitress refuses here, besides, what two servers could read otherwise.

A proxy and this server that do not agree on it would let a visitor slip a request into somebody else's line (RFC 9112,
6.3 and 11.2). Waitress takes the length from the chunks where a request has both; here neither is believed.
"""

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError


class Strict(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Waitress's own reading of a request, and these refusals: 400, and the line is closed."""

    def parse_header(self, header_plus: bytes) -> None:
        """Nothing. Raises ParsingError."""
        if b"\r\n " in header_plus or b"\r\n\t" in header_plus:
            raise ParsingError("Folded header")
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Two lengths")
        if "TRANSFER_ENCODING" in self.headers:  # left there where the version knows no chunks
            raise ParsingError("Chunks in an old version")
        if "," in self.headers.get("HOST", ""):
            raise ParsingError("Two hosts")


def be_strict() -> None:
    """Nothing; every line that waitress opens from now on is read so."""
    HTTPChannel.parser_class = Strict
