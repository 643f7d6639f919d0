"""A small picture of a file, made anew.

What staff see is drawn here pixel by pixel: nothing of the file itself is left in it, no notes of the camera, no place,
no author, no script.
"""

import io
import warnings

import pi_heif
import pypdfium2 as pdfium
from PIL import Image, ImageOps

from integrations.documents.document import Unreadable
from integrations.documents.papers.pixels import FORMATS

LONGEST = 1000  # pixels on the long side: enough to recognise a paper and to read its large print
MOST_PIXELS = 50_000_000
QUALITY = 70


def draw(content: bytes) -> bytes:
    """A JPEG. Raises Unreadable when there is nothing to see in the file, and whatever the libraries raise."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if content.startswith(b"%PDF-"):
            document = pdfium.PdfDocument(content)
            width, height = document[0].get_size()
            picture = document[0].render(scale=LONGEST / max(width, height, 1)).to_pil()
        else:
            pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("too_large", f"{picture.width} x {picture.height} pixels")
            picture.draft("RGB", (LONGEST, LONGEST))
            picture = ImageOps.exif_transpose(picture)
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture)
    drawn = io.BytesIO()
    fresh.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
