"""The site: coordinators hand in, evaluators review, communications find quotes."""
