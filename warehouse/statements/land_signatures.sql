merge into store.signatures as s
using (
    select * replace (list_extract($signature::blob[], signature) as signature)
    from incoming
) as incoming
using (article_id)
when not matched then insert by name
