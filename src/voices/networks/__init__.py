"""The small networks that come with voices: their files, what they say of themselves, how they are run."""
