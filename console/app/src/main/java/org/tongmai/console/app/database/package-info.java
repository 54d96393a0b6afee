/** The embedded PostgreSQL: unpacked, initialised, supervised, stopped. */
package org.tongmai.console.app.database;
