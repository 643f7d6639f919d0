"""QR and bar codes in a picture: their text, never what it points to."""

import zxingcpp
from PIL import Image

MOST = 12
LONGEST_TEXT = 2_000


def texts_of(image: Image.Image) -> tuple[str, ...]:
    """What the codes of a picture say. A code that holds an address is only kept as text; nothing is ever fetched."""
    found = zxingcpp.read_barcodes(image.convert("L"))
    return tuple(code.text[:LONGEST_TEXT] for code in found[:MOST] if code.valid and code.text)
