"""The survivors' front: the only room that imports aiogram."""
