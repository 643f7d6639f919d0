"""What was read on a paper: one value with how it was read and how sure that is."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Confidence(StrEnum):
    """How sure a reading is.

    `proved`: something on the paper proves it: a check digit that passes on the direct reading, a machine-readable
    code, a running balance, net + tax = total. `clear`: read without doubt, but nothing proves it. `unsure`: a
    reader's best guess, or a value that was repaired; never used before the owner confirms it.
    """

    PROVED = "proved"
    CLEAR = "clear"
    UNSURE = "unsure"


class PaperValue(BaseModel):
    """One value of a paper, as text in its normal form.

    Days are ISO 8601, amounts plain decimals in the paper's currency (the value `currency`), numbers without blanks.
    `how`: out of a QR or bar code, the text of the file, or a picture. `repaired`: a character was put right, so that
    a check passed; such a value is never sure.
    """

    model_config = ConfigDict(frozen=True)

    name: str = Field(max_length=40)
    value: str = Field(min_length=1, max_length=600)
    how: Literal["code", "text", "ocr"]
    confidence: Confidence
    repaired: bool = False
