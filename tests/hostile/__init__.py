"""Files made to do harm, or harmed: what makes them, and what must become of each."""
