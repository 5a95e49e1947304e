-- The days a reader was told, or is being told.
select distinct day
from store.digests
where reader = $reader
  and kind = 'digest'
  and state <> 'withdrawn'
