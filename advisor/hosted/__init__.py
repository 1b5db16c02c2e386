"""A hosted model behind any OpenAI-compatible address: how it is reached, what it may spend, why it was replaced."""

from advisor.hosted.line import chat_model
from advisor.hosted.meter import Meter, OverBudget, Usage
from advisor.hosted.trouble import Trouble, trouble_of, warning_of

__all__ = ["Meter", "OverBudget", "Trouble", "Usage", "chat_model", "trouble_of", "warning_of"]
