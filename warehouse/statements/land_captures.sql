merge into store.captures as c
using incoming
using (warc_record_id, article_id)
when not matched then insert by name
