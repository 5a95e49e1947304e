insert into store.mentions by name
select * replace (list_extract($reasons::varchar[][], reasons) as reasons)
from incoming
