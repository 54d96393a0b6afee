-- How often kept answers of a service were to be forgotten, on every node; who wanted it last, and when.
create table gateway_cleared (
    service    text primary key,
    epoch      bigint not null,
    cleared_by text not null,
    cleared_at timestamptz not null
);
