"""Events: who hears what, and which events of clients are refused."""

from __future__ import annotations

import json

import pytest

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.errors import BadRequest
from adrastea.server.event_bus import CONTENTS, GATEWAY, KERNELS, Events

FILE: JsonObject = {"action": "get", "path": "a.txt"}
KERNEL: JsonObject = {"action": "restart", "kernel_id": "k", "msg": "m", "status": "success"}


def event(schema_id: JsonValue, data: JsonValue, version: JsonValue = "1") -> JsonObject:
    return {"schema_id": schema_id, "version": version, "data": data}


def test_everybody_who_listens_hears_an_event_with_its_schema() -> None:
    events, first, second = Events(), list[str](), list[str]()
    events.join(first.append)
    events.join(second.append)

    events.file("rename", "b", "a")
    events.leave(second.append)
    events.file("delete", "ä")

    assert [json.loads(text) for text in first] == [
        {"schema_id": CONTENTS, "action": "rename", "path": "b", "source_path": "a"},
        {"schema_id": CONTENTS, "action": "delete", "path": "ä"},
    ]
    assert second == first[:1]


@pytest.mark.parametrize(
    ("schema_id", "data"),
    [
        (CONTENTS, FILE),
        (CONTENTS, {**FILE, "more": [1]}),
        (KERNELS, KERNEL),
        (KERNELS, {"action": "start", "msg": "m", "status": "error", "status_code": 500}),
        (KERNELS, {"action": "start", "msg": "m"}),
        (GATEWAY, {"status": "error", "msg": "m", "status_code": 1.5, "gateway_url": "u"}),
    ],
)
def test_an_event_of_a_client_that_fits_is_told_as_it_is(schema_id: str, data: JsonObject) -> None:
    events, heard = Events(), list[str]()
    events.join(heard.append)

    events.take({**event(schema_id, data), "timestamp": "2022-05-26T13:50:00+05:00Z"})

    assert [json.loads(text) for text in heard] == [{"schema_id": schema_id, **data}]


def test_an_event_cannot_be_told_in_the_name_of_another() -> None:
    events, heard = Events(), list[str]()
    events.join(heard.append)

    events.take(event(CONTENTS, {**FILE, "schema_id": KERNELS}))

    assert json.loads(heard[0])["schema_id"] == CONTENTS


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, "schema_id"),
        ({"schema_id": CONTENTS, "version": "1"}, "data"),
        ({"schema_id": CONTENTS, "data": FILE}, "version"),
        (event("gone", FILE), "no event 'gone'"),
        (event(1, FILE), "schema_id"),
        (event(CONTENTS, FILE, "2"), "version"),
        (event(CONTENTS, FILE, [[]]), "version"),
        (event(CONTENTS, [FILE]), "data"),
        (event(CONTENTS, {"action": "get"}), "'path' is missing"),
        (event(CONTENTS, {"action": "eat", "path": "a"}), "'action'"),
        (event(CONTENTS, {"action": ["get"], "path": "a"}), "'action'"),
        (event(CONTENTS, {"action": "get", "path": 1}), "'path'"),
        (event(KERNELS, {**KERNEL, "status_code": True}), "'status_code'"),
        (event(KERNELS, {"action": "restart", "msg": "m"}), "'kernel_id' is missing"),
        (event(KERNELS, {"action": "start", "msg": "m", "status": "success"}), "'kernel_id' is missing"),
        ({**event(CONTENTS, FILE), "timestamp": "now"}, "timestamp"),
        ({**event(CONTENTS, FILE), "timestamp": "2022-05-26T13:50:00Z"}, "timestamp"),
    ],
)
def test_an_event_that_does_not_fit_is_refused_and_not_told(said: JsonObject, why: str) -> None:
    events, heard = Events(), list[str]()
    events.join(heard.append)

    with pytest.raises(BadRequest, match=why):
        events.take(said)

    assert heard == []
