"""XML from strangers: no entity is expanded, nothing is fetched, no DTD is loaded. A DOCTYPE alone is harmless."""

from lxml import etree

from voices.errors import ReadingError


def parse_xml(data: bytes) -> etree._Element:
    """The root element of an XML document, its entities left unresolved.

    Raises ReadingError where the document is not well formed, is too deep or too large to be an honest one, or calls
    for words that are kept elsewhere (entities): they would be missing.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(
            "Le contenu XML du fichier est abîmé.", "Rouvrir le document dans son logiciel et l’enregistrer à nouveau."
        ) from error
    if root is None:
        raise ReadingError("Le contenu XML du fichier est vide.", "Vérifier le fichier d’origine.")
    if next(root.iter(etree.Entity), None) is not None:
        raise ReadingError(
            "Ce fichier appelle un contenu placé ailleurs\u202f: il n’a pas été lu.",
            "Vérifier d’où il vient, ou l’enregistrer à nouveau dans son logiciel.",
        )
    return root


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments, instructions and entities."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
