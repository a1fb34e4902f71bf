"""What a page may not hold, whatever was written in what it shows."""

from collections.abc import Iterator

from lxml import etree, html

SAFE = ("http://", "https://", "mailto:", "/", "#", "?", ".", "data:image/png", "data:image/svg+xml", "data:font/woff2")
_ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "hx-get", "hx-post", "xlink:href")
MARK = "poison"


def injected(content: str | bytes, kind: str) -> list[str]:
    """What somebody put in that page: elements, attributes, scripts, addresses that run. Nothing in a sound one."""
    if not content.strip() or not kind.startswith(("text/html", "image/svg+xml")):
        return []
    text = content.decode() if isinstance(content, bytes) else content
    tree = etree.fromstring(text.encode()) if kind.startswith("image/svg+xml") else html.document_fromstring(text)
    return list(_found(tree))


def _found(tree: etree._Element) -> Iterator[str]:
    for one in tree.iter():
        if not isinstance(one.tag, str):
            if MARK in str(one.text or ""):
                yield "a comment"
            continue
        if MARK in one.tag:
            yield f"<{one.tag}>"
        if one.tag == "script" and (one.text or "").strip() and one.get("type") != "application/json":
            yield f"a script: {str(one.text)[:60]}"
        for name, value in one.attrib.items():
            yield from _of_attribute(str(one.tag), str(name), str(value))


def _of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if MARK in name or name.startswith("on") or name == "srcdoc":
        yield f"<{tag} {name}>"
    if name in _ADDRESSES and tag != "use" and value and not value.strip().lower().startswith(SAFE) and ":" in value:
        yield f"<{tag} {name}={value[:60]!r}>"
