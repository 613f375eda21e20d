"""A screen of the book as an order carries it, and back."""

import json

from dialogs.check_decoy import screens
from dialogs.region import read_region
from hamroh.places import REGIONS
from triage.book import opened, written


def test_every_screen_of_the_book_comes_back_as_it_was_written() -> None:
    region = read_region(REGIONS / "bukhara")
    for code in region.decoys:
        for screen in screens(code, region):
            assert opened(json.loads(json.dumps(written(screen)))) == screen


def test_an_order_of_the_book_says_nothing_of_anybody() -> None:
    region = read_region(REGIONS / "bukhara")
    for screen in screens("en", region):
        assert set(written(screen)) == {"first", "body", "rows"}
