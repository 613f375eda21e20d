"""Answers to pressed buttons: once, and soon."""

from practice.call import Call, bad

ANSWER_LIMIT = 15.0  # seconds; Telegram documents none, bots report refusals from about here on
TEXT_LIMIT = 200  # letters: core.telegram.org/bots/api#answercallbackquery


def answer_callback_query(call: Call) -> bool:
    tap = call.bot.taps.get(call.text("callback_query_id"))
    text = call.text("text")
    if tap is None or tap.answer is not None or call.telegram.clock.now() - tap.at > ANSWER_LIMIT:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(text) > TEXT_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    if call.text("url"):
        raise bad("URL_INVALID")  # only games and t.me links of the bot may open one
    tap.answer = {"text": text, "show_alert": call.flag("show_alert")}
    tap.chat.changed()
    return True
