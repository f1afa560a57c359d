"""Strict reading and canonical writing of YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from china_defence_dialogues.records import yaml_reader, yaml_writer

BAD = {
    "malformed": ("a: [1\n", "Y001"),
    "tab indentation": ("a:\n\tb: 1\n", "Y001"),
    "duplicate key": ("a: 1\nb: 2\na: 3\n", "Y002"),
    "anchor": ("a: &x 1\n", "Y003"),
    "alias": ("a: &x [1]\nb: *x\n", "Y003"),
    "tag": ("a: !!python/object:os.system 1\n", "Y003"),
    "comment": ("a: 1 # sure?\n", "Y004"),
    "comment line": ("# note\na: 1\n", "Y004"),
    "comment behind a block sign": ("a: |- # secret\n  b\n", "Y004"),
    "nested brackets": ("a: " + "[" * 200_000, "Y006"),
    "nested dashes": ("- " * 100_000 + "a", "Y006"),
    "nested blocks": ("".join(" " * depth + f"k{depth}:\n" for depth in range(30)) + " " * 30 + "x: 1\n", "Y006"),
    "second document": ("a: 1\n---\nb: 2\n", "Y008"),
    "key that is a list": ("? [1, 2]\n: 3\n", "Y009"),
    "control character": ("a: \x07\n", "Y001"),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_bad_text_is_refused_with_place_and_mend(text: str, code: str) -> None:
    with pytest.raises(yaml_reader.YamlError) as caught:
        yaml_reader.read(text)
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.line >= 1
    assert problem.mend


def test_every_duplicate_and_comment_is_reported_at_once() -> None:
    with pytest.raises(yaml_reader.YamlError) as caught:
        yaml_reader.read("a: 1\na: 2\nb: 1 # x\nb: 2\n")
    assert [(problem.code, problem.line) for problem in caught.value.problems] == [
        ("Y002", 2),
        ("Y004", 3),
        ("Y002", 4),
    ]


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"a: \xff\n", "Y007"), (b"\n\nab: \xe9", "Y007"), (b"a" * 5_000_000, "Y005")],
    ids=["byte", "latin-1", "5 MB"],
)
def test_bad_bytes_are_refused(raw: bytes, code: str) -> None:
    with pytest.raises(yaml_reader.YamlError) as caught:
        yaml_reader.decode(raw)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("on", "on"), ("Y", "Y"), ("12:30", "12:30"), ("2024-04-16", "2024-04-16"), ("0x1F", "0x1F"), ("1_000", "1_000"),
        ("12", 12), ("-3", -3), ("1.5", 1.5), ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("'12'", "12"), ('"true"', "true"),
        ("A # b", None),
    ],
)  # fmt: skip
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    if "#" in text:
        with pytest.raises(yaml_reader.YamlError):
            yaml_reader.read(f"a: {text}\n")
    else:
        assert yaml_reader.read(f"a: {text}\n") == {"a": value}


def test_template_hints_are_not_comments() -> None:
    assert yaml_reader.read("#: Permanent id.\nid: abc\n") == {"id": "abc"}


def test_positions_point_at_keys_and_items() -> None:
    found = yaml_reader.positions("a: 1\nb:\n  - x: 1\n    y: {z: 2}\n  - [7, 8]\n")
    assert found[("b", 0, "y", "z")] == (4, 9)
    assert found[("b", 1, 1)] == (5, 9)


plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), plain)
keys = st.text("abcdefgh_.", min_size=1, max_size=8)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    mapping = st.dictionaries(keys, inner, min_size=1, max_size=4)
    return st.one_of(mapping, st.lists(mapping, max_size=3), st.lists(scalars, max_size=4))


@given(st.dictionaries(keys, st.recursive(scalars, _nested, max_leaves=12), min_size=1, max_size=5))
def test_what_is_written_is_read_back(value: dict[str, object]) -> None:
    text = yaml_writer.dump_value(value)
    assert yaml_reader.read(text) == value
    assert yaml_writer.dump_value(yaml_reader.read(text)) == text


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        yaml_reader.read(text)
    except yaml_reader.YamlError as error:
        assert error.problems
