"""A hosted model by its name, as the settings reach it."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from advisor.settings import Settings, check_model
from tools.errors import ServiceError


def hosted_model(settings: Settings, name: str, seconds: float) -> BaseChatModel:
    """The model for one turn.

    Args:
        settings: its address and key.
        name: `openai:NAME`.
        seconds: how long the turn may take.

    Raises:
        InputError: no such model.
        ServiceError: there is neither key nor address.
    """
    check_model(name, "model")
    if not settings.base_url and not settings.api_key:
        raise ServiceError(f"model {name}: set CUSTOMS_OPENAI_BASE_URL or CUSTOMS_OPENAI_API_KEY to reach it")
    from advisor.hosted.line import chat_model

    return chat_model(name.removeprefix("openai:"), settings.base_url, settings.api_key, seconds)
