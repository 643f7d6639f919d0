"""Whether pictures can be read here. Apart from the reading itself, which a process that only asks must not load."""

from importlib.util import find_spec


def ocr_is_here() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None
