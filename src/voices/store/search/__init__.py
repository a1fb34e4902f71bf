"""Finding passages: by their words, by their lemmas, by what they mean.

`schema` lays the index of words in the base and has it follow the passages; `words` reads what is asked; `text` asks
the base; `lemmas` tells the lemmas of words; `vectors` keeps the passages' vectors at hand and ranks them.
"""
