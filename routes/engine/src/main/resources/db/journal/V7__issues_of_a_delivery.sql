-- What was noticed while a delivery was written: what had no place there, or what the data lack; one line an issue, no patient data.
alter table delivery add column issues text;
