-- Every source with its status; the ailing first. A source of an outlet that has several is named with its address.
select
    case
        when count(source_url) over (partition by outlet_id) > 1 then title || ' (' || source_url || ')'
        else title
    end as title,
    status,
    case
        when status = 'failing' then coalesce(last_success_at, since_at, last_failure_at)
        when status = 'silent' then coalesce(last_new_at, since_at)
        when state in ('quiet', 'moved') then since_at
    end as since_at,
    case
        when status = 'normal' then null
        when state in ('new', 'normal') and len(broken) > 0 then array_to_string(broken, ', ')
        when state in ('new', 'normal') or (status = 'failing' and advice is null) then last_failure
        else advice
    end as message
from outlet_health
order by status = 'failing' desc, status = 'silent' desc, title
