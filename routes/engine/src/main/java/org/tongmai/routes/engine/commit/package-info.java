/** Group commit: many callers, one thread, one transaction a batch. */
package org.tongmai.routes.engine.commit;
