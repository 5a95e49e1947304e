"""N-gram counts of the languages langdetect has no profile of, in langdetect's own format.

Written by ``python -m extractors.language.count_profiles``; the text they were counted from is not kept here. That was
the NTREX-128 news sentences (Federmann, Kocmi, Xin 2022; every other document), the Universal Declaration of Human
Rights, and for Russian, on top of langdetect's own counts, the news of factRuEval-2016.
"""
