copy (
    select *
    from revisions
    where changed_at >= $month::timestamp
      and changed_at < $month::timestamp + interval 1 month
    order by changed_at, article_id, revision
) to $file (format parquet, compression zstd)
