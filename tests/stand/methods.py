"""The methods of the Bot API that the stand knows, with every parameter it takes. Others are refused."""

METHODS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    name: (frozenset(required.split()), frozenset(optional.split()))
    for name, required, optional in (
        ("getMe", "", ""),
        ("getUpdates", "", "offset limit timeout allowed_updates"),
        ("setWebhook", "url", "secret_token max_connections allowed_updates drop_pending_updates"),
        ("deleteWebhook", "", "drop_pending_updates"),
        ("getWebhookInfo", "", ""),
        ("setMyCommands", "commands", "language_code scope"),
        (
            "sendMessage",
            "chat_id text",
            "parse_mode entities link_preview_options disable_notification protect_content reply_markup",
        ),
        (
            "editMessageText",
            "chat_id message_id text",
            "parse_mode entities link_preview_options reply_markup",
        ),
        ("editMessageReplyMarkup", "chat_id message_id", "reply_markup"),
        ("deleteMessage", "chat_id message_id", ""),
        ("answerCallbackQuery", "callback_query_id", "text show_alert cache_time"),
        ("getFile", "file_id", ""),
        ("setPassportDataErrors", "user_id errors", ""),
        (
            "sendDocument",
            "chat_id document",
            "caption parse_mode disable_notification protect_content reply_markup disable_content_type_detection",
        ),
        ("sendPhoto", "chat_id photo", "caption parse_mode disable_notification protect_content reply_markup"),
    )
}
