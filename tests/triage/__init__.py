"""What happens to a case, room by room."""
