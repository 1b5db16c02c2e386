"""The offline chat model: understanding, planning and composing without a large model."""
