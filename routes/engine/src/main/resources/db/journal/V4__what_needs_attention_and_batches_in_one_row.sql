-- What needs attention is indexed by a column of its own, so that a message that goes from stored to delivered is changed
-- in place: PostgreSQL does so only when no index speaks of what changes, neither as a column nor as a condition.
drop index message_unsettled;
drop index message_problem;
alter table message
  add column attention smallint generated always as (case when state in (1, 2, 5, 6) then state end) stored;
create index message_unsettled on message (node, id) where attention in (1, 2);
create index message_problem on message (attention, id) where attention in (5, 6);

-- A batch that was begun is one row, not a change of each of its deliveries. It goes when its deliveries are settled.
create table delivery_batch (
  id          bigint   primary key,
  destination text     not null,
  message_ids bigint[] not null
);

insert into delivery_batch (id, destination, message_ids)
select batch_id, destination, array_agg(message_id) from delivery
where state in (1, 2) and batch_id is not null group by batch_id, destination;

update delivery set state = 1 where state = 2;
alter table delivery drop column batch_id;
