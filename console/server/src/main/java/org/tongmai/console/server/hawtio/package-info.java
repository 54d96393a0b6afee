/** Hawtio behind our login, with our pages in it. */
package org.tongmai.console.server.hawtio;
