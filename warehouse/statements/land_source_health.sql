insert into store.source_health by name
select *
from incoming
on conflict (outlet_id, source_url) do update set
    state = excluded.state,
    since_at = excluded.since_at,
    checked_at = excluded.checked_at,
    last_good_at = excluded.last_good_at,
    last_new_at = excluded.last_new_at,
    new_items_30_days = excluded.new_items_30_days,
    band_hours = excluded.band_hours,
    band_low = excluded.band_low,
    band_high = excluded.band_high,
    band_now = excluded.band_now,
    streak = excluded.streak,
    failure_weight = excluded.failure_weight,
    next_poll_at = excluded.next_poll_at,
    advice = excluded.advice
