"""The pages where evaluators review: the queue, the desk, the document, what differs, what machines said."""
