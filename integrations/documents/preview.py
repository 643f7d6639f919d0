"""`python -m integrations.documents.preview`: a small picture of a file, made anew, from standard input to output.

What staff see is drawn here pixel by pixel: nothing of the file itself is left in it, no notes of the camera, no place,
no author, no script. A process of its own with limits, as for every reader of files.
"""

import io
import sys
import warnings

MOST_BYTES = 10 * 1024 * 1024
LONGEST = 1000  # pixels on the long side: enough to recognise a paper and to read its large print
MOST_PIXELS = 50_000_000
MEMORY = 700 * 1024 * 1024  # bytes of address space
SECONDS = 6
QUALITY = 70


def main() -> None:
    """Draw and answer with a JPEG; with nothing when there is nothing to see in the file."""
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    import pypdfium2 as pdfium  # noqa: PLC0415 - loaded before the limits hold
    from PIL import Image, ImageOps  # noqa: PLC0415

    _limit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if content.startswith(b"%PDF-"):
            document = pdfium.PdfDocument(content)
            width, height = document[0].get_size()
            picture = document[0].render(scale=LONGEST / max(width, height, 1)).to_pil()
        else:
            picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"))
            if picture.width * picture.height > MOST_PIXELS:
                return
            picture.draft("RGB", (LONGEST, LONGEST))
            picture = ImageOps.exif_transpose(picture)
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    fresh = Image.new("RGB", picture.size, "white")
    fresh.paste(picture)
    drawn = io.BytesIO()
    fresh.save(drawn, "JPEG", quality=QUALITY)
    sys.stdout.buffer.write(drawn.getvalue())


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    try:
        main()
    except Exception:  # a file that cannot be drawn has no preview; there is nothing else to say
        sys.exit(1)
