-- A poll that landed may be judged again at the end of its run, when it is known whether other hosts answered.
merge into store.polls as p
using (
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
) as incoming
using (outlet_id, source_url, polled_at)
when matched then update set
    trouble = incoming.trouble,
    message = incoming.message
when not matched then insert by name
