-- A poll that landed may be judged again at the end of its run, when it is known whether other hosts answered.
merge into store.polls as p
using incoming
using (outlet_id, source_url, polled_at)
when matched then update set
    trouble = incoming.trouble,
    message = incoming.message
when not matched then insert by name
