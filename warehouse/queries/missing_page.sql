-- Since when a page has not been found, and when that was certain.
select first_missed_at, vanished_at, tries, status
from store.missing_pages
where url = $url
