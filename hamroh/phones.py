"""The three phones of a practice: who holds them, what stands over them, and how the bots on them are dressed."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from dialogs.bundle import Region
from hamroh.dress import staff_faces, survivor_faces
from post.profile import dress
from vault.settings import Settings

SURVIVORS_BOT: Final = "hamroh_cooking_bot"
STAFF_BOT: Final = "hamroh_desk_bot"
# The people of the phones page, plainly invented.
SURVIVOR, OPERATOR, SHELTER_WORKER = 1001, 2001, 3001

_HOLDERS: Final = (
    ("survivor", SURVIVOR, SURVIVORS_BOT),
    ("operator", OPERATOR, STAFF_BOT),
    ("shelter", SHELTER_WORKER, STAFF_BOT),
)
_TITLES: Final = {
    "en": ("Survivor", "Operator", "Shelter"),
    "ru": ("Пострадавшая", "Оператор", "Шелтер"),
    "uz": ("Jabrlanuvchi", "Operator", "Boshpana"),
}


def phones_of(language: str, zone: ZoneInfo) -> list[dict[str, Any]]:
    """The phones as the page draws them: the clock on each is the region's, as on a phone that is there."""
    titles = _TITLES.get(language, _TITLES["en"])
    return [
        {"id": name, "title": title, "user_id": user, "bot": bot, "time_zone": zone.key}
        for (name, user, bot), title in zip(_HOLDERS, titles, strict=True)
    ]


async def put_faces_on(settings: Settings, region: Region) -> None:
    """Dress both bots as `hamroh dress` does, so that a practice shows what a stranger would see."""
    for token, faces in ((settings.survivor_token, survivor_faces(region)), (settings.operator_token, staff_faces())):
        assert token is not None  # noqa: S101 - a practice makes both tokens itself
        await dress(settings.telegram_api, token, faces)
