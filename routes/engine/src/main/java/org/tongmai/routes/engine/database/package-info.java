/** PostgreSQL as the engine uses it: statements, transactions, versions of the tables, and partitions of a day. */
package org.tongmai.routes.engine.database;
