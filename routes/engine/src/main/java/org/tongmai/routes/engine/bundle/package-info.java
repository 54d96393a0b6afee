/** Route bundles: reads, checks, starts and stops them. The root package is the API; {@code internal} is not. */
package org.tongmai.routes.engine.bundle;
