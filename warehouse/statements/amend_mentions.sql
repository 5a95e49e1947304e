-- An article whose language was found out, or found out better, after it was matched.
update store.mentions as m
set language = staged.language
from staged
where m.article_id = staged.article_id
  and m.language <> staged.language
