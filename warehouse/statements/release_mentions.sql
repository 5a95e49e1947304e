copy (
    select *
    from mentions
    where dated_at >= $month::timestamp
      and dated_at < $month::timestamp + interval 1 month
    order by dated_at, article_id, field desc, span_start
) to $file (format parquet, compression zstd)
