-- A merge, or a transaction about several: the patients beside patient_id, one a line. Such a message has its turn with each.
-- delivery.patient_key has one a line, too.
alter table message add column also_patients text;
