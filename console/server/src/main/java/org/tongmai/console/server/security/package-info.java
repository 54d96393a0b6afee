/** Who gets in, by which door, and what a browser is told about it. */
package org.tongmai.console.server.security;
