"""`hamroh docs --pictures`: a short scene on the three phones in each language, photographed in a real browser."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialogs.words import Catalogs, load
from hamroh.phones import SURVIVOR, SURVIVORS_BOT, phones_of
from hamroh.places import LOCALES, region_of
from hamroh.png import shrunk
from hamroh.practice import SHELTER, Practice, enrol, processes, set_up_practice
from practice.phone import Phone

LANGUAGES: Final = ("en", "ru", "uz")
_SIZE: Final = {"width": 1366, "height": 840, "deviceScaleFactor": 1, "mobile": False}
_CALM: Final = {
    "features": [
        {"name": "prefers-color-scheme", "value": "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
}
_FLAGS: Final = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-sync", "--disable-background-networking")
_WITHIN: Final = 20.0  # seconds that a busy machine may take for a step

# Her way from the first word to the queue: what stands on the screen, and what is tapped under it.
_WAY: Final = (
    ("greet", "language.{}"),
    ("safe_now", "yes"),
    ("menu.need", "screening"),
    ("age", "yes"),
    ("whose", "partner"),
    ("begin.ask", "goon"),
    ("who.worse_6_months", "yes"),
    ("who.weapon", "nosay"),
    ("who.strangled", "yes"),
    ("doctor", "person"),
    ("consent", "agree"),
)


@dataclass(frozen=True, slots=True)
class Lines:
    """What the invented people of the scene say."""

    counsellor: str
    survivor: str
    proposal: str
    need: str


LINES: Final = {
    "en": Lines(
        "Hello. My name is not important, I am here to listen. Are you somewhere quiet?",
        "He is at work until six. I want to leave with the children.",
        "We can ask a safe house for a place for you and the children. You decide.",
        "a place for one woman and two children, from tonight",
    ),
    "ru": Lines(
        "Здравствуйте. Я здесь, чтобы выслушать. У вас сейчас есть спокойное место?",
        "Он на работе до шести. Хочу уйти с детьми.",
        "Мы можем спросить в приюте о месте для вас и детей. Решаете вы.",
        "место для одной женщины и двоих детей, с сегодняшнего вечера",
    ),
    "uz": Lines(
        "Assalomu alaykum. Men sizni eshitaman. Hozir tinch joydamisiz?",
        "U soat oltigacha ishda. Bolalar bilan ketmoqchiman.",
        "Siz va bolalar uchun xavfsiz uydan joy soʻrashimiz mumkin. Qaror sizniki.",
        "bir ayol va ikki bola uchun joy, bugun kechqurundan",
    ),
}


@dataclass(frozen=True, slots=True)
class _Scene:
    """The three phones, and the words of the language they speak."""

    survivor: Phone
    operator: Phone
    shelter: Phone
    words: Catalogs
    desk: Catalogs
    language: str

    def hers(self, key: str) -> str:
        return self.words.text(self.language, key.format(self.language)).split("{")[0]

    def theirs(self, key: str) -> str:
        return self.desk.text(self.language, key).split("{")[0].strip(" :")


async def _comes_to_a_person(scene: _Scene) -> None:
    await scene.operator.says("/duty")
    await scene.operator.sees(scene.theirs("duty.on"), within=_WITHIN)
    await scene.survivor.says("/start")
    for seen, tapped in _WAY:
        await scene.survivor.sees(scene.hers(seen), within=_WITHIN)
        await scene.survivor.taps(scene.hers(tapped), within=_WITHIN)
    await scene.survivor.sees(scene.hers("leave_msg"), within=_WITHIN)
    await scene.operator.taps(scene.desk.text(scene.language, "button.take"), within=_WITHIN)
    await scene.survivor.sees(scene.hers("person_in"), within=_WITHIN)


async def _talks(scene: _Scene, lines: Lines) -> None:
    await scene.operator.says(lines.counsellor)
    await scene.survivor.sees(lines.counsellor, within=_WITHIN)
    await scene.survivor.says(lines.survivor)
    await scene.operator.sees(lines.survivor, within=_WITHIN)
    await scene.operator.says(lines.proposal)
    await scene.survivor.sees(lines.proposal, within=_WITHIN)


async def _is_referred(scene: _Scene, lines: Lines) -> None:
    await scene.operator.says(f"/refer {SHELTER} {lines.need}")
    await scene.survivor.sees(scene.hers("referral.ask"), within=_WITHIN)
    await scene.survivor.taps(scene.hers("agree"), within=_WITHIN)
    await scene.shelter.sees(lines.need, within=_WITHIN)
    await scene.shelter.taps(scene.desk.text(scene.language, "button.ack"), within=_WITHIN)
    await scene.operator.sees(scene.theirs("refer.acknowledged"), within=_WITHIN)
    await scene.shelter.taps(scene.desk.text(scene.language, "button.accept"), within=_WITHIN)
    await scene.operator.sees(scene.theirs("refer.accepted"), within=_WITHIN)


def _browser_programs() -> tuple[str, str]:
    """The browser and its driver. Raises ConnectionError with a sentence where they are not."""
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        raise ConnectionError("no chromium and chromedriver here: `make browser` brings them")
    return browser, driver


@contextmanager
def _browser(profile: Path) -> Iterator[Any]:
    """A browser without a window."""
    browser, driver = _browser_programs()
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.binary_location = browser
    started = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield started
    finally:
        started.quit()


def _photographed(address: str, profile: Path, last: list[str]) -> bytes:
    """The page once it shows the last words of each phone, with what she has tapped open lying open."""
    from selenium.webdriver.support.wait import WebDriverWait

    with _browser(profile) as browser:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", _SIZE)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", _CALM)
        browser.get(address)
        shown = "return arguments[0].every(words => document.getElementById('phones').innerText.includes(words))"
        WebDriverWait(browser, _WITHIN).until(lambda page: page.execute_script(shown, last))
        browser.execute_script("document.querySelectorAll('#phone-survivor .spoiler.shut').forEach(one => one.click())")
        picture: bytes = browser.get_screenshot_as_png()
        return picture


async def _scene(practice: Practice, language: str, profile: Path) -> bytes:
    operator, shelter = await enrol(practice, (language,))
    survivor = await Phone.open(
        practice.telegram.base_url, bot=SURVIVORS_BOT, user_id=SURVIVOR, first_name="Survivor", language_code=language
    )
    practice.telegram.set_phones(phones_of(language, region_of(practice.settings).zone))
    scene = _Scene(survivor, operator, shelter, load(LOCALES), load(LOCALES, "staff"), language)
    lines = LINES[language]
    try:
        await _comes_to_a_person(scene)
        await _talks(scene, lines)
        await _is_referred(scene, lines)
        last = [lines.proposal, scene.theirs("refer.accepted"), lines.need]
        return await asyncio.to_thread(_photographed, practice.telegram.base_url, profile, last)
    finally:
        for phone in (survivor, operator, shelter):
            await phone.close()


async def _all(folder: Path, languages: tuple[str, ...]) -> None:
    for language in languages:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            async with set_up_practice(Path(place) / "data", 0) as practice, processes(practice):
                taken = await _scene(practice, language, Path(place) / "browser")
        path = folder / f"phones-{language}.png"
        small = shrunk(taken)
        await asyncio.to_thread(path.write_bytes, small)
        print(f"taken: {path.name}, {len(small) // 1024} KB")


def take(folder: Path, languages: tuple[str, ...] = LANGUAGES) -> int:
    """Take the pictures anew; raises ConnectionError with a sentence where no browser is."""
    _browser_programs()
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_all(folder, languages))
    return 0
