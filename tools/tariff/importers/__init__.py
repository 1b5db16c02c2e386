"""Official schedules as their publishers release them, read whole or not at all."""

from tools.tariff.importers.load import Imported, import_file

__all__ = ["Imported", "import_file"]
