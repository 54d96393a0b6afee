-- Rules are published whole: one row a publication, never changed. The highest revision is in force.
create table gateway_publication (
    revision     bigint primary key,
    digest       text not null,
    content      text not null,
    note         text not null,
    published_by text not null,
    published_at timestamptz not null default now()
);

-- What each node runs, and since when.
create table gateway_node (
    node       text primary key,
    revision   bigint not null,
    digest     text not null,
    applied_at timestamptz not null,
    problem    text not null,
    seen_at    timestamptz not null
);

-- Requests that came, so that none comes twice. The slot is made of the signed time, which a replay can not change; a slot
-- that lies behind every window is dropped with its partition.
create table gateway_nonce (
    slot  bigint not null,
    claim bytea not null,
    primary key (slot, claim)
) partition by range (slot);
