"""Fields kept in the address of a page, so that a link opens the same calculation again, in either language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st


def recall(key: str, options: Sequence[str] | None, default: Any) -> None:
    """Set a field once from the address, by its values.

    Args:
        options: values accepted; None for any.
        default: where the address says nothing; a list for a field of several values.
    """
    if key in st.session_state:
        return
    given = st.query_params.get(key)
    value: Any = default
    if given is not None and isinstance(default, list):
        value = [v for v in given.split(",") if options is None or v in options]
    elif given is not None and (options is None or given in options):
        value = given
    st.session_state[key] = value


def note(key: str, value: str, default: str) -> None:
    """Write a field into the address, unless it says nothing."""
    if value == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value
