"""Which way the writing of a picture runs, told from its boxes, and boxes turned with the picture."""

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Boxes = NDArray[np.float32]  # boxes by four corners by x and y

LEAN = 1.5  # a box this many times as long as wide tells which way the writing runs


def lies(boxes: "Boxes") -> bool:
    """Whether most writing runs up or down the picture. A box may begin at any of its corners."""
    tall = wide = 0.0
    for box in boxes:
        one, two = box[1] - box[0], box[3] - box[0]
        along, across = (one, two) if np.linalg.norm(one) > np.linalg.norm(two) else (two, one)
        length = float(np.linalg.norm(along))
        if length < LEAN * float(np.linalg.norm(across)):
            continue
        if abs(along[1]) > abs(along[0]):
            tall += length
        else:
            wide += length
    return tall > wide


def quarter(image: Image.Image, boxes: "Boxes") -> tuple[Image.Image, "Boxes"]:
    """The picture a quarter turned against the clock, and its boxes with it."""
    turned = np.stack([boxes[..., 1], image.width - boxes[..., 0]], axis=-1)
    return image.transpose(Image.Transpose.ROTATE_90), _ordered(turned)


def half(image: Image.Image, boxes: "Boxes") -> tuple[Image.Image, "Boxes"]:
    """The picture turned upside down, and its boxes with it."""
    turned = np.array([image.width, image.height], dtype=boxes.dtype) - boxes
    return image.transpose(Image.Transpose.ROTATE_180), _ordered(turned)


def _ordered(boxes: "Boxes") -> "Boxes":
    """Corners clockwise from the upper left one, boxes from top to bottom."""
    ordered = np.stack([_clockwise(box) for box in boxes]).astype(np.float32)
    return ordered[np.argsort(ordered[:, :, 1].min(axis=1), kind="stable")]


def _clockwise(box: "Boxes") -> "Boxes":
    by_x = box[np.argsort(box[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left[np.argsort(left[:, 1], kind="stable")]
    top_right, bottom_right = right[np.argsort(right[:, 1], kind="stable")]
    return np.stack([top_left, top_right, bottom_right, bottom_left])
