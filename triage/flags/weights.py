"""The trained numbers of the second reader, read from their file and looked at one by one."""

import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from triage.flags.reading import FLAGS
from triage.tables import BrokenTableError


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained numbers: of raising, of pairs of meanings (first, second), and of each flag once raised."""

    bias: float
    threshold: float
    raising: dict[str, float]
    pairs: dict[str, dict[str, float]]
    flag_bias: dict[str, float]
    flags: dict[str, list[tuple[str, float]]]  # feature -> (flag, weight)


def load_weights() -> Weights:
    """The weights that ship with the package; raises BrokenTableError with file and line."""
    return read_weights(files("triage.flags") / "weights.json")


def read_weights(file: Traversable) -> Weights:
    """The weights in one file, every number looked at; raises BrokenTableError with file and line."""
    try:
        text = file.read_bytes().decode()
        data = json.loads(text)
    except json.JSONDecodeError as broken:
        raise BrokenTableError(f"{file.name}:{broken.lineno}: not JSON: {broken.msg}") from None
    except UnicodeDecodeError as broken:
        line = broken.object[: broken.start].count(b"\n") + 1
        raise BrokenTableError(f"{file.name}:{line}: not UTF-8") from None
    if wrong := _fault(data):
        name, complaint = wrong
        at = text.find(json.dumps(name, ensure_ascii=False) + ":")  # the training writes one number a line
        line = text[: max(at, 0)].count("\n") + 1
        raise BrokenTableError(f"{file.name}:{line}: not what the training writes: {name!r} {complaint}")
    return _weights(data)


def _fault(data: Any) -> tuple[str, str] | None:
    """The first name in the file that is not as the training writes it, and what is wrong with it."""
    if isinstance(data, dict) and (unknown := sorted(data.keys() - {"bias", "threshold", "raising", "flags"})):
        return unknown[0], "is nothing we know"
    for key, kind in (("bias", float), ("threshold", float), ("raising", dict), ("flags", dict)):
        if not isinstance(data, dict) or not isinstance(data.get(key), kind):
            return key, f"is missing or no {kind.__name__}"
    for flag, known in data["flags"].items():
        if flag not in FLAGS or not isinstance(known, dict):
            return flag, "is no flag with its weights"
    for known in (data["raising"], *data["flags"].values()):
        for name, weight in known.items():
            if type(weight) not in (float, int):
                return name, "has no number"
            if name.startswith("p:") and name.count("+") != 1:
                return name, "is no pair of meanings"
    return None


def _weights(data: Any) -> Weights:
    pairs: dict[str, dict[str, float]] = {}
    for feature, weight in data["raising"].items():
        if feature.startswith("p:"):
            one, two = feature[2:].split("+")
            pairs.setdefault(one, {})[two] = weight
    flags: dict[str, list[tuple[str, float]]] = {}
    for flag, known in data["flags"].items():
        for feature, weight in known.items():
            flags.setdefault(feature, []).append((flag, weight))
    bias = dict(flags.pop("", []))
    return Weights(data["bias"], data["threshold"], data["raising"], pairs, bias, flags)
