-- Which rows of a bundle's or tenant's own mapped the message: MappingEngine.fingerprint; null for the platform's alone.
alter table event add column maps text;
