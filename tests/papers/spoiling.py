"""What phones do to papers: turned, tilted, folded, shaded, glaring, dark, out of focus, pressed into JPEG."""

import io
import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

Spoil = Callable[[Image.Image, Random], Image.Image]


def on_a_desk(image: Image.Image, random: Random) -> Image.Image:
    """The paper lies on a desk, with some of the desk around it."""
    edge = round(max(image.size) * random.uniform(0.03, 0.08))
    colour = random.choice(((120, 92, 66), (70, 74, 80), (150, 148, 140), (46, 60, 52)))
    desk = Image.new("RGB", (image.width + 2 * edge, image.height + 2 * edge), colour)
    grain = Image.effect_noise((desk.width // 4, desk.height // 4), 14).resize(desk.size).convert("RGB")
    desk = Image.blend(desk, grain, 0.12)
    desk.paste(image, (edge, edge))
    return desk


def rotation(image: Image.Image, random: Random) -> Image.Image:
    """A little askew."""
    angle = random.uniform(2, 7) * random.choice((-1, 1))
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(110, 100, 90))


def quarter(image: Image.Image, random: Random) -> Image.Image:
    """Taken sideways or upside down."""
    return image.transpose(
        random.choice((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270))
    )


def perspective(image: Image.Image, random: Random) -> Image.Image:
    """Taken from one side."""
    width, height = image.size
    by = [random.uniform(0.0, 0.06) for _ in range(8)]
    corners = [
        (by[0] * width, by[1] * height),
        (by[2] * width, (1 - by[3]) * height),
        ((1 - by[4]) * width, (1 - by[5]) * height),
        ((1 - by[6]) * width, by[7] * height),
    ]
    flat = [(0.0, 0.0), (0.0, float(height)), (float(width), float(height)), (float(width), 0.0)]
    return image.transform(
        image.size,
        Image.Transform.PERSPECTIVE,
        _homography(corners, flat),
        Image.Resampling.BICUBIC,
        fillcolor=(105, 98, 90),
    )


def blur(image: Image.Image, random: Random) -> Image.Image:
    """A little out of focus."""
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0.8, 1.5) * max(image.size) / 1800))


def shadow(image: Image.Image, random: Random) -> Image.Image:
    """The shadow of a hand or a phone over a part."""
    width, height = image.size
    mask = Image.new("L", (width // 8, height // 8), 255)
    x = random.uniform(0.1, 0.7) * mask.width
    ImageDraw.Draw(mask).polygon(
        [
            (x, 0),
            (x + mask.width * 0.5, 0),
            (x + mask.width * random.uniform(0.3, 0.7), mask.height),
            (x - 20, mask.height),
        ],
        fill=random.randint(105, 160),
    )
    mask = mask.filter(ImageFilter.GaussianBlur(8)).resize(image.size)
    return ImageChops.multiply(image, Image.merge("RGB", (mask, mask, mask)))


def glare(image: Image.Image, random: Random) -> Image.Image:
    """The light of a lamp on a part."""
    width, height = image.size
    layer = Image.new("L", (width // 8, height // 8), 0)
    x, y = random.uniform(0.2, 0.8) * layer.width, random.uniform(0.2, 0.8) * layer.height
    radius = min(layer.size) * random.uniform(0.08, 0.16)
    ImageDraw.Draw(layer).ellipse((x - radius, y - radius, x + radius, y + radius), fill=random.randint(120, 175))
    layer = layer.filter(ImageFilter.GaussianBlur(radius * 0.5)).resize(image.size)
    return ImageChops.screen(image, Image.merge("RGB", (layer, layer, layer)))


def low_light(image: Image.Image, random: Random) -> Image.Image:
    """An evening in the shop: dim, flat, grainy."""
    dim = ImageEnhance.Brightness(ImageEnhance.Contrast(image).enhance(0.7)).enhance(random.uniform(0.38, 0.55))
    noise = Image.effect_noise(image.size, 18).convert("RGB")
    return ImageChops.add(dim, noise, scale=1.0, offset=-128)


def fold(image: Image.Image, random: Random) -> Image.Image:
    """A crease across, darker on one side."""
    width, height = image.size
    at = random.uniform(0.35, 0.65)
    mask = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(mask)
    if random.random() < 0.5:
        draw.rectangle((0, round(at * height), width, height), fill=222)
        draw.line((0, at * height, width, at * height), fill=150, width=max(2, height // 500))
    else:
        draw.rectangle((round(at * width), 0, width, height), fill=222)
        draw.line((at * width, 0, at * width, height), fill=150, width=max(2, width // 500))
    mask = mask.filter(ImageFilter.GaussianBlur(1.2))
    return ImageChops.multiply(image, Image.merge("RGB", (mask, mask, mask)))


SPOILS: dict[str, Spoil] = {
    "rotation": rotation,
    "quarter": quarter,
    "perspective": perspective,
    "blur": blur,
    "shadow": shadow,
    "glare": glare,
    "low_light": low_light,
    "fold": fold,
}
ON_PAPER = ("fold",)  # what happens to the sheet before it lies on the desk


def spoilt(image: Image.Image, names: tuple[str, ...], random: Random) -> Image.Image:
    """The picture as a phone takes it."""
    for name in names:
        if name in ON_PAPER:
            image = SPOILS[name](image, random)
    image = on_a_desk(image, random)
    for name in names:
        if name not in ON_PAPER:
            image = SPOILS[name](image, random)
    return image


def ruined(image: Image.Image, how: str, random: Random) -> Image.Image:
    """A picture that nobody can read: `blurred`, `dark`, or `cut` to a corner of the paper."""
    image = on_a_desk(image, random)
    if how == "blurred":
        return image.filter(ImageFilter.GaussianBlur(max(image.size) / 130))
    if how == "dark":
        return ImageChops.add(
            ImageEnhance.Brightness(image).enhance(0.05), Image.effect_noise(image.size, 26).convert("RGB"), offset=-128
        )
    left = round(image.width * 0.42)
    return image.crop((left, round(image.height * 0.08), image.width, round(image.height * 0.8)))


def pressed(image: Image.Image, random: Random) -> bytes:
    """As JPEG, as messengers send photos: at most 1280 pixels on the long side, or the camera's own size."""
    longest = random.choice((1280, 1600, 2200))
    if max(image.size) > longest:
        image = image.resize(
            (round(image.width * longest / max(image.size)), round(image.height * longest / max(image.size))),
            Image.Resampling.LANCZOS,
        )
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=random.randint(72, 92))
    return buffer.getvalue()


def _homography(source: list[tuple[float, float]], target: list[tuple[float, float]]) -> list[float]:
    """The eight numbers that carry points of the new picture back to the old one (Gauss-Jordan)."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [each / head for each in rows[column]]
        for row in range(8):
            if row != column and not math.isclose(rows[row][column], 0.0):
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[8] for row in rows]
