/** Steps of the route templates that make a service of another kind out of what a call holds, and an answer of what it says. */
package org.tongmai.routes.engine.gateway.convert;
