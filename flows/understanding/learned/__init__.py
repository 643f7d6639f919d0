"""Acts that are told by weights of words, learned from labelled sentences (`bot.evaluation.learning`)."""

from flows.understanding.learned.telling import doubted, likeliest, told
from flows.understanding.learned.weights import LEARNED, scores

__all__ = ["LEARNED", "doubted", "likeliest", "scores", "told"]
