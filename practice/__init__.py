"""A Telegram of our own on loopback, the phones page, the training scenarios."""
