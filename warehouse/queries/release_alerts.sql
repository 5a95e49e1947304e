-- Rows a month and a fingerprint of them that does not depend on their order.
select
    date_trunc('month', created_at) as month,
    count(*) as rows,
    bit_xor(hash(x)) as fingerprint
from alerts as x
group by month
order by month
