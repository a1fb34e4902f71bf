"""The site: coordinators hand in, evaluators review, communications find quotes. Talks to people; decides nothing else."""
