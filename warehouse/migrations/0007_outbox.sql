-- The outbox of digests and immediate alerts: what is on its way, what came of it, and when it is tried again.

drop view digests;

alter table store.digests add column kind varchar default 'digest';
alter table store.digests add column day date;
-- sending: handed to the server, or about to be; after a crash it is handed over again, unchanged.
-- waiting: certainly not taken, and tried again; sent; refused: for good; withdrawn: told by a later one instead.
alter table store.digests add column state varchar default 'sent';
alter table store.digests add column attempts integer default 0;
alter table store.digests add column last_error varchar;
alter table store.digests add column next_try_at timestamp;
-- The message as it is handed over; null when it is sent or given up.
alter table store.digests add column mail blob;

create view digests as
select
    d.digest_id,
    d.reader,
    d.kind,
    d.day,
    d.state,
    d.since_at,
    d.until_at,
    d.subject,
    d.made_at,
    d.sent_at,
    d.attempts,
    d.last_error,
    count(x.alert_id) as alerts
from store.digests as d
left join store.digest_alerts as x using (digest_id)
group by all;

comment on view digests is 'Every digest and immediate message made for a reader, and what came of it.';
comment on column digests.digest_id is 'Key.';
comment on column digests.reader is 'File name of the subscription; notify:NAME is the address that the environment variable NAME holds.';
comment on column digests.kind is 'digest, or alert for an immediate message.';
comment on column digests.day is 'The day it is the digest of, in the zone of the reader; null for an immediate message.';
comment on column digests.state is 'sending; waiting: not taken yet, tried again; sent; refused: for good; withdrawn: a later one told its alerts.';
comment on column digests.since_at is 'Alerts made from then (UTC) ...';
comment on column digests.until_at is '... up to then.';
comment on column digests.subject is 'Subject of the message.';
comment on column digests.made_at is 'When it was made (UTC).';
comment on column digests.sent_at is 'When the server took it (UTC); null: not yet.';
comment on column digests.attempts is 'How often it was handed to a server.';
comment on column digests.last_error is 'What the server said last, where it did not take it.';
comment on column digests.alerts is 'How many alerts it tells.';
