"""The state of this Telegram: people, bots, their private chats and what lies in them."""

import re
from dataclasses import dataclass, field
from random import Random

from practice.bell import Bell, Clock
from practice.call import Json, Refusal
from practice.faults import Faults
from practice.files import Files, Stored
from practice.journal import Journal
from practice.limits import Limits
from practice.updates import Updates


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """What a message carries besides text: `body` is its JSON in the Bot API, `file` its bytes if it has any."""

    kind: str
    body: object
    file: Stored | None = None


@dataclass(slots=True)
class Message:
    """One message; with media, text and entities are its caption. `markup` is an inline keyboard, `plain_markup` says
    that it came with another keyboard and can never be edited."""

    id: int
    by_bot: bool
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    media: Media | None = None
    markup: Json | None = None
    plain_markup: bool = False
    edit_date: int = 0
    reworded: bool = False
    protected: bool = False
    silent: bool = False
    spoiler: bool = False
    reply_to: int = 0
    origin: Json | None = None
    on_phone: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """What a lock screen showed: `seq` counts the notifications of this chat."""

    seq: int
    at: float
    message_id: int
    sender: str
    text: str
    silent: bool


@dataclass(slots=True)
class Chat:
    """The private chat of one bot with one person, both sides of it. `seq` grows with whatever the phone shows."""

    bot: "Bot"
    user: User
    instance: str
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None
    keyboard_of: int = 0
    busy_until: float = 0.0
    notes: list[Note] = field(default_factory=list)
    seq: int = 1
    bell: Bell = field(default_factory=Bell)

    def changed(self) -> None:
        self.seq += 1
        self.bell.ring()


@dataclass(slots=True)
class Tap:
    """A pressed button that waits for its answer."""

    id: str
    chat: Chat
    at: float
    answer: Json | None = None


@dataclass(slots=True)
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    error_date: int = 0
    error: str = ""


@dataclass(slots=True)
class Bot:
    id: int
    token: str
    username: str
    updates: Updates
    files: Files
    names: dict[str, str]
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    last_message_id: int = 0
    poll_turn: int = 0
    poll_last: tuple[int, float] = (0, 0.0)
    logged_out_until: float = 0.0

    def next_message_id(self) -> int:
        """One counter for all private chats of a bot, both directions: message ids are the bot account's."""
        self.last_message_id += 1
        return self.last_message_id

    def name_for(self, language: str) -> str:
        return self.names.get(language) or self.names[""]


class Telegram:
    """Everything that lives while the server runs. Nothing is written to disk."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self.clock = clock
        self.random = random
        self.bots: dict[str, Bot] = {}
        self.users: dict[int, User] = {}
        self.phones: list[Json] = []
        self.journal = Journal()
        self.faults = Faults()
        self.limits = Limits(clock.now)
        self.webhooks_changed = Bell()

    def now(self) -> int:
        return int(self.clock.now())

    def add_bot(self, token: str, username: str, name: str) -> Bot:
        number = token.partition(":")[0]
        if not number.isdigit() or ":" not in token:
            raise ValueError("a bot's token is its number, a colon and a secret")
        if self.named(username) is not None:
            raise ValueError(f"there is a bot called {username} already")
        updates = Updates(self.clock.now, self.random)
        files = Files(self.clock.now, self.random)
        bot = Bot(int(number), token, username, updates, files, {"": name})
        self.bots[token] = bot
        return bot

    def named(self, username: str) -> Bot | None:
        wanted = username.removeprefix("@").lower()
        return next((bot for bot in self.bots.values() if bot.username.lower() == wanted), None)

    def chat(self, bot: Bot, user: User) -> Chat:
        """The chat of these two; opening it sends nothing."""
        if user.id not in bot.chats:
            instance = str(self.random.randint(-(2**63), 2**63 - 1))
            bot.chats[user.id] = Chat(bot, user, instance)
        return bot.chats[user.id]

    def reach(self, bot: Bot, chat_id: str) -> Chat:
        """The chat a bot means by chat_id: only people who wrote to it have one."""
        if not chat_id:
            raise Refusal(400, "Bad Request: chat_id is empty")
        chat = bot.chats.get(_number(chat_id))
        if chat is None or not chat.started:
            raise Refusal(400, "Bad Request: chat not found")
        return chat

    def reach_open(self, bot: Bot, chat_id: str) -> Chat:
        """The same, for what a block forbids."""
        chat = self.reach(bot, chat_id)
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def reach_to_write(self, bot: Bot, chat_id: str) -> Chat:
        """The same, for new messages: a person who exists but never wrote is told apart from nobody."""
        number = _number(chat_id)
        chat = bot.chats.get(number)
        if number in self.users and (chat is None or not chat.started):
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        return self.reach_open(bot, chat_id)


def _number(chat_id: str) -> int:
    return int(chat_id) if re.fullmatch(r"[0-9]{1,15}", chat_id) else 0
