"""Speed and size of the knowledge index, beside a naive scan of every question variant.

Run: `python -m benchmarks.knowledge`. Times are of the processor, so that other work on the machine does not count.
Bars: 500 articles in < 200 ms and < 40 MB; one answer p99 < 3 ms.
"""

import statistics
import time
import tracemalloc
from difflib import SequenceMatcher

from flows.knowledge import articles as files
from flows.knowledge.answering import KnowledgeBase
from flows.knowledge.articles import Article
from flows.knowledge.index import Index

COUNT, VARIANTS, ROUNDS = 500, 8, 5
SCANNED = 20


def many(lang: str, shipped: tuple[Article, ...]) -> list[Article]:
    """COUNT articles of a language with VARIANTS questions each, made of the shipped ones."""
    own = [each for each in shipped if each.lang == lang]
    return [
        own[number % len(own)].model_copy(
            update={"id": f"a{number}", "questions": (own[number % len(own)].questions * 2)[number % 5 :][:VARIANTS]}
        )
        for number in range(COUNT)
    ]


def scan(question: str, articles: list[Article]) -> str:
    """The naive way: the article with the variant most like the question, letter by letter."""
    return max(
        (SequenceMatcher(None, question, variant).ratio(), each.id) for each in articles for variant in each.questions
    )[1]


def measure(lang: str, shipped: tuple[Article, ...]) -> None:
    articles = many(lang, shipped)
    built = []
    for _ in range(ROUNDS):
        start = time.thread_time()
        Index.build(articles)
        built.append(time.thread_time() - start)
    tracemalloc.start()
    index = Index.build(articles)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    base = KnowledgeBase(each for each in shipped if each.lang == lang)
    asked = [f"{question} 12" for each in base.articles.values() for question in each.questions]
    taken = []
    for question in asked:
        start = time.thread_time()
        base.answer(question, lang)
        taken.append(time.thread_time() - start)
    start = time.thread_time()
    for question in asked[:SCANNED]:
        scan(question, articles)
    naive = (time.thread_time() - start) / SCANNED
    start = time.thread_time()
    for question in asked[:SCANNED]:
        index.search(question, lang)
    indexed = (time.thread_time() - start) / SCANNED

    cuts = statistics.quantiles(taken, n=100)
    print(f"{lang}: build {COUNT} articles {min(built) * 1e3:.0f} ms, {held / 1e6:.1f} MB (peak {peak / 1e6:.1f} MB)")
    print(f"{lang}: answer from {len(base.articles)} articles p50 {cuts[49] * 1e3:.2f} ms, p99 {cuts[98] * 1e3:.2f} ms")
    print(f"{lang}: search of {COUNT} {indexed * 1e3:.2f} ms, {naive / indexed:.0f} times faster than a naive scan")


def main() -> None:
    shipped = files.load()
    for lang in ("en", "zh"):
        measure(lang, shipped)


if __name__ == "__main__":
    main()
