"""The ways people say what is heard in every state: a way out, a person, is it a program, erase, another language.

Whole messages only, except the phrases: those are clear enough inside a longer one. Written as people type them; the
comparison folds script, case and apostrophes. No native reader has checked them.
"""

from collections.abc import Mapping
from typing import Final

# A message that is one of these, in any language, leads out, in a talk with a person too: so only what nobody says to
# a person stands here. The region's own exit words come beside them.
OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("exit", "leave now", "quick exit"),
    "ru": ("выход", "быстро выйти"),
    "uz": ("chiqish", "tez chiqish"),
    "kaa": ("shıǵıw", "tez shıǵıw"),
    "tg": ("баромад", "зуд баромадан"),
}

# A message that is one of these tells nothing yet: no comfort answers it.
COURTESY: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "hello", "hi", "hey", "hello there", "good morning", "good day", "good afternoon", "good evening", "thanks",
        "thank you", "thank you very much", "ok", "okay",
    ),
    "ru": (
        "здравствуйте", "здравствуй", "привет", "добрый день", "доброе утро", "добрый вечер", "спасибо",
        "большое спасибо", "спасибо большое", "хорошо", "ок", "ладно",
    ),
    "uz": (
        "salom", "assalomu alaykum", "assalom alaykum", "salom alaykum", "hayrli kun", "xayrli kun", "xayrli tong",
        "xayrli kech", "rahmat", "katta rahmat", "raxmat", "xoʻp", "mayli",
    ),
    "kaa": ("sálem", "assalawma áleykum", "qayırlı kún", "raxmet", "kóp raxmet", "maqul"),
    "tg": ("салом", "ассалому алайкум", "рӯз ба хайр", "шом ба хайр", "раҳмат", "ташаккур", "хуб", "майлаш"),
}  # fmt: skip

PERSON: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("person", "human", "operator", "help", "help me", "a person", "counsellor", "counselor", "talk", "agent"),
    "ru": ("человек", "оператор", "помощь", "помогите", "помоги", "специалист", "живой человек", "консультант"),
    "uz": ("odam", "operator", "yordam", "yordam bering", "yordam kerak", "mutaxassis", "tirik odam", "maslahatchi"),
    "kaa": ("adam", "operator", "járdem", "járdem beriń", "járdem kerek", "qánige"),
    "tg": ("одам", "оператор", "кӯмак", "ёрӣ", "ёрӣ диҳед", "кӯмак кунед", "мутахассис"),
}
PERSON_PHRASES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "talk to a person", "talk to a human", "talk to someone", "speak to a person", "speak to someone",
        "want a real person", "need a real person", "want a person", "need a person", "want an operator",
        "call a person",
    ),
    "ru": (
        "поговорить с человеком", "говорить с человеком", "позовите человека", "позовите оператора",
        "соедините с оператором", "нужен оператор", "хочу человека", "нужен человек", "с живым человеком",
        "поговорить с кем нибудь", "поговорить со специалистом",
    ),
    "uz": (
        "odam bilan gaplash", "operator bilan gaplash", "mutaxassis bilan gaplash", "odam kerak", "operator kerak",
        "operatorni chaqir", "odamni chaqir", "kim bilandir gaplash", "tirik odam bilan",
    ),
    "kaa": ("adam menen sóyles", "operator menen sóyles", "adam kerek", "operator kerek"),
    "tg": ("бо одам гап", "бо одам суҳбат", "бо оператор гап", "одам лозим", "оператор лозим"),
}  # fmt: skip

PROGRAM: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "are you a bot", "are you a robot", "are you a program", "are you a machine", "are you an ai", "are you human",
        "are you a human", "are you a person", "are you real", "is this a bot", "is this a real person", "bot",
        "am i talking to a bot", "who are you",
    ),
    "ru": (
        "ты бот", "вы бот", "это бот", "ты робот", "вы робот", "это робот", "вы человек", "ты человек",
        "вы живой человек", "ты живой", "это программа", "вы программа", "бот", "я говорю с ботом", "кто вы", "кто ты",
        "это искусственный интеллект", "вы настоящий человек",
    ),
    "uz": (
        "siz botmisiz", "sen botmisan", "bu botmi", "siz robotmisiz", "robotmi", "bu robotmi", "siz odammisiz",
        "sen odammisan", "siz dasturmisiz", "bu dasturmi", "tirik odammisiz", "bot", "botmi", "kimsiz", "siz kimsiz",
        "men bot bilan gaplashyapmanmi", "sunʼiy intellektmisiz",
    ),
    "kaa": (
        "siz botsız ba", "sen botsań ba", "bul bot pa", "siz robotsız ba", "bul robot pa", "siz adamsız ba",
        "sen adamsań ba", "tiri adamsız ba", "siz programmasız ba", "bul programma ma", "siz kimsiz", "kimsiz",
        "bot pa",
    ),
    "tg": (
        "шумо ботед", "ту ботӣ", "ин бот аст", "шумо роботед", "ин робот аст", "шумо одамед", "ту одамӣ",
        "шумо одами зинда", "шумо барномаед", "ин барнома аст", "шумо кистед", "ту кистӣ", "бот аст",
    ),
}  # fmt: skip

ERASE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("erase", "erase everything", "delete", "delete everything", "delete all", "delete my data", "forget me"),
    "ru": ("стереть", "стереть всё", "сотри всё", "сотрите всё", "удалить", "удалить всё", "удали всё", "удалите всё"),
    "uz": ("oʻchir", "oʻchirish", "hammasini oʻchir", "hammasini oʻchirish", "hammasini oʻchiring", "oʻchiring"),
    "kaa": ("óshir", "hámmesin óshir", "hámmesin óshiriw", "óshiriń"),
    "tg": ("пок кун", "ҳамаашро пок кун", "ҳамаро пок кардан", "пок кунед", "нест кунед"),
}

LANGUAGE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("language", "change language", "another language"),
    "ru": ("язык", "сменить язык", "другой язык", "поменять язык"),
    "uz": ("til", "tilni oʻzgartirish", "boshqa til", "tilni almashtirish"),
    "kaa": ("til", "tildi ózgertiw", "basqa til"),
    "tg": ("забон", "иваз кардани забон", "забони дигар"),
}

# What names a language itself: the message alone, in any state, chooses it.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "uz": (
        "oʻzbekcha", "uzbekcha", "oʻzbek tili", "oʻzbek tilida", "uzbek", "узбекский", "узбекский язык", "по узбекски",
        "на узбекском", "oʻzbekcha lotin", "ózbekshe", "ӯзбекӣ",
    ),
    "uz_Cyrl": (
        "ўзбекча", "ўзбек тили", "ўзбек тилида", "узбекча", "узбек тили", "ўзбекча кирилл", "oʻzbekcha kirill",
        "kirillcha", "кириллча", "узбекский кириллица", "узбекский кириллицей", "uzbek cyrillic",
    ),
    "ru": (
        "русский", "по русски", "на русском", "русский язык", "russian", "in russian", "ruscha", "rus tili",
        "rus tilida", "русча", "русӣ", "orıssha",
    ),
    "kaa": (
        "qaraqalpaqsha", "qaraqalpaq tili", "қарақалпақша", "qoraqalpoqcha", "qoraqalpoq tili", "қорақалпоқча",
        "каракалпакский", "каракалпакский язык", "по каракалпакски", "на каракалпакском", "karakalpak",
        "qaraqalpaq tilinde", "qoraqalpoq tilida",
    ),
    "tg": (
        "тоҷикӣ", "забони тоҷикӣ", "точики", "тожикча", "tojikcha", "tojikiy", "tojik tili", "таджикский",
        "таджикский язык", "по таджикски", "на таджикском", "бо тоҷикӣ", "бо забони тоҷикӣ", "tojik tilida", "tajik",
    ),
    "en": (
        "english", "in english", "английский", "английский язык", "на английском", "inglizcha", "ingliz tili",
        "ingliz tilida", "англисӣ",
    ),
}  # fmt: skip
