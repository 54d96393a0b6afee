/** The journal: what came in, where it is, and where it went. The root package is the API; {@code internal} is not. */
package org.tongmai.routes.engine.journal;
