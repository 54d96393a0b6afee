-- Numbers of batches; each node takes a hundred at a time, so gaps are usual.
create sequence delivery_batch_number increment by 100;

create sequence replay_number;

-- What a person decided about a destination; it outlives a restart.
create table destination (
  name       text        primary key,     -- route id of the delivering route
  paused     boolean     not null,
  changed_at timestamptz not null
);
