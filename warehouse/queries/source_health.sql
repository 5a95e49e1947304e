select
    outlet_id,
    source_url,
    state,
    since_at,
    checked_at,
    last_good_at,
    last_new_at,
    new_items_30_days,
    band_hours,
    band_low,
    band_high,
    band_now,
    streak,
    failure_weight,
    next_poll_at,
    advice
from store.source_health
where outlet_id = $outlet_id
