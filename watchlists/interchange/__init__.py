"""Watch-lists from and for other programs: FollowTheMoney, OpenSanctions, Wikidata."""

from watchlists.interchange.followthemoney import read_ftm, write_ftm
from watchlists.interchange.opensanctions import read_opensanctions_csv, write_opensanctions_csv
from watchlists.interchange.outcomes import Guess, LeftOut, Reading
from watchlists.interchange.wikidata import is_wikidata, read_wikidata

__all__ = [
    "Guess",
    "LeftOut",
    "Reading",
    "is_wikidata",
    "read_ftm",
    "read_opensanctions_csv",
    "read_wikidata",
    "write_ftm",
    "write_opensanctions_csv",
]
