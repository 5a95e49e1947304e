copy (
    select *
    from articles
    where dated_at >= $month::timestamp
      and dated_at < $month::timestamp + interval 1 month
    order by dated_at, article_id
) to $file (format parquet, compression zstd)
