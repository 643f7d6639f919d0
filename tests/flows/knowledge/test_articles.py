"""Articles are read strictly: a wrong file is named with its fix, and nothing else can happen."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import WrongDeclaration
from flows.knowledge import articles
from flows.knowledge.articles import load, parse

GOOD = "---\nid: opening\ntitle: Opening times\nquestions:\n- when do you open\n---\nWe open at nine.\n"


def put(folder: Path, name: str, text: str, lang: str = "en") -> Path:
    file = folder / lang / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_an_outside_article_needs_three_keys_and_a_body(tmp_path: Path) -> None:
    put(tmp_path, "opening.md", GOOD)
    put(tmp_path, "opening.md", "\ufeff" + GOOD.replace("\n", "\r\n").replace("We open", "九点"), lang="zh")
    english, chinese = load(tmp_path)
    assert (english.id, english.lang, english.questions) == ("opening", "en", ("when do you open",))
    assert english.body == "We open at nine."
    assert chinese.body == "九点 at nine."


def test_what_looks_like_a_number_or_a_word_of_yaml_stays_what_was_written(tmp_path: Path) -> None:
    put(tmp_path, "007.md", GOOD.replace("opening", "007").replace("when do you open", "yes\n- 2026-01-01\n- ~"))
    (article,) = load(tmp_path)
    assert (article.id, article.questions, article.field) == ("007", ("yes", "2026-01-01", "~"), None)
    put(tmp_path, "退货.md", GOOD.replace("opening", "退货").replace("questions:\n- when do you open\n", ""), lang="zh")
    assert [(each.id, each.questions) for each in load(tmp_path)][1] == ("退货", ())


def test_what_is_not_answered_is_read_beside_the_articles(tmp_path: Path) -> None:
    put(tmp_path, "opening.md", GOOD)
    assert articles.outside(tmp_path) == {}
    put(tmp_path, articles.OUTSIDE_FILE, "weather: [will it rain]\nsport: [who won, the score]\n")
    assert articles.outside(tmp_path) == {"en": (("will it rain",), ("who won", "the score"))}
    put(tmp_path, articles.OUTSIDE_FILE, "- will it rain")
    with pytest.raises(WrongDeclaration, match="no list of questions"):
        articles.outside(tmp_path)


def test_what_an_article_belongs_to_is_read() -> None:
    front = (
        "id: a\ntitle: T\nquestions: [q]\nfield: amount_requested\nreason: 977\nreviewed: 2026-11-20\nowner: someone\n"
    )
    article = parse(f"---\n{front}---\nB", "en", "a.md")
    assert (article.field, article.reason, article.reviewed) == ("amount_requested", "977", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no front matter at all", "no front matter"),
        ("---\nid: opening\n", "no front matter"),
        ("---\n- a\n- b\n---\nbody", "not a list of keys"),
        ("---\nid: opening\ntitle: a: b\n---\nbody", "not YAML"),
        (GOOD.replace("title: Opening times\n", ""), "title"),
        (GOOD.replace("- when do you open", "- when: now"), "questions.0"),
        (GOOD.replace("We open at nine.", ""), "body"),
        (GOOD.replace("id: opening", "id: ../opening"), "id"),
        (GOOD.replace("id: opening", "id: other"), "its id is other"),
        (GOOD.replace("We open", "x" * articles.MAX_FILE_BYTES), "larger than"),
    ],
)
def test_a_wrong_file_is_named_with_a_fix(tmp_path: Path, text: str, says: str) -> None:
    file = put(tmp_path, "opening.md", text)
    with pytest.raises(WrongDeclaration) as raised:
        load(tmp_path)
    assert raised.value.where == str(file)
    assert says in raised.value.what
    assert raised.value.fix


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "opening.md", GOOD).write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(WrongDeclaration, match="UTF-8"):
        load(tmp_path)


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    with pytest.raises(WrongDeclaration, match="no article"):
        load(tmp_path)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200), st.booleans())
def test_any_text_is_an_article_or_a_wrong_declaration(text: str, framed: bool) -> None:
    with suppress(WrongDeclaration):
        article = parse(f"---\n{text}\n---\nbody" if framed else text, "en", "any.md")
        assert article.title
        assert article.questions
