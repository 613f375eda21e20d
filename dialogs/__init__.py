"""What we say and ask: flows as frozen data, the engine that walks them, the words. Pure."""
