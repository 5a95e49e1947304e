select
    title,
    status,
    case
        when status = 'failing' then coalesce(last_success_at, last_failure_at)
        when status = 'silent' then last_new_at
    end as since_at,
    case
        when status = 'degraded' then array_to_string(broken, ', ')
        when status = 'failing' then last_failure
    end as message
from outlet_health
order by status = 'failing' desc, status = 'silent' desc, title
