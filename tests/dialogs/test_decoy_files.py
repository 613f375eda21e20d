"""The decoy's files: one book for all regions, what a region has of its own, and a deployment's own in their place."""

import shutil
from pathlib import Path

import pytest

from dialogs.bundle import Decoy
from dialogs.decoy_files import LABELS
from dialogs.region import BrokenRegionError, read_region
from tests.dialogs.ground import REGIONS, region


@pytest.fixture
def regions(tmp_path: Path) -> Path:
    for name in ("bukhara", "national"):
        shutil.copytree(REGIONS / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    (folder / "decoy").mkdir(parents=True)
    return folder


def reads(regions: Path, language: str, private: Path | None = None) -> Decoy:
    return read_region(regions / "bukhara", private).decoy(language)


def written(regions: Path, language: str, name: str) -> str:
    """The national book in other hands: its name replaced."""
    text = (regions / "national" / "decoy" / f"{language}.toml").read_text("utf-8")
    shipped = region().decoy(language).name
    assert f'"{shipped}"' in text
    return text.replace(f'"{shipped}"', f'"{name}"', 1)


def titles(decoy: Decoy) -> list[str]:
    return [dish.title for dish in decoy.dishes]


def test_each_region_has_the_national_book_and_dishes_of_its_own() -> None:
    bukhara, samarqand = (region(name).decoy("en") for name in ("bukhara", "samarqand"))
    shared = set(titles(bukhara)) & set(titles(samarqand))
    assert len(shared) == 30
    assert {"Oshi sofi, layered plov", "Yakhni, cold sliced meat"} <= set(titles(bukhara)) - shared
    assert {"Samarkand plov", "Samarkand bread"} <= set(titles(samarqand)) - shared
    assert bukhara.about[0] != samarqand.about[0]
    assert bukhara.about[1:] == samarqand.about[1:]


def test_the_dishes_stand_kind_by_kind_and_the_regions_own_come_first() -> None:
    book = region().decoy("uz")
    order = list(book.kinds)
    assert [order.index(dish.kind) for dish in book.dishes] == sorted(order.index(dish.kind) for dish in book.dishes)
    assert titles(book)[:3] == ["Oshi sofi", "Baxsh, yashil palov", "Palov"]


def test_a_region_of_no_book_of_its_own_has_the_national_one(regions: Path) -> None:
    shutil.rmtree(regions / "bukhara" / "decoy")
    assert len(reads(regions, "tg").dishes) == 30


def test_a_region_without_a_decoy_is_refused(regions: Path) -> None:
    for name in ("bukhara", "national"):
        shutil.rmtree(regions / name / "decoy")
    with pytest.raises(BrokenRegionError, match="no decoy"):
        read_region(regions / "bukhara")


def test_a_deployments_own_decoy_stands_alone_in_its_language(regions: Path, private: Path) -> None:
    (private / "decoy" / "ru.toml").write_text(written(regions, "ru", "Погода и сад"), "utf-8")
    book = reads(regions, "ru", private)
    assert book.name == "Погода и сад"
    assert "Оши софи, плов слоями" not in titles(book), "the shipped region's dishes would give the book away"
    assert reads(regions, "uz", private).name == "Uy taomlari"


def test_a_deployments_own_exit_words_replace_the_examples(regions: Path, private: Path) -> None:
    own = 'uz = ["moshxoʻrda"]\nru = ["мошхурда"]\nen = ["mastava"]\nkaa = ["shúshpara"]\ntg = ["тушбера"]\n'
    (private / "exit.toml").write_text(own, "utf-8")
    words = read_region(regions / "bukhara", private).exit_words()
    assert words == {"moshxorda", "moshxurda", "mastava", "shushpara", "tushbera"}


def test_uzbek_cyrillic_is_made_from_the_deployments_own_uzbek_decoy(regions: Path, private: Path) -> None:
    (private / "decoy" / "uz.toml").write_text(written(regions, "uz", "Bogʻ va ob-havo"), "utf-8")
    book = reads(regions, "uz_Cyrl", private)
    assert (book.name, book.tongue) == ("Боғ ва об-ҳаво", "Ўзбекча")
    assert book.exit_words == ("чалоп",)
    assert titles(book)[:3] == ["Палов", "Шавла", "Мошкичири"]
    assert book.labels["portions"] == "Порция"
    assert [len(dish.needs) for dish in book.dishes] == [
        len(dish.needs) for dish in reads(regions, "uz", private).dishes
    ]


def test_a_decoy_of_its_own_in_uzbek_cyrillic_is_taken_as_it_is(regions: Path, private: Path) -> None:
    (private / "decoy" / "uz_Cyrl.toml").write_text(written(regions, "uz", "Боғ"), "utf-8")
    assert reads(regions, "uz_Cyrl", private).name == "Боғ"


def test_exit_words_of_their_own_serve_uzbek_cyrillic(regions: Path, private: Path) -> None:
    (private / "exit.toml").write_text('uz_Cyrl = ["мошхўрда"]\n', "utf-8")
    assert reads(regions, "uz_Cyrl", private).exit_words == ("мошхўрда",)


def test_a_reader_signs_in_the_file_and_the_letters_made_from_it_need_their_own(regions: Path) -> None:
    assert not any(book.reviewed_by for book in region().decoys.values()), "nobody has read it yet"
    file = regions / "national" / "decoy" / "uz.toml"
    signed = file.read_text("utf-8").replace('reviewed_by = ""', 'reviewed_by = "A Reader, 2026"', 1)
    file.write_text(signed, "utf-8")
    assert reads(regions, "uz").reviewed_by == "A Reader, 2026"
    assert reads(regions, "uz_Cyrl").reviewed_by == ""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("exit_words", "exit_word", "uz.toml: exit_word: unknown key"),
        ('exit_words = ["chalop"]', "exit_words = []", "uz.toml: exit_words"),
        ('exit_words = ["chalop"]', 'exit_words = ["..."]', "uz.toml: dish, exit_words"),
        ('list = "Barcha taomlar"\n', "", "uz.toml: labels.list"),
        ('list = "Barcha taomlar"', 'lists = "Barcha taomlar"', "uz.toml: labels.lists: unknown key"),
        ('kind = "rice"', 'kind = "rise"', r"uz.toml: dish\[1\].kind: 'rise' is not one of rice, soup"),
        ('rice = "Palov va guruch"', 'rice = ""', "uz.toml: kinds.rice"),
        ("steps = [", "step = [", r"uz.toml: dish\[1\].step: unknown key"),
        ("needs = [", "needs = []\nalso = [", r"uz.toml: dish\[1\].needs|uz.toml: cannot be read"),
    ],
)
def test_a_broken_book_is_refused_with_its_name_and_key(regions: Path, old: str, new: str, named: str) -> None:
    file = regions / "national" / "decoy" / "uz.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BrokenRegionError, match=named):
        read_region(regions / "bukhara")


def test_every_label_of_the_book_is_said_in_every_language() -> None:
    assert all(set(book.labels) == set(LABELS) for book in region().decoys.values())
