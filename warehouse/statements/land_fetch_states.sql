merge into store.fetch_states as s
using incoming
using (url)
when matched and incoming.fetched_at >= s.fetched_at then update by name
when not matched then insert by name
