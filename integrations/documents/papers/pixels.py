"""Pictures within limits: measured before they are decoded, turned as the camera says, small enough to read."""

import io
import warnings

import pi_heif
from PIL import Image, ImageOps, ImageStat

from integrations.documents.document import Fact, Unreadable
from integrations.documents.polyglot import is_heif

MOST_PIXELS = 50_000_000  # of the picture as it comes; phones' own largest setting
LONGEST = 1800  # pixels on the long side that are read; more costs time and memory and reads no better
MOST_READ = 1_700_000  # pixels that are read: the engine takes half a kilobyte for each
BLANK = 3.0  # grey levels: a picture that varies less shows nothing
LEAN = 40  # times as long as wide: no paper is
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")


def picture_of(content: bytes) -> Image.Image:
    """The first picture of a file, upright by its own note, in colour. Raises Unreadable."""
    Image.MAX_IMAGE_PIXELS = None  # measured here, so that too many are a fact and no warning
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                _measure(*opened.size)
                if opened.format == "JPEG":
                    opened.draft("RGB", (LONGEST * 2, LONGEST * 2))  # decodes at a fraction of the size
                return _flat(ImageOps.exif_transpose(opened))
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # decoders of pictures raise whatever they like
        fact: Fact = "heic" if is_heif(content) else "damaged"
        raise Unreadable(fact, f"picture: {type(error).__name__}") from error


def _measure(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or min(width, height) < 1 or max(width, height) > LEAN * min(width, height):
        raise Unreadable("too_large", f"{width} x {height} pixels")


def for_reading(image: Image.Image) -> Image.Image:
    """The picture at the size in which it is read."""
    width, height = image.size
    share = min(LONGEST / max(width, height), (MOST_READ / (width * height)) ** 0.5)
    if share >= 1:
        return image
    return image.resize(
        (max(1, round(image.width * share)), max(1, round(image.height * share))), Image.Resampling.LANCZOS
    )


def is_blank(image: Image.Image) -> bool:
    """Whether there is nothing to be seen in a picture."""
    spread: float = ImageStat.Stat(image.convert("L").resize((256, 256))).stddev[0]
    return spread < BLANK


def _flat(image: Image.Image) -> Image.Image:
    """In colour on white: what is transparent is paper."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    return image.convert("RGB")
