/** The deployed route bundles and every decision about them. */
package org.tongmai.console.server.bundle;
