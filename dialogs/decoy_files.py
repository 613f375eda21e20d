"""The decoy's files: one a language, the book of all regions in `national` and a region's own dishes laid over it.

A file holds, at the top, `reviewed_by` (empty while no native reader has read it), `tongue`, `name`, `about`,
`nothing`, `exit_words`, `ideas` and perhaps `first_lines`; then the tables `labels` and `kinds`; then a `[[dish]]` for
each entry. A region's file may hold any part of it: a text replaces, a dish comes before the others of its kind.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from dialogs.bundle import Decoy, Dish
from dialogs.cyrillic import exceptions, write
from dialogs.letters import fold
from dialogs.toml import BrokenRegionError, Table, read_toml

LABELS: Final = (
    "list", "more", "earlier", "kinds", "settings", "about", "tongue", "page", "portions",
)  # fmt: skip
_KEYS: Final = (
    "reviewed_by", "tongue", "name", "about", "nothing", "exit_words", "ideas", "first_lines", "labels", "kinds",
    "dish",
)  # fmt: skip
_LATIN, _CYRILLIC = "uz", "uz_Cyrl"


def _dish(table: Table) -> Dish:
    table.only("title", "kind", "also", "needs", "steps")
    return Dish(
        table.text("title"),
        table.text("kind"),
        table.texts("also"),
        table.texts("needs", required=True),
        table.texts("steps", required=True),
    )


def _layer(file: Path) -> Table:
    table = read_toml(file)
    table.only(*_KEYS)
    return table


def _by_kind(layers: list[Table], kinds: Mapping[str, str]) -> tuple[Dish, ...]:
    """The dishes in the book's order: kind by kind, the region's own before the others."""
    dishes = []
    for table in chain.from_iterable(layer.tables("dish") for layer in reversed(layers)):
        dishes.append(_dish(table))
        if dishes[-1].kind not in kinds:
            raise table.wrong("kind", f"{dishes[-1].kind!r} is not one of {', '.join(kinds)}")
    order = list(kinds)
    return tuple(sorted(dishes, key=lambda dish: order.index(dish.kind)))


def _book(language: str, files: list[Path], exit_words: tuple[str, ...]) -> Decoy:
    layers = [_layer(file) for file in files]
    top = layers[-1]
    book = replace(top, data={name: value for layer in layers for name, value in layer.data.items()})
    labels, headings = book.table("labels"), book.table("kinds")
    labels.only(*LABELS)
    kinds = {name: headings.text(name) for name in headings.data}
    decoy = Decoy(
        language,
        book.text("tongue"),
        book.text("name"),
        book.texts("about", required=True),
        book.text("nothing"),
        {name: labels.text(name) for name in LABELS},
        kinds,
        book.texts("ideas", required=True),
        exit_words or book.texts("exit_words", required=True),
        book.texts("first_lines"),
        _by_kind(layers, kinds),
        book.text("reviewed_by", ""),
    )
    if not decoy.dishes or any(not fold(word) for word in decoy.exit_words):
        raise BrokenRegionError(f"{top.file}: dish, exit_words: a decoy has entries and readable exit words")
    return decoy


def _files(folder: Path, private: Path | None) -> Mapping[str, list[Path]]:
    """The files of each language, the later over the earlier; a deployment's own stands alone."""
    found: dict[str, list[Path]] = {}
    for place in (folder.parent / "national", folder):
        for file in sorted(place.glob("decoy/*.toml")):
            found.setdefault(file.stem, []).append(file)
    own = sorted(private.glob("decoy/*.toml")) if private else []
    return found | {file.stem: [file] for file in own}


def read_decoys(folder: Path, private: Path | None) -> Mapping[str, Decoy]:
    """The decoy of a region in each language, with a deployment's own files in place of the shipped ones.

    Uzbek Cyrillic is made from the Uzbek where it has none of its own. `exit.toml` of the private folder holds exit
    words by language.
    """
    files = _files(folder, private)
    own_words = read_toml(private / "exit.toml") if private and (private / "exit.toml").exists() else None
    words = {code: own_words.texts(code, required=True) for code in own_words.data} if own_words else {}
    decoys = {code: _book(code, paths, words.get(code, ())) for code, paths in files.items()}
    if _LATIN in decoys and _CYRILLIC not in decoys:
        decoys[_CYRILLIC] = in_cyrillic(decoys[_LATIN], words.get(_CYRILLIC, ()))
    if not decoys:
        raise BrokenRegionError(f"{folder / 'decoy'}: no decoy in any language")
    return decoys


def _all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(write(text) for text in texts)


def _each(texts: Mapping[str, str]) -> Mapping[str, str]:
    return {name: write(text) for name, text in texts.items()}


def in_cyrillic(decoy: Decoy, exit_words: tuple[str, ...] = ()) -> Decoy:
    """An Uzbek decoy in Cyrillic letters, with exit words of its own where there are some."""
    return Decoy(
        _CYRILLIC,
        write(decoy.tongue),
        write(decoy.name),
        _all(decoy.about),
        write(decoy.nothing),
        _each(decoy.labels),
        _each(decoy.kinds),
        _all(decoy.ideas),
        exit_words or _all(decoy.exit_words),
        _all(decoy.first_lines),
        tuple(
            Dish(write(dish.title), dish.kind, _all(dish.also), _all(dish.needs), _all(dish.steps))
            for dish in decoy.dishes
        ),
        decoy.reviewed_by and exceptions().reviewed_by,
    )
