"""What somebody says who is not her: asks who this is, what she wrote, claims her, curses, threatens us.

Written as people type it. A word stands for itself, `a|b` for either, `a*` for what begins so, `_` for up to two words
of any kind, `^` for the beginning of the message. No native reader has checked them.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from dialogs.letters import fold

# Clear wherever it stands: nobody says this of herself, and a friend says it otherwise.
CLEAR: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "what|why|when did|does|has|is|was she|he _ tell|told|telling|write|writing|written|say|saying _ you",
        "what|why did|does|is|has she|he _ write|writing|written|wrote _ here",
        "^ what did|has|does|is she|he write|wrote|written|tell|told|say|said|writing|telling|saying",
        "what she|he wrote|told|writes|tells|complained _ you|here",
        "show|give|send|forward me _ what she|he wrote|told|said",
        "show|give|send|forward me her|his messages|chat|letters|words",
        "who is|was _ writing|texting|talking|chatting _ my wife|husband|daughter|sister|her",
        "who|whos writing|texting|talking _ my wife|husband|daughter|sister", "who is this writing",
        "who are you people|all|guys", "this is her|his husband|boyfriend|fiance",
        "i am her|his husband|boyfriend|fiance", "im her|his husband|boyfriend|fiance",
        "her|his husband|boyfriend here|speaking|writing", "^ stop writing|texting|talking _ her|him|my|she|he",
        "^ dont|do|never not|write|text|talk _ to her|him|my", "^ leave her|him|my _ alone",
        "my wife|husband _ writing|wrote|writes|written|telling|told _ you|here",
        "why is my wife|husband|daughter _ writing|talking|texting", "what has|did my wife|husband|daughter",
        "^ i will find|kill|get|report you all|people|guys", "^ ill find|kill|get|report you all|people|guys",
        "^ i will find you", "^ ill find you", "she|he is lying _ you", "shes|hes lying _ you",
        "dont believe her|him", "do not believe her|him", "she|he lies|lied _ you", "filling|fill her|his head",
        "what does she|he want from you", "who did|does|is she|he talk|talking|write|writing|texting|speaking",
        "who is she|he talking|writing|texting", "whos she|he talking|writing|texting",
        "tell me who _ writing|writes|talks|talking _ her|him", "i have|took her|his phone|mobile",
        "i know|see she|he _ writes|writing|wrote|talks|talking _ you|here",
        "i read|saw everything|what she|he wrote|writes", "what did she|he complain", "what is she|he complaining",
        "^ tell me what she*", "^ show me what she*", "^ show me the conversation*", "^ show me the chat*",
        "^ show me her*", "^ why does my wife*", "^ are you the one turning my wife*", "^ where are you hiding her*",
        "^ where did you hide her*", "^ i found this on her phone*", "^ i will find out who you are*",
        "^ i know what she is doing*",
    ),
    "ru": (
        "что|чего|зачем|почему она|он _ написал*|пишет|писал*|рассказал*|говорил*|сказал* _ вам|тебе|сюда",
        "что|чего|зачем|почему она|он вам|тебе|сюда|тут _ написал*|пишет|писал*|рассказал*|сказал*|говорил*",
        "^ что она|он написал*|рассказал*|наговорил*|писал*|наплел*|наплёл",
        "покажи*|дай*|скинь*|перешли* _ что она|он _ писал*|написал*|говорил*",
        "покажи*|дай*|скинь*|перешли* _ ее|её|его сообщени*|переписк*",
        "кто _ пишет|писал _ моей|моему жене|мужу|дочери|сестре", "кто ей|ему _ пишет|писал*",
        "^ хватит|прекрати*|перестань* _ писать _ ей|ему|моей", "^ хватит|прекрати*|перестань* ей|ему|моей _ писать",
        "^ не пиши* _ ей|ему|моей", "^ не пиши* больше", "^ оставь* _ ее|её|мою _ в покое",
        "я ее|её муж|парень|жених", "это ее|её муж|парень|жених", "муж ее|её _ пишет",
        "моя жена _ вам|тебе|сюда _ пишет|писал*|написал*|рассказал*|наговорил*",
        "что|зачем|почему моя жена|дочь|сестра _ пишет|писал*|рассказал*|написал*|наговорил*|жаловал*",
        "^ я вас|вам всех _ найду|убью|урою|засажу|закопаю|посажу|достану", "^ я вас найду|убью|засажу|достану",
        "^ удалите|удали это или|иначе я", "она|он вам|тебе _ врет|врёт|лжет|лжёт|наврал*|врала", "^ не верь* ей|ему",
        "она|он сумасшедш* не верь*", "не верьте ей|ему",
        "^ с кем она|он _ разговаривал*|общал*|переписывал*|говорил*|говорит|общается|переписывается",
        "что вам|тебе от нее|неё|него надо|нужно", "что ей|ему от вас|тебя надо|нужно", "скажи* кто _ ей|ему пишет",
        "у меня ее|её телефон", "ее|её телефон _ у меня", "^ я все|всё прочитал*|видел* что она|он|вы",
        "знаю что она|он _ сюда|вам|здесь|тут пишет|писал*", "на что она|он _ жаловал*|жалуется", "вы|вы кто такие",
        "кто вы такие", "^ что она вам*", "^ что она пишет*", "^ что она обо мне*", "^ что она про меня*",
        "^ покажи что она*", "^ покажите что она*", "^ покажи переписку*", "^ покажите переписку*",
        "^ почему моя жена вам*", "^ зачем моя жена вам*", "^ почему жена вам пишет*", "^ больше ей не пишите*",
        "^ пишет её муж*", "^ вы настраиваете мою жену*", "^ оставьте мою семью*", "^ оставьте мою жену*",
        "^ отстаньте от моей жены*", "^ она врёт вам*", "^ где вы её прячете*", "^ куда вы её спрятали*",
        "^ куда вы её дели*", "^ я нашел это в её телефоне*", "^ я забрал её телефон*", "^ я узнаю кто вы*",
        "^ я знаю чем она занимается*",
    ),
    "uz": (
        "u sizga|sizlarga|senga _ nima|nimalar|nimani _ dedi|yozdi|aytdi|gapirdi|yozibdi|aytibdi|yozgan|degan",
        "^ u nima|nimalar|nimani dedi|yozdi|aytdi|yozgan|degan|yozibdi",
        "xotinim|kelinim _ sizga|sizlarga|kimga _ yoz*|gapir*|ayt*", "xotinim|kelinim _ bu|shu yerga _ yoz*",
        "xotinimga|qizimga kim|nima|nimalar _ yoz*|deyap*|oʻrgat*", "kim|kimlar _ xotinimga|unga _ yoz*",
        "unga kim yoz*", "nega u|xotinim _ bu|shu yerga yoz*", "nega u|xotinim sizga|sizlarga yoz*",
        "men uning eriman|eri|kuyovi", "bu uning eri", "^ unga|xotinimga _ yozma*",
        "^ unga|xotinimga yozishni bas|toʻxtat*|bas", "^ uni|xotinimni _ tinch qoʻy*",
        "^ hammangizni|hammangni|sizlarni _ topaman|topib|oʻldiraman|qamataman", "u sizga|sizlarga _ yolgʻon",
        "^ unga ishonma*", "^ u|xotinim kim bilan gaplash*|yozish*",
        "^ kim bilan gaplashdi|gaplashyapti|gaplashgan|yozishdi|yozishyapti",
        "uning xabar*|yozgan* _ ber*|koʻrsat*|yubor*", "nima yozganini|deganini|aytganini _ koʻrsat*|ayt*|ber*",
        "uning telefoni _ menda", "u nimadan|mendan shikoyat qil*", "bilaman u|xotinim _ yozadi|yozyapti|yozgan",
        "sizlar kimsizlar", "^ u sizga nima yoz*", "^ xotinim nima yozdi*", "^ xotinim sizga*", "^ nega xotinim*",
        "^ yozganlarini koʻrsat*", "^ xabarlarini bering*", "^ xabarlarini koʻrsat*", "^ yozishmani koʻrsat*",
        "^ yozishmalarini koʻrsat*", "^ xotinimni menga qarshi*", "^ oilamni tinch qoʻy*", "^ uni qayerga yashir*",
        "^ uni qayerda yashir*", "^ men haqimda nima de*", "^ u men haqimda nima*", "^ buni uning telefonidan*",
        "^ telefonini olib qoʻydim*", "^ uning nima qilayotganini bilaman*",
    ),
    "kaa": (
        "ol sizge|sizlerge|saǵan _ ne|neler _ dedi|jazdı|ayttı|jazǵan|degen", "^ ol ne|neler dedi|jazdı|ayttı|jazǵan",
        "hayalım|kelinim _ sizge|sizlerge|kimge _ jaz*|sóyle*|ayt*", "hayalım|kelinim _ bul|usı jerge jaz*",
        "hayalıma|oǵan kim|ne _ jaz*", "kim _ hayalıma|oǵan _ jaz*", "nege ol|hayalım _ bul|usı jerge jaz*",
        "nege ol|hayalım sizge|sizlerge jaz*", "men onıń kúyewi*|eri*", "bul onıń kúyewi", "^ oǵan|hayalıma jazba*",
        "^ onı|hayalımdı tınısh qoy*|qaldır*", "^ hámmeńizdi|sizlerdi _ tabaman|tawıp|óltiremen",
        "ol sizge|sizlerge _ ótirik", "^ oǵan isenbe*", "^ kim menen sóylesti|sóylesip", "onıń xabar* _ ber*|kórset*",
        "ne jazǵanın|degenin _ kórset*|ayt*", "sizler kimsizler", "^ ol sizge ne*", "^ nege hayalım*",
        "^ hayalım sizge*", "^ xabarların beriń*", "^ xabarların kórset*", "^ jazısıwdı kórset*",
        "^ hayalımdı maǵan qarsı*", "^ shańaraǵımdı tınısh*", "^ oǵan basqa jazba*", "^ onı qayerge jasır*",
        "^ men haqqımda ne*", "^ bunı onıń telefonınan*", "^ telefonın alıp qoydım*",
    ),
    "tg": (
        "ӯ|вай ба шумо|ту _ чӣ|чиҳо _ гуфт*|навишт*", "^ ӯ|вай чӣ|чиҳо гуфт*|навишт*",
        "занам|келинам _ ба шумо|кӣ _ навишт*|менавис*|гуфт*", "занам _ ин ҷо _ менавис*|навишт*",
        "ба занам|духтарам кӣ|чӣ _ менавис*|навишт*", "кӣ ба занам|вай|ӯ _ менавис*|навишт*",
        "ба вай|ӯ кӣ менавис*|навишт*", "чаро ӯ|вай|занам _ ин ҷо _ менавис*", "чаро ӯ|вай|занам ба шумо менавис*",
        "ман шавҳари ӯ|вай|ӯям|вайам|ӯ", "ман шавҳараш*", "^ ба вай|ӯ|занам _ нанавис*",
        "^ занамро|ӯро|вайро ором гузор*|мон*", "^ ҳамаатонро|шуморо _ меёбам|ёфта|мекушам", "ӯ|вай ба шумо дурӯғ",
        "^ ба вай|ӯ бовар накун*", "^ бо кӣ гап зад|мезанад|задааст", "паёмҳои ӯ|вай|ӯро|вайро _ нишон|диҳ*|фирист*",
        "телефони ӯ|вай _ дар дасти ман", "шумоҳо кистед", "^ ӯ ба шумо чӣ*", "^ чаро зани ман*", "^ чаро занам*",
        "^ занам ба шумо*", "^ зани ман ба шумо*", "^ нишон деҳ чӣ навишт*", "^ нишон диҳед чӣ навишт*",
        "^ паёмҳояшро*", "^ мукотибаро нишон*", "^ зани маро зидди*", "^ оилаи маро ором*", "^ ба зани ман нанавис*",
        "^ ӯро куҷо пинҳон*", "^ дар бораи ман чӣ*", "^ инро аз телефонаш*", "^ телефонашро гирифтам*",
    ),
}  # fmt: skip
# The whole message: she may say it too, to a counsellor for one. Where it is to the program, it is not risked.
ALONE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "who is this|that|it|there", "whos this|that", "who this", "whose bot|number|chat is this",
        "who is writing|texting", "answer me", "who are you answer me", "bitch", "whore", "slut", "shut up",
        "fuck you|off", "go to hell", "you bitch|whore|slut", "who the hell is this", "what is this bot",
        "what bot is this", "is she here", "is my wife here", "this is not her", "its not her", "i will kill you",
        "you will regret this", "youll regret this", "you will be sorry", "i know where you are",
    ),
    "ru": (
        "кто это|там|тут|здесь", "это кто", "а кто это", "кто это пишет", "кто пишет", "чей это бот|номер|чат",
        "чей бот|номер|чат", "сука", "заткнись", "заткнитесь", "шлюха", "тварь", "пошла|пошли|пошел|пошёл ты|вы|на",
        "пошла|пошли|иди|идите на хуй", "идите|иди к черту|чёрту", "отвечай", "отвечайте", "кто это вообще",
        "кто это такой", "кто это вообще такой", "что это за бот", "она здесь", "она тут", "моя жена тут",
        "моя жена здесь", "моя жена у вас", "это не она", "я тебя найду", "вы пожалеете", "вы ещё пожалеете",
        "вы об этом пожалеете", "с кем она разговаривает",
    ),
    "uz": (
        "bu kim", "kim bu", "bu kim oʻzi", "kim yozyapti", "kim yozayapti", "bu kimniki", "kimsizlar", "jalab",
        "qanjiq", "fohisha", "ovozingni oʻchir", "javob ber", "oʻchir ovozingni", "kim oʻzi bu", "bu qanday bot",
        "bu kimning boti", "u shu yerdami", "xotinim shu yerdami", "xotinim sizdami", "bu u emas", "sizni topaman",
        "seni topaman", "pushaymon boʻlasiz", "pushaymon boʻlasizlar", "kimligingni bilib olaman",
        "kimligingizni bilib olaman",
    ),
    "kaa": (
        "bul kim", "kim bul", "kim jazıp atır", "kim jazıp otır", "kimsizler", "juwap ber", "dawısıńdı óshir",
        "kim ózi bul", "bul qanday bot", "ol qayerde", "hayalım usı jerde me", "bul ol emes", "sizdi tabaman",
        "ókinesiz", "men kúyewimen", "ol kim menen sóylesip atır", "kim ekenińdi bilemen", "kim ekenińizdi bilemen",
    ),
    "tg": (
        "ин кист", "ин кӣ", "ин кӣ аст", "кист ин", "кӣ менависад", "ҷавоб деҳ", "хап шав", "ин чӣ бот аст",
        "ин боти кист", "ӯ дар ин ҷост", "занам дар ин ҷост", "зани ман дар ин ҷост", "ин ӯ нест", "пушаймон мешавед",
        "ӯ бо кӣ гап мезанад", "мефаҳмам кӣ ҳастӣ", "мефаҳмам кӣ ҳастед",
    ),
}  # fmt: skip
# Longer than this nobody only asks who is there: it is a story, in which words like these may be told of somebody.
LONGEST: Final = 14


def _pattern(phrase: str, *, alone: bool = False) -> str:
    parts = []
    for word in phrase.split():
        if word == "_":
            parts.append(r"(?:\w+ ){0,2}")
        elif word != "^":
            ways = (fold(way.removesuffix("*")) + (r"\w*" if way.endswith("*") else "") for way in word.split("|"))
            parts.append(rf"(?:{'|'.join(ways)}) ")
    begins = "^" if alone or phrase.startswith("^") else r"(?:^|(?<= ))"
    return f"{begins}{''.join(parts)}{'$' if alone else ''}"


@cache
def _compiled(*, alone: bool) -> re.Pattern[str]:
    phrases = (phrase for said in (ALONE if alone else CLEAR).values() for phrase in said)
    return re.compile("|".join(_pattern(phrase, alone=alone) for phrase in phrases))


def speaks(text: str) -> bool:
    """Whether somebody else speaks, for certain enough to show nothing any more."""
    words = fold(text)
    return len(words.split()) <= LONGEST and _compiled(alone=False).search(f"{words} ") is not None


def may_speak(text: str) -> bool:
    """Whether the whole message is what somebody asks, or curses, who does not know whose phone this is."""
    return _compiled(alone=True).search(f"{fold(text)} ") is not None
