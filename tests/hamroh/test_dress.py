"""The bots' public faces: shown without a call, put on per language, and giving nothing away."""

import aiohttp
import pytest

from dialogs.deny import telltales
from hamroh.dress import main, staff_faces, survivor_faces
from post.profile import NAME, Face, NotDressedError, dress
from practice.server import serve
from tests.dialogs.ground import deny, region
from tests.hotline import TOKENS

SURVIVORS = TOKENS["survivors"]


def test_no_face_of_the_survivors_bot_holds_a_telltale_word() -> None:
    for face in survivor_faces(region()):
        said = " ".join((face.name, face.description, face.short, *(says for _, says in face.commands)))
        assert list(telltales(said, face.language or "uz", deny())) == []
        assert face.faults() == ()


def test_the_staffs_face_names_no_service() -> None:
    for face in staff_faces():
        assert "violence" not in f"{face.name} {face.description}".casefold()
        assert face.faults() == ()


def test_a_face_too_long_for_telegram_is_a_fault() -> None:
    face = Face("", "x" * (NAME + 1), "", "", ())
    assert face.faults() == ("the name in the default language is over 64 characters",)


async def test_the_faces_are_put_on_in_every_language() -> None:
    telegram = await serve("127.0.0.1", 0)
    telegram.add_bot(SURVIVORS, "cooking_test_bot", "as it was")
    faces = survivor_faces(region())
    try:
        assert await dress(telegram.base_url, SURVIVORS, faces) == 4 * len(faces)
        async with aiohttp.ClientSession() as session:
            url = f"{telegram.base_url}/bot{SURVIVORS}"
            async with session.get(f"{url}/getMyName", params={"language_code": "ru"}) as answer:
                assert (await answer.json())["result"]["name"] == region().decoy("ru").name
            async with session.get(f"{url}/getMyCommands", params={"language_code": "en"}) as answer:
                assert [row["command"] for row in (await answer.json())["result"]] == ["start"]
        with pytest.raises(NotDressedError, match="setMyName"):
            await dress(telegram.base_url, f"1:{'x' * 35}", faces)
    finally:
        await telegram.close()


def test_a_dry_run_shows_the_faces_and_calls_nobody(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMROH_TELEGRAM_API", "http://127.0.0.1:9")
    assert main(["--dry-run"]) == 0
    assert region().decoy("ru").name in capsys.readouterr().out
