"""What somebody else writes from her phone: asked after her, after her words, or at us (survivor.md, rule 24).

Compared like the other ways of saying things (`ways`). Threats and bare questions only as whole messages, since she may
quote them; the rest where a message begins with it. Nothing here is what she would say of herself, of a friend or of
somebody who hurts her. No native reader has checked them.
"""

from collections.abc import Mapping
from typing import Final

WHOLE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "who is this", "who the hell is this", "whos this", "whose bot is this", "what is this bot", "what bot is this",
        "where is she", "is she here", "is my wife here", "this is not her", "its not her", "this is her husband",
        "i will find you", "i will find you all", "i will kill you", "i will kill you all", "you will regret this",
        "youll regret this", "you will be sorry", "i know where you are",
    ),
    "ru": (
        "кто это", "это кто", "кто это вообще", "кто это такой", "кто это вообще такой", "что это за бот",
        "чей это бот", "где она", "она здесь", "она тут", "моя жена тут", "моя жена здесь", "моя жена у вас",
        "это не она", "это её муж", "я вас найду", "я тебя найду", "я вас всех найду", "я вас убью", "я вас всех убью",
        "вы пожалеете", "вы ещё пожалеете", "вы об этом пожалеете", "с кем она говорит", "с кем она разговаривает",
        "с кем она переписывается",
    ),
    "uz": (
        "bu kim", "kim bu", "kim oʻzi bu", "bu kim oʻzi", "kimsizlar", "bu qanday bot", "bu kimning boti", "u qayerda",
        "u shu yerdami", "xotinim shu yerdami", "xotinim sizdami", "bu u emas", "sizni topaman", "sizlarni topaman",
        "seni topaman", "hammangizni oʻldiraman", "pushaymon boʻlasiz", "pushaymon boʻlasizlar", "men uning eriman",
        "kimligingni bilib olaman", "kimligingizni bilib olaman", "u kim bilan gaplashyapti", "u kim bilan yozishyapti",
    ),
    "kaa": (
        "bul kim", "kim bul", "kim ózi bul", "bul qanday bot", "ol qayerde", "hayalım usı jerde me", "bul ol emes",
        "sizlerdi tabaman", "sizdi tabaman", "hámmeńizdi óltiremen", "ókinesiz", "men kúyewimen",
        "ol kim menen sóylesip atır", "kim ekenińdi bilemen", "kim ekenińizdi bilemen",
    ),
    "tg": (
        "ин кист", "ин кӣ аст", "ин кӣ", "ин чӣ бот аст", "ин боти кист", "ӯ куҷост", "ӯ дар ин ҷост",
        "занам дар ин ҷост", "зани ман дар ин ҷост", "ин ӯ нест", "шуморо меёбам", "ҳамаатонро мекушам",
        "пушаймон мешавед", "ман шавҳараш", "ман шавҳари ӯ", "ӯ бо кӣ гап мезанад", "мефаҳмам кӣ ҳастӣ",
        "мефаҳмам кӣ ҳастед",
    ),
}  # fmt: skip

BEGINS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "what did she write", "what has she written", "what did she tell you", "what did she say to you",
        "what does she say about me", "what did she say about me", "tell me what she", "show me what she",
        "show me the conversation", "show me the chat", "show me her", "give me her messages", "who is she talking to",
        "who is she writing to", "why is she writing to you", "why is my wife writing", "why is my wife talking",
        "why does my wife", "stop talking to my wife", "stop writing to my wife", "do not write to my wife",
        "dont write to my wife", "dont write to her", "do not write to her", "stop writing to her", "i am her husband",
        "are you the one turning my wife", "leave my family alone", "leave my wife alone", "she is lying to you",
        "shes lying to you", "she lies to you", "where are you hiding her", "where did you hide her",
        "i found this on her phone", "i took her phone", "i have her phone", "i will find out who you are",
        "i know what she is doing",
    ),
    "ru": (
        "что она написала", "что она писала", "что она вам", "что она пишет", "что она обо мне", "что она про меня",
        "покажи что она", "покажите что она", "покажи переписку", "покажите переписку", "дайте её сообщения",
        "покажите её сообщения", "покажи её сообщения", "почему моя жена вам", "зачем моя жена вам",
        "почему жена вам пишет", "хватит писать моей", "не пишите моей жене", "не пишите ей", "больше ей не пишите",
        "не пишите больше ей", "я её муж", "пишет её муж", "вы настраиваете мою жену", "оставьте мою семью",
        "оставьте мою жену", "отстаньте от моей жены", "она вам врёт", "она врёт вам", "где вы её прячете",
        "куда вы её спрятали", "куда вы её дели", "я нашел это в её телефоне", "я забрал её телефон",
        "её телефон у меня", "я узнаю кто вы", "я знаю чем она занимается",
    ),
    "uz": (
        "u nima yozdi", "u sizga nima yoz", "u nimalar yozdi", "xotinim nima yozdi", "xotinim sizga", "nega xotinim",
        "nima yozganini koʻrsat", "yozganlarini koʻrsat", "xabarlarini bering", "xabarlarini koʻrsat",
        "yozishmani koʻrsat", "yozishmalarini koʻrsat", "xotinimni menga qarshi", "xotinimga yozma",
        "unga boshqa yozma", "oilamni tinch qoʻy", "u sizga yolgʻon", "uni qayerga yashir", "uni qayerda yashir",
        "men haqimda nima de", "u men haqimda nima", "buni uning telefonidan", "telefonini olib qoʻydim",
        "uning telefoni menda", "uning nima qilayotganini bilaman",
    ),
    "kaa": (
        "ol ne jazdı", "ol sizge ne", "nege hayalım", "hayalım sizge", "ne jazǵanın kórset", "men onıń kúyewi",
        "xabarların beriń", "xabarların kórset", "jazısıwdı kórset", "hayalımdı maǵan qarsı", "shańaraǵımdı tınısh",
        "hayalıma jazba", "oǵan basqa jazba", "oǵan jazba", "ol sizge ótirik", "onı qayerge jasır",
        "men haqqımda ne", "bunı onıń telefonınan", "telefonın alıp qoydım",
    ),
    "tg": (
        "ӯ чӣ навишт", "ӯ ба шумо чӣ", "чаро зани ман", "чаро занам", "занам ба шумо", "зани ман ба шумо",
        "нишон деҳ чӣ навишт", "нишон диҳед чӣ навишт", "паёмҳояшро", "мукотибаро нишон", "зани маро зидди",
        "оилаи маро ором", "ба зани ман нанавис", "ба занам нанавис", "ба ӯ дигар нанавис", "ӯ ба шумо дурӯғ",
        "ӯро куҷо пинҳон", "дар бораи ман чӣ", "инро аз телефонаш", "телефонашро гирифтам",
    ),
}  # fmt: skip
