"""A hosted model behind any OpenAI-compatible address: how it is reached, what it may spend, why it was replaced.

`line` and `trouble`, which load the client library, are imported where a model is reached: nobody who asks offline waits for it.
"""

from advisor.hosted.meter import Meter, OverBudget, Usage
from advisor.hosted.warning import Trouble, warning_of

__all__ = ["Meter", "OverBudget", "Trouble", "Usage", "warning_of"]
