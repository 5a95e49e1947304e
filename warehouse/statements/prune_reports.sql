delete from store.outlet_reports
where reported_at < $before
