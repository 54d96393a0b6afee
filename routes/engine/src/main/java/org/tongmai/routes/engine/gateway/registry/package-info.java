/** Rules published whole, in the database, and what each node runs of them. */
package org.tongmai.routes.engine.gateway.registry;
