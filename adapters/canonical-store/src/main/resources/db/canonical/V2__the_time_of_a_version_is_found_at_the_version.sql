-- A resource's row changes with every version. With the time of the last one in an index, each change would write every
-- index of the row anew; so the time is looked for among the versions, which are only added.
alter table canonical.resource_version add column type text collate "C" not null default '';
update canonical.resource_version v set type = r.type from canonical.resource r where r.rid = v.rid;
alter table canonical.resource_version alter column type drop default;
create index resource_version_age on canonical.resource_version (type, last_updated, rid, version);
drop index canonical.resource_last_updated;
