"""What Streamlit runs."""

from ui.web.shell import run

run()
