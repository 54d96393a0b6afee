-- The audit log (docs/decisions/0015-audit-log.md): one chain a node, one row a block, one block a commit.
-- Blocks and checkpoints are only added; what leaves, leaves as a whole day after the retention, and leaves an anchor.

create table audit_block (
  day           date        not null,   -- of at, UTC+8; the partition
  node          text        not null collate "C",
  sequence      bigint      not null,   -- 1, 2, 3 … of the node, without a gap
  at            timestamptz not null,   -- when it was written; never before the block before it
  first_at      timestamptz not null,   -- earliest and latest time of its records
  last_at       timestamptz not null,
  records       integer     not null,
  total         bigint      not null,   -- records of the chain up to here
  kinds         smallint    not null,   -- AuditKind bits of its records
  previous_hash bytea       not null,   -- hash of the block before; 32 zeros for the first
  hash          bytea       not null,   -- SM3, see BlockChain
  marks         bytea       not null,   -- four bytes a record of its link of the chain: which record was changed
  terms         bytea       not null,   -- Bloom filter of actor, act, object, outcome, trace of its records
  content       bytea       not null,   -- 01, then the records as lines, deflated
  primary key (node, sequence, day)
) partition by range (day);

create index audit_block_time on audit_block (at, node, sequence);
create index audit_block_acts on audit_block (at, node, sequence) where kinds & 1 = 1;
-- It is deflated already.
alter table audit_block alter column content set storage external;

create table audit_checkpoint (
  day       date        not null,   -- of at, UTC+8; the partition
  node      text        not null collate "C",
  number    bigint      not null,   -- 1, 2, 3 … of the node, without a gap
  sequence  bigint      not null,   -- the last block that is signed
  hash      bytea       not null,
  total     bigint      not null,
  at        timestamptz not null,
  key       text        not null,   -- fingerprint: SM3 of the public key
  signature bytea       not null,   -- SM2, r and s
  primary key (node, number, day)
) partition by range (day);

create index audit_checkpoint_block on audit_checkpoint (node, sequence);

-- What was dropped after the retention ends here: signed, so that a removal does not look like it.
create table audit_anchor (
  node       text        not null collate "C",
  sequence   bigint      not null,   -- the last block that was dropped
  hash       bytea       not null,
  total      bigint      not null,
  checkpoint bigint      not null,   -- the last checkpoint that was dropped
  at         timestamptz not null,
  key        text        not null,
  signature  bytea       not null,
  primary key (node, sequence)
);

create table audit_key (
  node        text        not null collate "C",
  fingerprint text        not null,
  public_key  bytea       not null,  -- X.509 SubjectPublicKeyInfo
  since       timestamptz not null default now(),
  primary key (node, fingerprint)
);

-- Where a node's chain ends, changed with each block, so that of two processes with one name only one writes.
create table audit_head (
  node     text        primary key collate "C",
  run      uuid        not null,
  sequence bigint      not null,
  hash     bytea       not null,
  total    bigint      not null,
  at       timestamptz not null
) with (fillfactor = 20);

create function audit_is_only_added_to() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only added to' using errcode = '42501';
end $$;

-- Of a partitioned table's row triggers every partition gets its own; those for truncate are made with the partition.
create trigger audit_block_kept before update or delete on audit_block
  for each row execute function audit_is_only_added_to();
create trigger audit_checkpoint_kept before update or delete on audit_checkpoint
  for each row execute function audit_is_only_added_to();
create trigger audit_anchor_kept before update or delete on audit_anchor
  for each row execute function audit_is_only_added_to();
create trigger audit_anchor_not_emptied before truncate on audit_anchor
  for each statement execute function audit_is_only_added_to();
create trigger audit_key_kept before update or delete on audit_key
  for each row execute function audit_is_only_added_to();
