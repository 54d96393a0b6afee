/** How the audit log is written, signed, searched, verified and pruned. */
package org.tongmai.routes.engine.audit.internal;
