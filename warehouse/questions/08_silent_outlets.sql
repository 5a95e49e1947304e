-- Which sources fell silent or fail, since when, and what is to be done?
select outlet_id, source_url, status, state, since_at, last_success_at, last_new_at, band_low, band_now, advice
from outlet_health
where status <> 'normal'
order by articles_per_week desc, outlet_id, source_url
