/** Stateless conversions over HTTP: one address, and a converter for each pair of formats. */
package org.tongmai.console.server.convert;
