-- An article alerts once for an entity, whatever is matched again later. Returns the new ones.
merge into store.alerts as al
using incoming
using (alert_id)
when not matched then insert by name
returning alert_id
