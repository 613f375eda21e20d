"""What a reading says: flags in order, one band lower for a context, words that can be shown, never a crash."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.flags import FLAGS, Conversation, Reading, read

SHOWN = Conversation(risk_shown=True)


@pytest.mark.parametrize(
    ("text", "flag", "urgency"),
    [
        ("erim eshikni buzyapti, tez keling", "immediate_danger", "immediate"),
        ("бегает за мной с ножом", "weapon", "immediate"),
        ("кетсанг ўлдираман деяпти", "threat_to_kill", "high"),
        ("kúyewim keshe meni buwındırdı", "strangulation", "high"),
        ("зистан намехоҳам, хаста шудам", "suicidal", "high"),
        ("vypila vse tabletki, proschayte", "suicidal", "immediate"),
        ("otchim byet moego syna kazhdy den", "child_at_risk", "high"),
        ("stepfather beats my son every day", "child_at_risk", "high"),
        ("отчим сейчас бьёт моего сына", "child_at_risk", "immediate"),
        ("stepfather is beating my son", "child_at_risk", "immediate"),
        ("boshim yorildi, qon to'xtamayapti", "medical_emergency", "immediate"),
        ("муж насилует меня", "sexual_violence", "high"),
        ("uydan chiqarmaydi, eshikni qulflab ketadi", "confinement", "high"),
        ("бывший преследует меня каждый день", "stalking", "high"),
        ("мне 15, родители выдают замуж", "minor", "high"),
        ("где моя жена, скажите адрес приюта", "perpetrator_writing", "high"),
    ],
)
def test_plain_danger_is_read_in_every_flag(text: str, flag: str, urgency: str) -> None:
    reading = read(text)
    assert flag in reading.flags
    assert reading.urgency == urgency


@pytest.mark.parametrize(
    "text",
    [
        "I do not know where to begin.",
        "I want to sleep one night without listening for the door.",
        "не знаю с чего начать",
        "хочу выспаться хоть одну ночь",
        "nimadan boshlashni bilmayman",
        "неден баслаўды билмеймен",
        "намедонам аз куҷо сар кунам",
        "he has never laid a hand on me",
        "он меня не бьёт, мы просто ссоримся",
        "курьер стоит у двери",
        "this exam is going to kill me",
        "bo'g'da gul ochildi, bugun havo yaxshi",
    ],
)
def test_what_people_write_without_danger_raises_nothing(text: str) -> None:
    assert read(text) == Reading()


def test_flags_come_in_the_fixed_order() -> None:
    reading = read("мне 14, он с ножом ломится в дверь, мы с братиком заперлись в ванной")
    assert len(reading.flags) > 1
    assert list(reading.flags) == [flag for flag in FLAGS if flag in reading.flags]


def test_every_cue_points_at_words_of_the_text() -> None:
    text = "Здравствуйте. Он ломает дверь, вызовите полицию скорее!"
    reading = read(text)
    assert [text[cue.start : cue.end] for cue in reading.why if cue.rule == "danger.door"] == ["ломает дверь"]


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("он бьёт меня", "он не бьёт меня"),
        ("erim meni uryapti", "erim meni urmayapti"),
        ("маро мезанад", "маро намезанад"),
        ("men seni o'ldiraman dedi", "men seni o'ldirmayman dedi"),
        ("he is beating me", "he is not beating me"),
    ],
)
def test_a_negation_lowers_the_verdict(said: str, denied: str) -> None:
    bands = ("none", "high", "immediate")
    assert bands.index(read(denied).urgency) < bands.index(read(said).urgency)


def test_a_film_lowers_one_band_and_no_more() -> None:
    assert read("кинода бир киши эшикни бузяпти").urgency != "immediate"
    assert read("вчера смотрела фильм, но он меня сейчас избивает").urgency == "immediate"


@pytest.mark.parametrize(
    "text",
    [
        "I baked bread. He has a knife and he is breaking the door right now.",
        "No. He is beating me.",
        "no he is beating me",
        "смотрела кино. он ломает дверь",
        "osh pishirdim! u eshikni buzyapti",
        "kino ko'rdim\nu eshikni buzyapti",
        "палов пухтам. ӯ дарро шикаста истодааст",
        "nan japtım. esikti buzıp atır",
    ],
)
def test_what_makes_less_of_danger_ends_with_its_sentence(text: str) -> None:
    assert read(text).urgency == "immediate"


@pytest.mark.parametrize(
    "text",
    [
        "в кино, там он ломает дверь",
        "в кино... он ломает дверь",
        "фильм:\nон ломает дверь",
        "кино на ул. где он ломает дверь",
    ],
)
def test_a_pause_or_a_shortened_word_ends_no_sentence(text: str) -> None:
    assert read(text).urgency != "immediate"


@pytest.mark.parametrize(
    "text",
    [
        "My sister knows.",
        "He is a good man",
        "yes he is at work",
        "I want to know where I can sleep tonight",
        "моя сестра знает",
        "его нет дома",
        "опам билади",
        "tirik odam bormi",
        "ol jaqsı adam",
        "ӯ одами хуб аст",
    ],
)
def test_a_short_everyday_message_raises_nothing(text: str) -> None:
    assert read(text) == Reading()


@pytest.mark.parametrize(
    "text", ["хочу умереть", "I want to die", "erim urdi", "ерим урды", "боюсь мужа", "аз ӯ метарсам", "meni buwdı"]
)
def test_a_frame_that_is_the_whole_message_needs_no_second_mind(text: str) -> None:
    assert read(text).urgency == "high"


def test_a_mother_writing_of_her_daughter_is_no_minor() -> None:
    assert "minor" in read("15 yoshdaman, uyda urishadi").flags
    assert "minor" not in read("qizim 15 yoshda, repetitor kerak").flags


def test_a_short_word_is_high_only_after_a_risk_was_shown() -> None:
    assert read("ha").urgency == "none"
    assert read("ha", state=SHOWN) == Reading((), "high", read("ha", state=SHOWN).why)
    assert read("ha", state=SHOWN).why[0].rule == "state.short"


def test_what_cannot_be_read_is_high_only_after_a_risk_was_shown() -> None:
    text = "我 現在 很 害怕 他 在 門口"
    assert read(text).urgency == "none"
    assert read(text, state=SHOWN).urgency == "high"


def test_our_own_question_quoted_back_is_not_hers() -> None:
    asked = "Есть ли у вас мысли о самоубийстве?"
    assert read(f"вы спросили: {asked} ответ прежний", state=Conversation(bot_said=asked)).urgency == "none"


def test_the_state_takes_nothing_away() -> None:
    assert read("он ломает дверь", state=SHOWN) == read("он ломает дверь")


def test_danger_at_the_end_of_a_long_letter_is_found() -> None:
    letter = "Сегодня мы пекли пирог и гуляли в парке. " * 90 + "Он ломает дверь, помогите."
    assert read(letter).urgency == "immediate"


@pytest.mark.parametrize("text", ["", " \n\t", "?!", "\u200d\u200d", "👍", "\ud83d", "12345", "a" + "\u0301" * 4096])
def test_empty_and_odd_texts_say_nothing(text: str) -> None:
    assert read(text) == Reading()


@pytest.mark.parametrize("line", ["Бугун ҳаво яхши, erim ishdan keldi, мы пьём чай. ", "«Вас бьют?» нет. "])
def test_a_megabyte_is_read_in_bounded_time(line: str) -> None:
    text = (line * 70_000)[:1_000_000]
    began = time.process_time()
    read(text)
    assert time.process_time() - began < 20


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.booleans())
def test_no_text_at_all_breaks_the_reader(text: str, shown: bool) -> None:
    reading = read(text, state=Conversation(risk_shown=shown))
    assert all(0 <= cue.start <= cue.end <= len(text) for cue in reading.why)
    assert read(text, state=Conversation(risk_shown=shown)) == reading


@pytest.mark.parametrize(
    "text",
    [
        'the form asks "has he ever choked you", my answer is no',
        "«Sizni urishganmi» degan savolga yoʻq dedim",
        "на вопрос «душил ли он вас» ответила нет",
    ],
)
def test_a_question_of_ours_quoted_and_denied_is_not_hers(text: str) -> None:
    assert read(text).urgency == "none"


def test_a_quoted_threat_stays_hers() -> None:
    assert "threat_to_kill" in read("написал «я тебя убью, не уйдёшь», спросил где я").flags


def test_a_child_in_the_room_is_in_the_danger_and_a_grown_son_is_not() -> None:
    with_child = read("qizim bilan hojatxonada yashirindim, u qidiryapti")
    assert "child_at_risk" in with_child.flags
    assert "child.near" in {cue.rule for cue in with_child.why}
    assert "child_at_risk" not in read("сын выкручивает мне руки из-за пенсии").flags


def test_an_english_article_is_no_russian_but() -> None:
    assert read("there is a film where a man is choking a woman").urgency == "none"
