-- Rows a month and a fingerprint of them that does not depend on their order.
select
    date_trunc('month', changed_at) as month,
    count(*) as rows,
    bit_xor(hash(x)) as fingerprint
from revisions as x
group by month
order by month
