"""Watch-lists from and for other programs: FollowTheMoney, OpenSanctions, Wikidata."""

from watchlists.interchange.followthemoney import read_ftm, write_ftm
from watchlists.interchange.opensanctions import read_opensanctions_csv
from watchlists.interchange.wikidata import read_wikidata

__all__ = ["read_ftm", "read_opensanctions_csv", "read_wikidata", "write_ftm"]
