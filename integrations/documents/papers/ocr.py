"""Reading pictures with rapidocr, which comes with the extra `ocr`. Only its default models: others are downloaded."""

from typing import Any

import numpy as np
from PIL import Image

from integrations.documents.papers.pieces import Page, Quad, upright

THREADS = 1  # a second one gains a third of the time for two thirds more work, and the chat needs the other core
LEAN = 1.5  # a box this many times as long as wide tells which way the writing runs
MOST_LINES = 130  # pieces of writing of a picture, from the top: a page of small print has fewer
ASKED = 14  # boxes that are asked whether the picture stands on its head
SURE_TURNED = 0.8


class Eyes:
    """The engine, loaded once in its process."""

    def __init__(self, threads: int = THREADS) -> None:
        from rapidocr import RapidOCR  # noqa: PLC0415 - an extra, and slow to load

        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                "Global.return_single_char_box": True,
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        self._engine.return_word_box = True

    def read(self, image: Image.Image) -> tuple[Page, Image.Image]:
        """The writing of a picture in rows, and the picture turned as the writing stands."""
        pixels = np.asarray(image)[:, :, ::-1]
        found = self._detect(pixels)
        if found is None:
            return Page(()), image
        boxes, crops = found
        if _lies(boxes):
            image = image.transpose(Image.Transpose.ROTATE_90)
            again = self._detect(np.asarray(image)[:, :, ::-1])
            if again is None:
                return Page(()), image
            boxes, crops = again
        if self._on_its_head(crops):
            image = image.transpose(Image.Transpose.ROTATE_180)
            again = self._detect(np.asarray(image)[:, :, ::-1])
            if again is None:
                return Page(()), image
            boxes, crops = again
        return upright(self._recognise(boxes, crops)), image

    def _detect(self, pixels: Any) -> tuple[Any, list[Any]] | None:  # noqa: ANN401 - arrays of a library without types
        result = self._engine._load_det_model()(np.ascontiguousarray(pixels))
        if result.boxes is None or not len(result.boxes):
            return None
        boxes = result.boxes[:MOST_LINES]  # they come from top to bottom
        return boxes, self._engine.crop_text_regions(np.ascontiguousarray(pixels), boxes)

    def _on_its_head(self, crops: list[Any]) -> bool:
        """Whether most of the longest pieces of writing look upside down."""
        widest = sorted(crops, key=lambda crop: -crop.shape[1] / max(crop.shape[0], 1))[:ASKED]
        _, result = self._engine.cls_and_rotate([crop.copy() for crop in widest])
        turned = sum(1 for label, score in result.cls_res if label == "180" and score >= SURE_TURNED)
        return turned * 2 > len(widest)

    def _recognise(self, boxes: Any, crops: list[Any]) -> list[Quad]:  # noqa: ANN401
        result = self._engine.recognize_txt(crops)
        quads = []
        for box, text, score, words in zip(boxes, result.txts, result.scores, result.word_results, strict=True):
            if text.strip() and score >= LEAST_SCORE:
                quads.append(_quad(box, text, float(score), words))
        return quads


LEAST_SCORE = 0.4


def _lies(boxes: Any) -> bool:  # noqa: ANN401
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


def _quad(box: Any, text: str, score: float, words: Any) -> Quad:  # noqa: ANN401
    """A piece with how sure each character is and where it begins, as far as the engine says it."""
    corners = tuple((float(x), float(y)) for x, y in box)
    sure = tuple(float(each) for each in getattr(words, "confs", None) or ())
    line = float(getattr(words, "line_txt_len", 0.0) or 0.0)
    places = iter([place for columns in getattr(words, "word_cols", None) or () for place in columns])
    starts: list[float] = []
    for char in text if line else "":
        place = None if char.isspace() else next(places, None)
        starts.append(min(1.0, place / line) if place is not None else starts[-1] if starts else 0.0)
    return Quad(text, corners, sure if len(sure) == len(text) else (score,) * len(text), tuple(starts))  # type: ignore[arg-type]
