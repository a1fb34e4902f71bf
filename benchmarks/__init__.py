"""Speed, memory and quality, measured by commands anyone can run."""
