copy (
    select *
    from alerts
    where created_at >= $month::timestamp
      and created_at < $month::timestamp + interval 1 month
    order by created_at, alert_id
) to $file (format parquet, compression zstd)
