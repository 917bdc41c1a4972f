"""Conversations: what was asked and answered, kept in `app.db` beside the archive and apart from it."""

from assistant.conversations.store import Conversations
from assistant.conversations.types import Conversation, NotKept, Turn

__all__ = ["Conversation", "Conversations", "NotKept", "Turn"]
