"""The phrase bank: the sentences and labels that stand word for word as the counsellors' list has them."""

import pytest

from tests.dialogs.ground import words

# key: English, Russian, Uzbek
BANK = {
    "greet": ("Hello. Please choose a language.", "Здравствуйте. Выберите язык.", "Assalomu alaykum. Tilni tanlang."),
    "safe_now": ("Is it safe for you to write now?", "Вам сейчас безопасно писать?", "Hozir yozishingiz xavfsizmi?"),
    "near_now": ("Is that person near you now?", "Этот человек сейчас рядом с вами?", "Oʻsha odam hozir yoningizdami?"),
    "yes": ("Yes", "Да", "Ha"),
    "no": ("No", "Нет", "Yoʻq"),
    "cannot": ("I cannot write now", "Сейчас не могу писать", "Hozir yoza olmayman"),
    "skip": ("Skip this", "Пропустить", "Oʻtkazib yuborish"),
    "danger": ("I am in danger now", "Я в опасности сейчас", "Men hozir xavf ostidaman"),
    "dont_know": ("I don't know", "Не знаю", "Bilmayman"),
    "menu": ("Menu", "Меню", "Menyu"),
    "nosay": ("I don't want to answer", "Не хочу отвечать", "Javob bergim kelmaydi"),
    "back": ("Back", "Назад", "Orqaga"),
    "exit": ("Leave now", "Быстро выйти", "Tez chiqish"),
    "exit_how": (
        "You can leave at any moment with this button.",
        "Вы можете выйти в любой момент этой кнопкой.",
        "Shu tugma bilan istalgan paytda chiqa olasiz.",
    ),
    "program": ("I am a program, not a person.", "Я программа, а не человек.", "Men dasturman, odam emasman."),
    "person": ("Talk to a person", "Поговорить с человеком", "Odam bilan gaplashish"),
    "person_in": (
        "Now a person is writing to you, not the program.",
        "Теперь вам пишет человек, не программа.",
        "Endi sizga dastur emas, odam yozadi.",
    ),
    "person_out": (
        "The talk with a person is over. The program answers again.",
        "Разговор с человеком окончен. Снова отвечает программа.",
        "Odam bilan suhbat tugadi. Endi yana dastur javob beradi.",
    ),
    "arrived": ("Your message has arrived.", "Ваше сообщение получено.", "Xabaringiz qabul qilindi."),
    "wait_n": (
        "Waiting time now, about: {n} min.",
        "Сейчас ждать примерно: {n} мин.",
        "Hozir kutish vaqti, taxminan: {n} daq.",
    ),
    "wait_unknown": (
        "I do not know how long you will wait.",
        "Неизвестно, сколько придётся ждать.",
        "Qancha kutish kerakligini bilmayman.",
    ),
    "nobody": (
        "Nobody is on duty now. Next shift: {time}.",
        "Сейчас никто не дежурит. Следующая смена: {time}.",
        "Hozir navbatchi yoʻq. Keyingi navbat: {time}.",
    ),
    "leave_msg": (
        "You can leave a message. A counsellor will read it.",
        "Можно оставить сообщение. Его прочитает специалист.",
        "Xabar qoldirishingiz mumkin. Uni mutaxassis oʻqiydi.",
    ),
    "sos": ("Are you in danger right now?", "Вы сейчас в опасности?", "Hozir sizga xavf bormi?"),
    "misread": (
        "The program may have misread you.",
        "Возможно, программа вас неверно поняла.",
        "Dastur sizni notoʻgʻri tushungan boʻlishi mumkin.",
    ),
    "blame2": (
        "What happened is not your fault.",
        "В том, что случилось, нет вашей вины.",
        "Boʻlgan ishda sizning aybingiz yoʻq.",
    ),
    "thanks": ("Thank you for writing about this.", "Спасибо, что написали об этом.", "Buni yozganingiz uchun rahmat."),
    "decide": ("You decide what to do.", "Решаете вы.", "Qarorni oʻzingiz qabul qilasiz."),
    "noduty": ("You do not have to answer.", "Отвечать необязательно.", "Javob berish shart emas."),
    "noname": ("No name or number is needed.", "Имя и номер не нужны.", "Ism va raqam kerak emas."),
    "consent": (
        "May I show your messages to a counsellor?",
        "Можно показать ваши сообщения специалисту?",
        "Xabarlaringizni mutaxassisga koʻrsatsam boʻladimi?",
    ),
    "can_refuse": (
        "You can say no. The advice pages stay open.",
        "Можно отказаться. Советы останутся доступны.",
        "Rad etishingiz mumkin. Maslahatlar ochiq qoladi.",
    ),
    "change_mind": (
        "You can change your mind at any time.",
        "Решение можно изменить в любое время.",
        "Fikringizni istalgan paytda oʻzgartirsangiz boʻladi.",
    ),
    "agree": ("Yes, you may", "Да, можно", "Ha, mumkin"),
    "disagree": ("No, please don't", "Нет, не надо", "Yoʻq, kerak emas"),
    "tgcopy": (
        "Telegram keeps copies of messages. We do not control that.",
        "Telegram хранит копии сообщений. Мы этим не управляем.",
        "Telegram xabarlar nusxasini saqlaydi. Buni biz boshqarmaymiz.",
    ),
    "stop": ("Stop", "Остановить", "Toʻxtatish"),
    "can_stop": ("We can stop at any time.", "Можно остановиться в любой момент.", "Istalgan paytda toʻxtash mumkin."),
    "erase": ("Erase everything", "Стереть всё", "Hammasini oʻchirish"),
    "erase_q": (
        "Erase all we keep about you? This cannot be undone.",
        "Стереть всё, что мы храним о вас? Вернуть будет нельзя.",
        "Siz haqingizda saqlangan hamma narsa oʻchirilsinmi? Qaytarib boʻlmaydi.",
    ),
    "erased": (
        "Done. Old messages on this phone only you can delete.",
        "Готово. Старые сообщения в телефоне можете удалить только вы.",
        "Tayyor. Bu telefondagi eski xabarlarni faqat siz oʻchira olasiz.",
    ),
    "traces": (
        "Writing here can leave traces on this phone.",
        "Переписка может оставить следы в этом телефоне.",
        "Yozishmalar bu telefonda iz qoldirishi mumkin.",
    ),
    "otherphone": (
        "If someone checks this phone, better write from another one.",
        "Если телефон проверяют, лучше писать с другого.",
        "Telefoningizni tekshirishsa, boshqa telefondan yozgan maʼqul.",
    ),
    "slow": ("Take your time.", "Не спешите.", "Shoshilmang."),
    "howto": (
        "Use the buttons or write in your own words.",
        "Нажимайте кнопки или пишите своими словами.",
        "Tugmalarni bosing yoki oʻz soʻzingiz bilan yozing.",
    ),
    "goon": ("Go on", "Продолжить", "Davom etish"),
    "lang": ("Change language", "Сменить язык", "Tilni oʻzgartirish"),
    "doctor": (
        "See a doctor today, even if there are no marks.",
        "Покажитесь врачу сегодня, даже если следов нет.",
        "Iz boʻlmasa ham, bugun shifokorga koʻrining.",
    ),
    "age": ("Are you 18 or older?", "Вам есть 18 лет?", "18 yoshga toʻlganmisiz?"),
    "error": (
        "Something went wrong. Please try again.",
        "Произошла ошибка. Попробуйте ещё раз.",
        "Xatolik yuz berdi. Yana urinib koʻring.",
    ),
    "nothing": ("Nothing was found.", "Ничего не найдено.", "Hech narsa topilmadi."),
    "comeback": (
        "You can come back when you want.",
        "Вы можете вернуться, когда захотите.",
        "Xohlagan paytingizda qaytishingiz mumkin.",
    ),
    "bye": ("Take care.", "Всего доброго.", "Yaxshi qoling."),
}


@pytest.mark.parametrize("key", BANK)
def test_a_sentence_of_the_phrase_bank_stands_word_for_word(key: str) -> None:
    english, russian, uzbek = BANK[key]
    assert words().text("en", key) == english
    assert words().text("ru", key) == russian
    assert words().text("uz", key) == uzbek
