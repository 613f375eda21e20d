"""What the random survivors say: invented lines in every language, none of them anybody's."""

from collections.abc import Mapping
from typing import Final

# Nothing in these is a danger, a request or a way out: her own words, which are kept and answered.
HARMLESS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("My sister knows about it.", "I slept badly again", "It is quiet at home now.", "thank you"),
    "ru": ("Сестра об этом знает.", "Опять плохо спала", "Дома сейчас тихо.", "спасибо"),
    "uz": ("Opam bundan xabardor.", "Yana yomon uxladim", "Uyda hozir tinch.", "rahmat"),
    "uz_Cyrl": ("Опам бундан хабардор.", "Яна ёмон ухладим", "Уйда ҳозир тинч.", "раҳмат"),
    "kaa": ("Apam bunı biledi.", "Jáne jaman uyıqladım", "Úyde házir tınısh.", "raxmet"),
    "tg": ("Хоҳарам медонад.", "Боз бад хоб рафтам", "Ҳоло дар хона ором аст.", "раҳмат"),
}

# Cries: what they come to is for the reader of red flags to say.
CRIES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("he is breaking down the door now, he has a knife", "he said he would kill me", "I want to die"),
    "ru": ("он сейчас ломает дверь, у него нож", "он сказал что убьёт меня", "он меня душил весной", "не хочу жить"),
    "uz": ("u hozir eshikda turibdi, pichoq bilan", "u meni oʻldiraman dedi", "yashagim kelmayapti"),
    "uz_Cyrl": ("у ҳозир эшикда турибди, пичоқ билан", "у мени ўлдираман деди", "яшагим келмаяпти"),
    "kaa": ("ol házir esikte tur, pıshaq penen", "ol meni óltiremen dedi", "jasaǵım kelmeydi"),
    "tg": ("ӯ ҳозир дарро мешиканад, корд дорад", "ӯ гуфт маро мекушад", "зистан намехоҳам"),
}

# Somebody else at her phone.
STRANGERS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("who is this, why is my wife writing to you", "what did she tell you", "who are you, answer me"),
    "ru": ("кто вы такие, что моя жена вам пишет", "что она вам написала", "кто это"),
    "uz": ("kimsiz? xotinim sizga nima yozdi", "u sizga nima dedi", "bu kim"),
    "uz_Cyrl": ("кимсиз? хотиним сизга нима ёзди", "у сизга нима деди", "бу ким"),
    "kaa": ("siz kimsiz, hayalım sizge ne jazdı", "ol sizge ne dedi", "bul kim"),
    "tg": ("шумо кистед, занам ба шумо чӣ навишт", "ӯ ба шумо чӣ гуфт", "ин кист"),
}

# What is no word: numbers, signs, commands that are not hers, what a cat types.
ODD: Final = (
    "1", "2", "7", "0", "999", "?", "...", "/menu", "/take 10001", "/help me", "/start@cooking", "/start abc", "🙂",
    "!!", "аааа", "\u200f\u200e", "<b>x</b>", "%s {number}", "a" * 5000, "/", "да", "yoʻq", "no", "yes", "ok",
    "\n\n1\n\n",
)  # fmt: skip

# What a suspicious reader looks for in a cookery book.
SEARCHES: Final = ("plov", "manti", "палов", "лагман", "somsa", "2", "tuz", "help", "норин", "soup")

# What a counsellor writes.
ANSWERS: Final = ("I am here.", "Take your time.", "Is it quiet now", "You decide what we do next.")
