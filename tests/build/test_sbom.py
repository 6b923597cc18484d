"""The list of parts, held against CycloneDX's own schema."""

import json

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from build.archives import File
from build.components import Component, components
from build.product import load
from build.sbom import sbom

PRODUCT = load()
PARTS = components()
SCHEMA = JsonStrictValidator(SchemaVersion.V1_6)


def test_it_is_what_the_schema_asks_for() -> None:
    assert SCHEMA.validate_str(json.dumps(sbom(PRODUCT, PARTS, "0" * 64, (File("zmq.so", b"x"),)))) is None


def test_the_schema_would_notice_a_fault() -> None:
    broken = {**sbom(PRODUCT, PARTS, None), "components": [{"type": "thing"}]}

    assert SCHEMA.validate_str(json.dumps(broken)) is not None


def test_it_lists_every_part_once_and_says_that_the_program_needs_it() -> None:
    text = json.dumps(sbom(PRODUCT, PARTS, None))
    told = json.loads(text)

    assert [part["purl"] for part in told["components"]] == [part.purl for part in PARTS]
    assert told["dependencies"][0]["dependsOn"] == [part.purl for part in PARTS]


def test_it_is_the_same_each_time_and_another_for_another_program() -> None:
    assert sbom(PRODUCT, PARTS, "0" * 64) == sbom(PRODUCT, PARTS, "0" * 64)
    assert sbom(PRODUCT, PARTS, "0" * 64)["serialNumber"] != sbom(PRODUCT, PARTS, "1" * 64)["serialNumber"]


def test_a_licence_is_an_expression_where_it_is_one_and_words_where_not() -> None:
    parts = (
        Component("pypi", "a", "1", "MIT OR Apache-2.0"),
        Component("pypi", "b", "1", "BSD License"),
        Component("pypi", "c", "1", "unknown"),
    )
    told = json.loads(json.dumps(sbom(PRODUCT, parts, None)))

    assert [part["licenses"] for part in told["components"]] == [
        [{"expression": "MIT OR Apache-2.0"}],
        [{"license": {"name": "BSD License"}}],
        [],
    ]


def test_each_file_that_the_program_unpacks_is_there_with_its_sum() -> None:
    told = json.loads(json.dumps(sbom(PRODUCT, PARTS, "0" * 64, (File("zmq.so", b"x"),))))

    (file,) = told["metadata"]["component"]["components"]
    assert (file["name"], file["hashes"][0]["content"][:8]) == ("zmq.so", "2d711642")
