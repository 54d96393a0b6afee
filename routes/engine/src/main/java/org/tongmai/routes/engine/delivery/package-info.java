/** Delivery off the outbox: queues a destination, back-off, circuit breaker, parking, replay. */
package org.tongmai.routes.engine.delivery;
