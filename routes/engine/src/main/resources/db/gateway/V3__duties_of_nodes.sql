-- What a node is there for: the domains it serves, with commas between (none: all), the doors it has, and whether it takes calls.
alter table gateway_node add column domains text not null default '';
alter table gateway_node add column doors text not null default 'BUS,OPEN,USER';
alter table gateway_node add column state text not null default 'ACTIVE';
