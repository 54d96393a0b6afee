/** Sees to it that a request is taken once: on any node, and after a restart. */
package org.tongmai.routes.engine.gateway.replay;
