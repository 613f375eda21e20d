"""The practice Telegram, judged by both frameworks' own clients."""
