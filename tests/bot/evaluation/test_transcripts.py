"""The labelled conversations hold, in both languages, and the player notices when one does not."""

from pathlib import Path

import pytest

from bot.evaluation import transcripts
from bot.evaluation.kit import LANGUAGES, OWN_FOLDER
from bot.evaluation.tally import Tally
from bot.evaluation.transcripts import Player, Transcript
from bot.settings import Settings
from bot.wiring import open_library
from flows.errors import WrongDeclaration

FOLDER = Path(__file__).parents[3] / OWN_FOLDER
TOLD = transcripts.load(FOLDER)


@pytest.fixture(scope="module")
def player() -> Player:
    return Player(open_library(Settings(LENDLINE_PUBLIC_URL=None)), transcripts.stages(FOLDER))


@pytest.mark.parametrize("kind", sorted({each.kind for each in TOLD}))
def test_transcripts_hold(player: Player, kind: str) -> None:
    tally = Tally()
    for transcript in TOLD:
        if transcript.kind == kind:
            for lang in transcript.langs:
                player.play(transcript, lang, tally)
    assert tally.faults == []


def test_there_are_enough_of_them() -> None:
    assert sum(len(each.langs) for each in TOLD) >= 150


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("turn", "counted"),
    [
        ({"say": {"en": "20k", "zh": "20万"}}, "wrong_accepted"),
        ({"say": {"en": "hm", "zh": "嗯"}, "fields": {"amount_requested": "20000"}}, "asked_again"),
        ({"say": {"en": "an agent please", "zh": "转人工"}}, "handed_over"),
        ({"say": {"en": "hm", "zh": "嗯"}, "step": "fill.field"}, "asked_again"),
    ],
)
def test_what_does_not_hold_is_counted(player: Player, lang: str, turn: dict[str, object], counted: str) -> None:
    transcript = Transcript.model_validate({"name": "x", "kind": "x", "stage": "identified", "turns": [turn]})
    tally = Tally()
    player.play(transcript, lang, tally)
    assert getattr(tally, counted) == 1
    assert len(tally.faults) == 1


def test_a_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "some.yaml").write_text("- {name: a, kind: b, turn: []}", encoding="utf-8")
    with pytest.raises(WrongDeclaration, match=r"some\.yaml"):
        transcripts.load(tmp_path)
