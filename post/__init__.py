"""How updates come in and messages go out, the same for both bots; plain HTTP, neither framework."""
