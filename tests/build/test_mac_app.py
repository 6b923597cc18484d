"""The application for macOS: its layout, and what is run to sign and pack it."""

import plistlib
from pathlib import Path

import pytest

from build.console import SetupFailed
from build.mac_app import NOTEBOOK_UTI, bundle, image, info, stage, steps
from build.product import SPEC, load

PRODUCT = load()
SIGNED = {"ADRASTEA_SIGN_IDENTITY": "Developer ID Application: X (ABC)"}
NOTARISED = {
    **SIGNED,
    "ADRASTEA_NOTARY_KEY": "/k.p8",
    "ADRASTEA_NOTARY_KEY_ID": "KEY",
    "ADRASTEA_NOTARY_ISSUER": "ISSUER",
}


def commands(environ: dict[str, str]) -> list[str]:
    tasks = steps(PRODUCT, Path("Adrastea.app"), Path("a.dmg"), environ)
    return [" ".join(map(str, task.command)) for task in tasks]


def test_the_bundle_has_every_file_that_its_list_of_properties_names() -> None:
    files = {file.path: file for file in bundle(PRODUCT, b"program")}
    told = plistlib.loads(files["Contents/Info.plist"].data)

    assert files[f"Contents/MacOS/{told['CFBundleExecutable']}"].mode == 0o755
    assert f"Contents/Resources/{told['CFBundleIconFile']}.icns" in files
    assert f"Contents/Resources/{told['CFBundleDocumentTypes'][0]['CFBundleTypeIconFile']}.icns" in files
    assert told["LSMinimumSystemVersion"] == PRODUCT.oldest_macos
    assert told["NSHighResolutionCapable"] is True


def test_notebooks_are_a_type_that_it_edits_without_owning_them() -> None:
    told = plistlib.loads(plistlib.dumps(info(PRODUCT)))
    document, declared = told["CFBundleDocumentTypes"][0], told["UTImportedTypeDeclarations"][0]

    assert document["LSItemContentTypes"] == [NOTEBOOK_UTI] == [declared["UTTypeIdentifier"]]
    assert (document["CFBundleTypeRole"], document["LSHandlerRank"]) == ("Editor", "Alternate")
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["ipynb"]


def test_the_image_shows_the_application_and_where_to_drag_it(tmp_path: Path) -> None:
    app = stage(PRODUCT, b"program", tmp_path / "stage")

    assert {path.name for path in app.parent.iterdir()} == {"Adrastea.app", "Applications"}
    assert (app.parent / "Applications").readlink() == Path("/Applications")
    assert (app / "Contents" / "MacOS" / "adrastea").read_bytes() == b"program"


def test_without_an_identity_the_signature_is_ad_hoc_and_nothing_is_sent() -> None:
    said = commands({})

    assert said[0].startswith("codesign --force --sign - ")
    assert not [line for line in said if "notarytool" in line or "--timestamp" in line]


def test_with_an_identity_it_is_hardened_and_has_a_timestamp() -> None:
    sign = commands(SIGNED)[0]

    assert "--timestamp --options runtime --entitlements" in sign
    assert plistlib.loads((SPEC / "macos" / "entitlements.plist").read_bytes())


def test_with_a_key_the_image_is_notarised_and_stapled_last() -> None:
    said = commands(NOTARISED)

    assert [line.split()[1] for line in said[-2:]] == ["notarytool", "stapler"]
    assert "--key /k.p8 --key-id KEY --issuer ISSUER" in said[-2]


@pytest.mark.parametrize("missing", list(NOTARISED))
def test_half_a_key_is_refused(missing: str) -> None:
    with pytest.raises(SetupFailed, match="Notarising needs"):
        commands({name: value for name, value in NOTARISED.items() if name != missing})


def test_the_image_is_named_by_version_and_processor() -> None:
    assert image(PRODUCT, Path("dist"), "arm64").name == f"adrastea-{PRODUCT.version}-macos-arm64.dmg"
