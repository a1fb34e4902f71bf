"""What the server's log holds: where something failed, never what was sent."""

import logging


class Bare(logging.Filter):
    """Takes values out of a record: a traceback keeps its places, not its message, which could quote a testimony."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True; the record is changed."""
        if record.exc_info and record.exc_info[1] is not None:
            error, trace = record.exc_info[1], record.exc_info[1].__traceback__
            places = []
            while trace is not None:
                places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
                trace = trace.tb_next
            record.msg = f"{type(error).__name__} ({' > '.join(places[-6:])})"
            record.args = None
            record.exc_info = record.exc_text = None
        return True
