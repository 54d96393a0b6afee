/** Writes administrative acts into the audit log before they are done, and lets it be searched and verified. */
package org.tongmai.console.server.audit;
