"""What a notebook's metadata say about the kernel that ran it: `kernelspec` and `language_info`. Pure.

Other programs need both: JupyterLab to choose the kernel, nbconvert and code hosts to colour and to export the code.

Source of truth: https://nbformat.readthedocs.io/en/latest/format_description.html#notebook-metadata
"""

from __future__ import annotations

from collections.abc import Mapping

from adrastea.documents.notebook import JsonObject, JsonValue
from adrastea.kernels.kernelspec import KernelSpec


def kernel_name(metadata: JsonObject) -> str | None:
    """The name of the kernelspec that the notebook asks for; None when it names none."""
    kernelspec = metadata.get("kernelspec")
    name = kernelspec.get("name") if isinstance(kernelspec, Mapping) else None
    return name if isinstance(name, str) and name else None


def noted(metadata: JsonObject, spec: KernelSpec, language_info: JsonObject | None) -> JsonObject | None:
    """The metadata with this kernel in them, None when it is there already.

    `language_info` is the kernel's own; None while it is not known: then that of another language is left out.
    """
    after: dict[str, JsonValue] = dict(metadata)
    if kernel_name(metadata) != spec.name:
        after["kernelspec"] = {"display_name": spec.display_name, "language": spec.language, "name": spec.name}
    if language_info is not None:
        after["language_info"] = dict(language_info)
    elif _language(metadata) not in {None, spec.language.lower()}:
        del after["language_info"]
    if after == dict(metadata):
        return None
    was_sorted = list(metadata) == sorted(metadata)  # as Jupyter writes them
    return dict(sorted(after.items())) if was_sorted else after


def _language(metadata: JsonObject) -> str | None:
    info = metadata.get("language_info")
    name = info.get("name") if isinstance(info, Mapping) else None
    return name.lower() if isinstance(name, str) else None
