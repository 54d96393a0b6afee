/** Reads the tables that ship inside this module. */
package org.tongmai.console.server.table;
