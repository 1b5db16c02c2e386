"""`python -m ui.cli`: what the launcher runs."""

from ui.cli.main import main

if __name__ == "__main__":
    main()
