"""`hamroh practice`: one address, three phones, a second copy beside it, and Ctrl-C that leaves nothing behind."""

import os
import re
import signal
from pathlib import Path

import aiohttp

from tests.hamroh.program import Program, children, gone, program


async def address_of(practice: Program) -> str:
    """Where the phones are."""
    found = re.search(r"http://127\.0\.0\.1:\d+/", await practice.says("The phones are at"))
    assert found is not None
    await practice.says("Ctrl-C stops everything.")
    return found[0]


async def titles_on(address: str) -> list[str]:
    """Whose phones the page shows."""
    async with aiohttp.ClientSession() as http:
        async with http.get(address) as page:
            assert page.status == 200
            assert "text/html" in page.headers["Content-Type"]
        async with http.get(f"{address}practice/phones") as phones:
            return [phone["title"] for phone in await phones.json()]


async def test_two_copies_each_show_three_phones_at_an_address_of_their_own(tmp_path: Path) -> None:
    given = {"HAMROH_DATA_DIR": str(tmp_path)}
    async with (
        program("practice", "--port", "8137", environ=given) as first,
        program("practice", "--port", "8137", environ=given) as second,
    ):
        addresses = [await address_of(copy) for copy in (first, second)]
        assert addresses[0] != addresses[1]
        for address in addresses:
            assert await titles_on(address) == ["Jabrlanuvchi", "Operator", "Boshpana"]
        for copy in (first, second):
            processes = children(copy.pid).values()
            assert len(processes) == 3
            assert await copy.ends(signal.SIGINT) == 0
            await gone(*processes)
            assert copy.said.count("http://") == 1
            assert "Traceback" not in copy.said
    assert os.listdir(tmp_path) == []


async def test_a_language_that_nobody_speaks_here_is_refused(tmp_path: Path) -> None:
    async with program("practice", "--language", "xx", environ={"HAMROH_DATA_DIR": str(tmp_path)}) as practice:
        assert await practice.ends() == 2
    assert "invalid choice: 'xx'" in practice.said
    assert os.listdir(tmp_path) == []
