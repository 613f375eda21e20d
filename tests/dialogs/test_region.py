"""Reading a region: the shipped bundles, a deployment's own folder over them, and refusals that name file and key."""

import datetime
import shutil
from pathlib import Path

import pytest

from dialogs.cyrillic import write
from dialogs.region import BrokenRegionError, read_region
from tests.dialogs.ground import REGIONS, region


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    for name in ("bukhara", "national"):
        shutil.copytree(REGIONS / name, tmp_path / name)
    return tmp_path / "bukhara"


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    (folder / "decoy").mkdir(parents=True)
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(("name", "districts"), [("bukhara", 13), ("samarqand", 16)])
def test_a_shipped_region_is_whole(name: str, districts: int) -> None:
    found = region(name)
    assert found.id == name
    assert len(found.districts) == districts
    assert set(found.decoys) == {"uz", "uz_Cyrl", "ru", "tg", "kaa", "en"}
    assert found.said() == {"police": "102", "ambulance": "103", "emergency": "112", "fire": "101", "trust": "1146"}


@pytest.mark.parametrize("name", ["bukhara", "samarqand"])
def test_district_ids_are_unique_and_named_in_three_scripts(name: str) -> None:
    found = region(name).districts
    assert len({district.id for district in found}) == len(found)
    assert all({"uz", "uz_Cyrl", "ru"} <= set(district.names) for district in found)


def test_the_pilot_of_bukhara_is_its_city_gijduvon_and_kogon() -> None:
    assert {d.id for d in region().districts if d.pilot} == {"bux-city", "bux-gijduvon", "bux-kogon"}


def test_a_district_to_be_abolished_still_routes() -> None:
    old = next(d for d in region("samarqand").districts if d.id == "sam-samarqand")
    known = {d.id for d in region("samarqand").districts}
    assert old.merged_into
    assert set(old.merged_into) <= known


@pytest.mark.parametrize("name", ["bukhara", "samarqand"])
def test_every_service_is_plainly_an_example_without_an_address_or_a_number(name: str) -> None:
    services = region(name).services
    known = {district.id for district in region(name).districts}
    assert {"safehouse", "health_medical", "police_security"} <= {service.kind for service in services}
    for service in services:
        assert service.practice
        assert "Example" in service.names["en"]
        assert set(service.districts) <= known
        assert not any(sign.isdigit() for sign in "".join(service.names.values()))


def test_a_number_that_nobody_has_dialled_is_not_said() -> None:
    assert region().numbers["family"].verdict == "check"
    assert "family" not in region().said()


def test_a_service_is_found_by_its_id_and_named_in_her_language() -> None:
    service = region().service("bux-shelter-a")
    assert service is not None
    assert service.name("en") == "Example shelter A (practice)"
    assert service.name("tg") == "Намуна: паноҳгоҳи А (машқ)"
    assert service.name("uz_Cyrl") == "Намуна бошпана А (машқ)"
    assert service.name("kk") == service.name("en")
    assert region().service("no-such") is None


def test_only_whole_languages_are_offered_in_the_regions_order() -> None:
    assert region().offered(("en", "ru", "uz")) == ("uz", "ru", "en")
    assert region().offered(("kaa",)) == ("kaa",)


TASHKENT = datetime.timezone(datetime.timedelta(hours=5))


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-24T03:00+05:00", "2026-11-24T09:00+05:00"),
        ("2026-11-24T09:00+05:00", "2026-11-24T16:00+05:00"),
        ("2026-11-24T12:30+00:00", "2026-11-25T09:00+05:00"),
        ("2026-12-31T23:30+05:00", "2027-01-01T09:00+05:00"),
    ],
)
def test_the_next_shift_is_the_next_beginning_in_local_time(now: str, begins: str) -> None:
    found = region().next_shift(datetime.datetime.fromisoformat(now))
    assert found == datetime.datetime.fromisoformat(begins)


def test_without_shifts_there_is_no_next_one(bundle: Path) -> None:
    (bundle / "roster.toml").write_text("", "utf-8")
    assert read_region(bundle).next_shift(datetime.datetime(2026, 11, 24, tzinfo=TASHKENT)) is None


@pytest.mark.parametrize("name", ["bukhara", "samarqand"])
def test_the_cyrillic_name_of_a_district_is_its_latin_one_in_other_letters(name: str) -> None:
    for district in region(name).districts:
        assert district.names["uz_Cyrl"] == write(district.names["uz"])


def test_a_deployments_sign_off_is_laid_over_a_number(bundle: Path, private: Path) -> None:
    signed = '[family]\nverdict = "ship"\nreviewed_by = "Example reviewer"\nreviewed_on = 2026-11-20\n'
    (private / "numbers.toml").write_text(signed, "utf-8")
    number = read_region(bundle, private).numbers["family"]
    assert number.ships
    assert number.number == "1259"
    assert number.reviewed_on == datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("region.toml", 'zone = "Asia/Tashkent"', 'zone = "Asia/Nowhere"', "region.toml: zone"),
        ("region.toml", 'languages = ["uz"', 'languages = ["xx"', "region.toml: languages"),
        ("region.toml", 'id = "bukhara"', "id = 7", "region.toml: id"),
        ("region.toml", 'id = "bukhara"', 'id = "bukhara"\nidd = "x"', "region.toml: idd: unknown key"),
        ("numbers.toml", "as_of = 2024-06-26", 'as_of = "then"', "numbers.toml: police.as_of"),
        ("numbers.toml", 'verdict = "ship"', 'verdict = "check"', "numbers.toml: police"),
        ("numbers.toml", "[trust]", "[trusted]", "numbers.toml: trust"),
        ("roster.toml", '"mon"', '"monday"', r"roster.toml: shift\[1\].days"),
        ("roster.toml", "starts = 09:00:00", "starts = 9", r"roster.toml: shift\[1\].starts"),
        ("directory.toml", 'kind = "safehouse"', 'kind = "hotel"', r"directory.toml: service\[1\].kind"),
        ("directory.toml", "always = true", 'always = "yes"', r"directory.toml: service\[1\].always"),
        ("districts.toml", "pilot = true", "pilot = true\nfoo = 1", r"districts.toml: district\[1\].foo"),
        ("districts.toml", "pilot = true", "valid_to = 1", r"districts.toml: district\[1\].valid_to"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_key(
    bundle: Path, file: str, old: str, new: str, named: str
) -> None:
    change(bundle / file, old, new)
    with pytest.raises(BrokenRegionError, match=named):
        read_region(bundle)


def test_a_file_that_is_missing_is_named(bundle: Path) -> None:
    (bundle / "numbers.toml").unlink()
    with pytest.raises(BrokenRegionError, match=r"numbers.toml: the file is missing"):
        read_region(bundle)


def test_a_file_that_is_no_toml_is_named(bundle: Path) -> None:
    (bundle / "roster.toml").write_text("[[shift\n", "utf-8")
    with pytest.raises(BrokenRegionError, match=r"roster.toml: cannot be read"):
        read_region(bundle)
