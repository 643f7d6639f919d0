"""How the papers of the second set reach us: scanned, as a phone takes them, or photographed off a screen."""

import io
from random import Random

import numpy as np
from PIL import Image, ImageFilter

LONG = 4000  # pixels: a phone of twelve megapixels


def taken(image: Image.Image, way: str, random: Random) -> bytes:
    """A picture of a page, the way it was taken, as a JPEG; a screenshot as PNG."""
    if way == "screen":
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()
    made = {"scan": _scan, "photo": _photo, "monitor": _monitor}[way](image, random)
    out = io.BytesIO()
    made.save(out, "JPEG", quality=random.randint(72, 90))
    return out.getvalue()


def _noisy(pixels: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", random: Random, level: float) -> Image.Image:
    noise = np.random.default_rng(random.randrange(2**32)).normal(0, level, pixels.shape[:2])
    return Image.fromarray(np.clip(pixels + noise[..., None], 0, 255).astype(np.uint8))


def _scan(image: Image.Image, random: Random) -> Image.Image:
    """A flat-bed: grey, a little askew, specks."""
    page = image.convert("L").convert("RGB")
    page = page.resize((round(page.width * 1654 / page.width), round(page.height * 1654 / page.width)))
    page = page.rotate(random.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, expand=True, fillcolor=(236, 236, 234))
    return _noisy(np.asarray(page, dtype=np.float32) * random.uniform(0.86, 1.0), random, 7.0)


def _photo(image: Image.Image, random: Random) -> Image.Image:
    """By hand, on a table, from one side, cropped tight, unevenly lit, in a phone's full size."""
    page = image.convert("RGB")
    scale = LONG * random.uniform(0.8, 0.98) / max(page.size)
    page = page.resize((round(page.width * scale), round(page.height * scale)), Image.Resampling.LANCZOS)
    edge = round(max(page.size) * random.uniform(0.01, 0.07))
    ground = Image.new(
        "RGB",
        (page.width + 2 * edge, page.height + 2 * edge),
        random.choice(((96, 70, 48), (180, 178, 170), (52, 60, 66))),
    )
    ground.paste(page, (edge, edge))
    width, height = ground.size
    pulls = [random.uniform(0, 0.045) for _ in range(8)]
    ends = ((0, -1), (0, -1), (0, -1), (height, 1), (width, 1), (height, 1), (width, 1), (0, -1))
    sides = (width, height) * 4
    corners = [end + sign * side * pull for (end, sign), side, pull in zip(ends, sides, pulls, strict=True)]
    ground = ground.transform(
        ground.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(90, 80, 70)
    )
    ground = ground.rotate(
        random.uniform(-7, 7), Image.Resampling.BICUBIC, expand=random.random() < 0.5, fillcolor=(80, 72, 64)
    )
    ground = ground.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 1.8)))
    pixels = np.asarray(ground, dtype=np.float32)
    across = np.linspace(random.uniform(0.55, 1.0), random.uniform(0.75, 1.05), ground.width)[None, :, None]
    down = np.linspace(random.uniform(0.75, 1.0), random.uniform(0.8, 1.05), ground.height)[:, None, None]
    tint = np.array([1.0, random.uniform(0.93, 1.0), random.uniform(0.8, 1.0)])
    return _noisy(pixels * across * down * tint, random, 5.0)


def _monitor(image: Image.Image, random: Random) -> Image.Image:
    """Photographed off a screen: its raster shows as waves, and it glows in a dark room."""
    page = image.convert("RGB")
    page = page.resize(
        (round(page.width * 2200 / max(page.size)), round(page.height * 2200 / max(page.size))),
        Image.Resampling.LANCZOS,
    )
    edge = 160
    ground = Image.new("RGB", (page.width + 2 * edge, page.height + 2 * edge), (18, 18, 20))
    ground.paste(page, (edge, edge))
    ground = ground.rotate(random.uniform(-5, 5), Image.Resampling.BICUBIC, fillcolor=(10, 10, 12))
    ground = ground.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 1.2)))
    pixels = np.asarray(ground, dtype=np.float32)
    y, x = np.mgrid[0 : ground.height, 0 : ground.width].astype(np.float32)
    waves = (
        1
        + 0.07 * np.sin(x / random.uniform(3, 9) + y / random.uniform(20, 60))
        + 0.05 * np.sin(y / random.uniform(2.5, 6))
    )
    return _noisy(pixels * waves[..., None] * random.uniform(0.75, 1.0), random, 4.0)
