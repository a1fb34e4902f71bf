"""Nothing is fetched, ever: the tests run with sockets closed but for this machine's own, in their process, in those
they start, and in the browser. What was tried all the same is written in a file, so that code that lives with a refusal
is found too.
"""
