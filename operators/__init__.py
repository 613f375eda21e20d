"""The staff's front: operators, supervisors, receiving services. The only room that imports python-telegram-bot."""
