"""The phones page in a real browser: live, usable by keyboard, and as discreet as a phone."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from practice.phone import Phone
from practice.server import Running

pytestmark = pytest.mark.browser

BROWSER, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1366,900",
)
SURVIVOR, SHELTER = 4_998_001, 4_998_003
WAIT = 10.0  # seconds a browser may take on a busy machine


class Window:
    """The page with a person in front. WebDriver blocks, so each act runs in a thread beside the server's loop."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    async def do(self, act: Callable[[webdriver.Chrome], Any]) -> Any:
        return await asyncio.to_thread(act, self.driver)

    async def finds(self, selector: str, text: str = "") -> WebElement:
        """The newest element of this kind that shows these words, once it is there."""
        found: WebElement = await self._until(lambda _: self._newest(selector, text), f"{selector} with {text!r}")
        return found

    async def loses(self, selector: str, text: str) -> None:
        await self._until(lambda _: self._newest(selector, text) is None, f"{selector} without {text!r}")

    async def click(self, selector: str, text: str = "") -> None:
        await self._to_newest(selector, text, lambda node: node.click())

    async def types(self, selector: str, *keys: str) -> None:
        await self._to_newest(selector, "", lambda node: node.send_keys(*keys))

    def _newest(self, selector: str, text: str) -> WebElement | None:
        shown = [node for node in self.driver.find_elements(By.CSS_SELECTOR, selector) if node.is_displayed()]
        return next((node for node in reversed(shown) if text in node.text), None)

    async def _to_newest(self, selector: str, text: str, act: Callable[[WebElement], None]) -> None:
        def look(driver: webdriver.Chrome) -> bool:
            node = self._newest(selector, text)
            if node is not None:
                act(node)
            return node is not None

        await self._until(look, f"{selector} with {text!r}")

    async def _until(self, look: Callable[[webdriver.Chrome], Any], named: str) -> Any:
        # A live page may draw an element anew between the look and the act: then both are done again.
        waiting = WebDriverWait(self.driver, WAIT, 0.05, [StaleElementReferenceException])
        try:
            return await self.do(lambda _: waiting.until(look))
        except TimeoutException:
            raise AssertionError(f"the page does not show {named}") from None

    async def runs(self, script: str) -> Any:
        return await self.do(lambda driver: driver.execute_script(script))


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    for program in (BROWSER, DRIVER):
        if not os.access(program, os.X_OK):
            pytest.skip(f"no {program}: the page is not tried in a real browser (make browser brings it)")
    options = webdriver.ChromeOptions()
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.binary_location = str(BROWSER)
        started = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
        yield started
        started.quit()


@pytest.fixture
async def window(driver: webdriver.Chrome, running: Running) -> AsyncIterator[Window]:
    running.set_phones(
        [
            {"id": "survivor", "title": "Survivor", "user_id": SURVIVOR, "bot": "yulduz_bot", "language_code": "uz"},
            {"id": "operator", "title": "Operator", "user_id": 4_998_002, "bot": "navbat_bot", "language_code": "ru"},
            {"id": "shelter", "title": "Shelter", "user_id": SHELTER, "bot": "navbat_bot", "language_code": "uz"},
        ]
    )
    window = Window(driver)
    await window.do(lambda driver: driver.get(running.base_url))
    await window.finds(".phone .name")
    yield window
    log = await window.do(lambda driver: driver.get_log("browser"))  # type: ignore[no-untyped-call]
    assert [entry["message"] for entry in log if entry["level"] == "SEVERE"] == []


@pytest.fixture
async def hers(window: Window, running: Running, http: Any) -> Phone:
    """The same phone from the side of the tests, started and empty but for /start."""
    phone = await Phone.open(running.base_url, bot="yulduz_bot", user_id=SURVIVOR, session=http)
    await phone.unblocks()
    await phone.deletes_chat()
    await phone.start()
    await window.finds("#phone-survivor .bubble", "/start")
    return phone


def keys(*labels: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=label, callback_data=label) for label in labels]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_three_phones_stand_side_by_side_on_a_laptop(window: Window) -> None:
    titles = await window.runs("return [...document.querySelectorAll('.phone .title')].map(n => n.textContent)")
    assert titles == ["Survivor", "Operator", "Shelter"]
    await window.do(
        lambda driver: driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1366, "height": 768, "deviceScaleFactor": 1, "mobile": False},
        )
    )
    boxes = await window.runs(
        "return [...document.querySelectorAll('.phone')].map(n => n.getBoundingClientRect().toJSON())"
    )
    assert len({box["top"] for box in boxes}) == 1
    assert all(box["bottom"] <= 768 and box["right"] <= 1366 and box["width"] >= 380 for box in boxes)


async def test_a_new_phone_shows_start_and_starting_by_keyboard_opens_the_composer(
    window: Window, ptb: Any, running: Running
) -> None:
    await window.finds("#phone-shelter .wide", "BOSHLASH")
    await window.types("#phone-shelter .wide", Keys.ENTER)
    await window.finds("#phone-shelter .bubble", "/start")
    await window.finds("#phone-shelter .text")
    assert (await ptb.get_updates(timeout=5))[-1].message.text == "/start"


async def test_words_typed_and_sent_with_enter_reach_the_bot(window: Window, hers: Phone, aio: Bot) -> None:
    await window.types("#phone-survivor .text", "Yo‘q, u shu yerda", Keys.ENTER)
    await window.finds("#phone-survivor .mine .bubble", "Yo‘q, u shu yerda")
    message = (await aio.get_updates(timeout=5))[-1].message
    assert message is not None
    assert message.text == "Yo‘q, u shu yerda"


async def test_messages_edits_and_deletions_come_live(window: Window, hers: Phone, aio: Bot) -> None:
    sent = await aio.send_message(hers.user_id, "Birinchi so‘z", reply_markup=keys("Ha"))
    await window.finds("#phone-survivor .bubble", "Birinchi so‘z")
    await aio.edit_message_text("Ob-havo: quyoshli", chat_id=hers.user_id, message_id=sent.message_id)
    bubble = await window.finds("#phone-survivor .bubble", "Ob-havo: quyoshli")
    assert "tahrirlandi" in await window.do(lambda _: bubble.text)
    await aio.delete_message(hers.user_id, sent.message_id)
    await window.loses("#phone-survivor .bubble", "Ob-havo")


async def test_a_button_is_pressed_and_its_answer_shown(window: Window, hers: Phone, aio: Bot) -> None:
    await aio.get_updates(offset=-1)
    await aio.send_message(hers.user_id, "Xavfsizmi?", reply_markup=keys("Ha", "Yo‘q"))
    await window.click("#phone-survivor .buttons button", "Yo‘q")
    query = None
    while query is None:
        updates = await aio.get_updates(offset=-1, timeout=5)
        query = updates[-1].callback_query if updates else None
    assert query.data == "Yo‘q"
    await aio.answer_callback_query(query.id, text="Eshitdim", show_alert=True)
    await window.finds("#phone-survivor .alert p", "Eshitdim")
    await window.click("#phone-survivor .alert button")


async def test_a_spoiler_hides_from_eyes_and_ears_until_it_is_opened_by_key(
    window: Window, hers: Phone, aio: Bot
) -> None:
    await aio.send_message(hers.user_id, "Manzil: <tg-spoiler>bog‘ yonida</tg-spoiler>", parse_mode="HTML")
    notice = await window.finds("#phone-survivor .note-text", "Manzil:")
    assert "bog" not in await window.do(lambda _: notice.text)
    spoiler = await window.finds("#phone-survivor .spoiler.shut")
    color = await window.do(lambda _: spoiler.value_of_css_property("color"))
    assert color.replace(" ", "") == "rgba(0,0,0,0)"
    assert await window.do(lambda _: spoiler.accessible_name) == "yashirin matn, ko‘rsatish"
    await window.do(lambda _: spoiler.send_keys(Keys.ENTER))
    assert "shut" not in await window.do(lambda _: spoiler.get_attribute("class") or "")


async def test_own_words_are_edited_and_deleted_from_their_menu(window: Window, hers: Phone) -> None:
    await hers.says("Xato so‘z")
    await window.finds("#phone-survivor .mine .bubble", "Xato so‘z")
    menu = "#phone-survivor .line:last-child .own"
    await window.types(f"{menu} > summary", Keys.ENTER)
    await window.click(f"{menu} button", "Tahrirlash")
    await window.types("#phone-survivor .text", Keys.CONTROL + "a", Keys.NULL, "Yangi so‘z", Keys.ENTER)
    await window.finds("#phone-survivor .mine .bubble", "Yangi so‘z")
    await window.types(f"{menu} > summary", Keys.ENTER)
    await window.click(f"{menu} button", "Ikkala tomondan")
    await window.loses("#phone-survivor .bubble", "Yangi so‘z")


async def test_the_menu_changes_language_blocks_and_clears(window: Window, hers: Phone, aio: Bot) -> None:
    await window.click("#phone-survivor .phone-menu > summary")
    await window.types("#phone-survivor .language", "Р")
    await window.finds("#phone-survivor [data-do=block]", "Заблокировать")
    await window.click("#phone-survivor [data-do=block]")
    await window.finds("#phone-survivor .wide", "ПЕРЕЗАПУСТИТЬ")
    await window.click("#phone-survivor .wide")
    await window.finds("#phone-survivor .text")
    await window.click("#phone-survivor .phone-menu > summary")
    await window.click("#phone-survivor [data-do=clear]")
    await window.finds("#phone-survivor .wide", "НАЧАТЬ")
    kinds = [update.event_type for update in await aio.get_updates()]
    assert kinds.count("my_chat_member") >= 2
    await window.click("#phone-survivor .phone-menu > summary")
    await window.types("#phone-survivor .language", "O")
    await window.finds("#phone-survivor [data-do=clear]", "Chatni")


async def test_a_sound_and_a_picture_are_sent_from_the_phone(window: Window, hers: Phone, aio: Bot) -> None:
    await window.click("#phone-survivor .voice")
    await window.finds("#phone-survivor .voice-note")
    await window.click("#phone-survivor .attach > summary")
    await window.click("#phone-survivor [data-do=photo]")
    await window.finds("#phone-survivor .bubble img")
    kinds = [update.message.content_type for update in await aio.get_updates() if update.message]
    assert kinds[-2:] == ["voice", "photo"]


async def test_tab_walks_through_a_phone_and_the_focus_is_seen(window: Window, hers: Phone, aio: Bot) -> None:
    await aio.send_message(hers.user_id, "Tanlang", reply_markup=keys("Ha", "Yo‘q"))
    await window.finds("#phone-survivor .buttons button", "Yo‘q")
    await window.runs("document.querySelector('#phone-survivor .phone-menu > summary').focus()")
    walked = []
    for _ in range(8):
        await window.do(lambda driver: ActionChains(driver).send_keys(Keys.TAB).perform())
        name = "return document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
        walked.append(await window.runs(name))
    order = ["Xabarlar", "Xabar menyusi", "Ha", "Yo‘q", "Biriktirish", "Xabar", "Ovozli xabar yuborish"]
    assert [name for name in walked if name in order] == order
    outline = await window.runs("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize(("scheme", "bright"), [("light", True), ("dark", False)])
async def test_light_and_dark_follow_the_system(window: Window, scheme: str, bright: bool) -> None:
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    await window.do(lambda driver: driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature))
    color = await window.runs("return getComputedStyle(document.querySelector('.head')).backgroundColor")
    assert (sum(int(part) for part in color[4:-1].split(",")) > 380) is bright
