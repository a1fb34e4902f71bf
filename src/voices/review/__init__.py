"""What people say of passages: what holds now, the queue, double coding and its agreement. Pure: no base, no pages."""

from voices.review.standing import Given, Standing, Statement, standing

__all__ = ["Given", "Standing", "Statement", "standing"]
