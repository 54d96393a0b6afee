-- Which store wrote last, and how often was written. A store that finds here what it left knows that nobody wrote since:
-- then what it remembers of resources is still so, and it need not look them up. Changed by each writing transaction, under
-- the lock by which writers take turns. Whatever else changes a resource has to change this row in the same transaction.
create table turn (
  one    smallint primary key default 1 check (one = 1),
  store  uuid     not null,
  number bigint   not null
) with (fillfactor = 10);

insert into turn (store, number) values ('00000000-0000-0000-0000-000000000000', 0);
