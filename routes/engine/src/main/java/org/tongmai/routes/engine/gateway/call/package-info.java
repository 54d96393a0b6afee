/** How an admitted call reaches the service: a target, attempts, a breaker, kept answers, the service's own Camel route. */
package org.tongmai.routes.engine.gateway.call;
