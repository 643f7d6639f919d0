"""Reading pictures with rapidocr, which comes with the extra `ocr`. Only its default models: others are downloaded."""

from typing import Any

import numpy as np
from PIL import Image

from integrations.documents.papers import orienting
from integrations.documents.papers.pieces import Page, Quad, upright

THREADS = 1  # a second one gains a third of the time for two thirds more work, and the chat needs the other core
MOST_LINES = 130  # pieces of writing of a picture, from the top: a page of small print has fewer
ASKED = 14  # boxes that are asked whether the picture stands on its head
SURE_TURNED = 0.8
LEAST_SCORE = 0.4
QUICK, CLOSE = 800_000, 1_700_000  # pixels in which writing is looked for; finding it takes most of the time
ENLARGED = 2.0  # times: a small picture is looked at no larger


class Eyes:
    """The engine, loaded once in its process, all three models."""

    def __init__(self, threads: int = THREADS) -> None:
        import cv2  # noqa: PLC0415 - comes with the extra
        from rapidocr import RapidOCR  # noqa: PLC0415 - an extra, and slow to load

        cv2.setNumThreads(threads - 1)
        engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.return_word_box": True,
                "Global.return_single_char_box": True,
                "Det.limit_side_len": 32,  # the size is chosen here
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        engine.return_word_box = True
        self._detector: Any = engine._load_det_model()
        engine._load_cls_model()
        engine._load_rec_model()
        self._engine = engine

    def read(self, image: Image.Image, pixels: int = CLOSE) -> tuple[Page, Image.Image]:
        """The writing of a picture in rows, and the picture turned as the writing stands.

        `pixels` is the size in which writing is looked for; what is found is read in the picture as it is given.
        """
        boxes = self._detect(image, pixels)
        if boxes is None:
            return Page(()), image
        if orienting.lies(boxes):
            image, boxes = orienting.quarter(image, boxes)
        crops = self._crops(image, boxes)
        if self._on_its_head(crops):
            image, boxes = orienting.half(image, boxes)
            crops = self._crops(image, boxes)
        return upright(self._recognise(boxes[:MOST_LINES], crops[:MOST_LINES])), image

    def _detect(self, image: Image.Image, pixels: int) -> Any:  # noqa: ANN401 - arrays of a library without types
        """The boxes of a picture's writing, from top to bottom."""
        share = min(ENLARGED, (pixels / (image.width * image.height)) ** 0.5)
        size = max(1, round(image.width * share)), max(1, round(image.height * share))
        shown = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0) if share != 1 else image
        result = self._detector(np.ascontiguousarray(np.asarray(shown)[:, :, ::-1]))
        if result.boxes is None or not len(result.boxes):
            return None
        scale = np.array([image.width / size[0], image.height / size[1]], dtype=np.float32)
        return (result.boxes * scale).astype(np.float32)

    def _crops(self, image: Image.Image, boxes: Any) -> list[Any]:  # noqa: ANN401
        crops: list[Any] = self._engine.crop_text_regions(np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), boxes)
        return crops

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
