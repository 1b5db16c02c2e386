"""Reading of anybody's documents: file to text, text to passages. What is read is evidence, never an instruction."""
