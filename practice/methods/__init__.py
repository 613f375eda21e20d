"""The methods of the Bot API that are practised here, by their names in lower case."""

from collections.abc import Awaitable, Callable

from practice.call import Call
from practice.methods import callbacks, chats, deletions, edits, profile, receiving, sending

Method = Callable[[Call], object | Awaitable[object]]

METHODS: dict[str, Method] = {
    "getme": chats.get_me,
    "getchat": chats.get_chat,
    "sendchataction": chats.send_chat_action,
    "getfile": chats.get_file,
    "logout": chats.log_out,
    "close": chats.close,
    "getupdates": receiving.get_updates,
    "setwebhook": receiving.set_webhook,
    "deletewebhook": receiving.delete_webhook,
    "getwebhookinfo": receiving.get_webhook_info,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "sendvoice": sending.send_voice,
    "senddocument": sending.send_document,
    "sendsticker": sending.send_sticker,
    "sendaudio": sending.send_audio,
    "sendvideo": sending.send_video,
    "sendvideonote": sending.send_video_note,
    "sendanimation": sending.send_animation,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "editmessagetext": edits.edit_message_text,
    "editmessagecaption": edits.edit_message_caption,
    "editmessagereplymarkup": edits.edit_message_reply_markup,
    "deletemessage": deletions.delete_message,
    "deletemessages": deletions.delete_messages,
    "answercallbackquery": callbacks.answer_callback_query,
    "setmyname": profile.set_my_name,
    "getmyname": profile.get_my_name,
    "setmydescription": profile.set_my_description,
    "getmydescription": profile.get_my_description,
    "setmyshortdescription": profile.set_my_short_description,
    "getmyshortdescription": profile.get_my_short_description,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setchatmenubutton": profile.set_chat_menu_button,
    "getchatmenubutton": profile.get_chat_menu_button,
}
