-- A poll that landed may be judged again at the end of its run, when it is known whether other hosts answered.
insert into store.polls by name
select
    unnest($outlet_id::varchar[]) as outlet_id,
    unnest($source_url::varchar[]) as source_url,
    unnest($polled_at::timestamp[]) as polled_at,
    unnest($ok::boolean[]) as ok,
    unnest($items::integer[]) as items,
    unnest($new_items::integer[]) as new_items,
    unnest($baseline::boolean[]) as baseline,
    unnest($weight::varchar[]) as weight,
    unnest($cause::varchar[]) as cause,
    unnest($status::integer[]) as status,
    unnest($trouble::varchar[]) as trouble,
    unnest($message::varchar[]) as message,
    unnest($moved_to::varchar[]) as moved_to,
    unnest($retry_after_seconds::double[]) as retry_after_seconds
on conflict (outlet_id, source_url, polled_at) do update set
    trouble = excluded.trouble,
    message = excluded.message
