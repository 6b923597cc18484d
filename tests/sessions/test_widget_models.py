"""The models of a kernel's widgets: states that change part by part, and a bound on all of them."""

from adrastea.protocol.comms import CommId
from adrastea.protocol.json_part import JsonValue
from adrastea.sessions.widget_models import WidgetModel, WidgetModels, buffers_of, parts_of

A, B, C = CommId("a"), CommId("b"), CommId("c")


def known(models: WidgetModels, comm: CommId) -> WidgetModel:
    model = models.get(comm)
    assert model is not None
    return model


def test_an_update_changes_its_parts_and_no_others() -> None:
    models = WidgetModels()
    models.open(A, {"value": 1, "max": 9}, {})

    models.update(A, {"value": 2}, {})

    assert known(models, A).state == {"value": 2, "max": 9}


def test_a_binary_part_replaces_the_one_before_it() -> None:
    models = WidgetModels()
    models.open(A, {"format": "png"}, {("value",): b"abc", ("others", 0): b"x"})

    models.update(A, {}, {("value",): b"defg"})

    assert known(models, A).buffers == {("value",): b"defg", ("others", 0): b"x"}


def test_a_part_that_is_binary_no_more_has_no_bytes() -> None:
    models = WidgetModels()
    models.open(A, {}, {("value",): b"abc"})

    models.update(A, {"value": None}, {})

    assert known(models, A) == WidgetModel({"value": None}, {}, size=8)


def test_an_update_of_an_unknown_model_is_nothing() -> None:
    models = WidgetModels()

    assert models.update(A, {"value": 1}, {}) == ()
    assert models.get(A) is None


def test_a_closed_model_is_remembered_by_its_id_until_it_opens_again() -> None:
    models = WidgetModels()
    models.open(A, {}, {})

    assert models.close(A)
    assert not models.close(A)
    assert list(models.closed) == [A]
    models.open(A, {}, {})
    assert not models.closed


def test_what_a_dead_kernel_s_widgets_showed_last_stays() -> None:
    models = WidgetModels()
    models.open(A, {"value": 1}, {})

    assert models.end() == (A,)
    assert models.end() == ()
    assert not known(models, A).alive
    assert known(models, A).state == {"value": 1}


def test_too_many_models_cost_the_dead_ones_first_and_then_the_oldest() -> None:
    models = WidgetModels(max_models=2)
    models.open(A, {}, {})
    models.end()
    models.open(B, {}, {})

    assert models.open(C, {}, {}) == (A,)
    assert models.open(A, {}, {}) == (B,)


def test_too_many_bytes_cost_the_oldest_but_never_the_newest() -> None:
    models = WidgetModels(max_bytes=100)
    models.open(A, {"text": "x" * 60}, {})
    models.open(B, {}, {})

    assert models.update(B, {}, {("value",): b"x" * 120}) == (A,)
    assert tuple(models) == (B,)


def test_sizes_come_back_to_nothing() -> None:
    model = WidgetModel().updated({"a": "xyz", "b": [1, {"k": "v"}]}, {("c",): b"12"})

    empty = model.updated({"a": "", "b": "", "c": ""}, {})

    assert model.size == 3 + 8 + 2 + 2
    assert empty.size == 0


def test_paths_that_make_no_sense_take_their_bytes_with_them() -> None:
    paths: JsonValue = [["value"], [], "value", [5], ["list", 0], ["x", None]]
    parts = [b"1", b"2", b"3", b"4", b"5", b"6", b"7"]

    found = buffers_of(paths, parts)

    assert found == {("value",): b"1", ("list", 0): b"5"}
    assert buffers_of(None, parts) == {}
    assert parts_of({"x": 1}, found) == {"x", "value", "list"}
