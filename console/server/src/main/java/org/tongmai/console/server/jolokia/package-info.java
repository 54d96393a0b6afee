/** Roles on every Jolokia operation: a table of MBeans, members and the least role, asked before each one. */
package org.tongmai.console.server.jolokia;
