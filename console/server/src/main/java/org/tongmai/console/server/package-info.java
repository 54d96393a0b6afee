/**
 * The console's server side: accounts and roles, the REST API behind each page, Hawtio with roles on every Jolokia
 * operation. {@code console/app} imports {@link org.tongmai.console.server.ConsoleServerConfiguration}.
 */
package org.tongmai.console.server;
