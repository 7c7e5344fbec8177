from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobilegym.emulator.phone.kernel.cow import TOKENS, CowDict, FrozenMap

KEYS = st.integers(0, 5)
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), KEYS, st.integers()),
        st.tuples(st.just("pop"), KEYS, st.just(0)),
        st.tuples(st.just("update"), KEYS, st.integers()),
        st.tuples(st.just("clear"), st.just(0), st.just(0)),
        st.tuples(st.just("freeze"), st.just(0), st.just(0)),
        st.tuples(st.just("thaw"), st.integers(0, 20), st.just(0)),
    ),
    max_size=40,
)


def apply(name: str, key: int, value: int, cow: CowDict[int, int], model: dict[int, int]) -> None:
    match name:
        case "set":
            cow[key] = value
            model[key] = value
        case "pop":
            assert cow.pop(key) == model.pop(key, None)
        case "update":
            cow.update({key: value, key + 1: value})
            model.update({key: value, key + 1: value})
        case _:
            cow.clear()
            model.clear()


@given(OPERATIONS)
def test_behaves_like_a_dictionary_and_frozen_views_never_change(operations: list[tuple[str, int, int]]) -> None:
    cow: CowDict[int, int] = CowDict()
    model: dict[int, int] = {}
    kept: list[tuple[FrozenMap[int, int], dict[int, int]]] = []
    seen: dict[int, dict[int, int]] = {}
    for name, key, value in operations:
        if name == "freeze":
            kept.append((cow.freeze(), dict(model)))
        elif name == "thaw":
            if kept:
                frozen, content = kept[key % len(kept)]
                cow.thaw(frozen)
                model = dict(content)
        else:
            apply(name, key, value, cow, model)
        assert dict(cow.items()) == model
        assert seen.setdefault(cow.token, dict(model)) == model
        assert all(dict(frozen) == content for frozen, content in kept)


def test_freezing_shares_until_the_first_write() -> None:
    cow = CowDict({"a": 1})
    frozen = cow.freeze()
    assert cow.freeze() is frozen
    other = CowDict(frozen)
    assert other.token == cow.token
    other["a"] = 2
    assert (cow["a"], other["a"], frozen["a"]) == (1, 2, 1)
    assert other.token != cow.token
    assert cow.freeze() is frozen


def test_reading_is_no_write() -> None:
    cow = CowDict({"a": 1, "b": 2})
    before = cow.token
    assert (cow.get("a"), cow.get("x"), cow.get("x", 7), "b" in cow, len(cow)) == (1, None, 7, True, 2)
    assert (list(cow), list(cow.keys()), list(cow.values())) == (["a", "b"], ["a", "b"], [1, 2])
    assert cow.pop("missing") is None
    cow.update({})
    assert cow.token == before
    assert repr(cow) == "CowDict({'a': 1, 'b': 2})"
    assert repr(cow.freeze()) == "FrozenMap({'a': 1, 'b': 2})"


def test_deleting_what_is_missing_raises() -> None:
    cow: CowDict[str, int] = CowDict()
    with pytest.raises(KeyError):
        del cow["a"]
    cow.set("a", 1)
    del cow["a"]
    assert len(cow) == 0


def test_what_crosses_a_pickle_gets_new_tokens() -> None:
    frozen = CowDict({"a": 1}).freeze()
    for other in (pickle.loads(pickle.dumps(frozen)), copy.deepcopy(frozen)):
        assert dict(other) == {"a": 1}
        assert other.token != frozen.token
    assert next(TOKENS) > frozen.token
