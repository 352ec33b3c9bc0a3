"""The review loop: the least sure events on a sheet, a person's corrections back into the store and into gold."""

from crawler.review.applying import Applied, apply_sheet
from crawler.review.asking import Question, questions
from crawler.review.sheet import ReviewError, write_sheet

__all__ = ["Applied", "Question", "ReviewError", "apply_sheet", "questions", "write_sheet"]
