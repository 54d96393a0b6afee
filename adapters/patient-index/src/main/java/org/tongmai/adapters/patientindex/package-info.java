/** Keeps the master patient index on PostgreSQL: records, persons, their history, and candidates. */
package org.tongmai.adapters.patientindex;
