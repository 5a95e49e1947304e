-- Which names do readers mark as wrong most often?
select
    caption,
    count(*) as judged,
    count(*) filter (where verdict = 'wrong') as wrong,
    round(100 * count(*) filter (where verdict = 'wrong') / count(*)) as percent_wrong
from alerts
where verdict in ('right', 'wrong')
group by caption
order by percent_wrong desc, judged desc, caption
