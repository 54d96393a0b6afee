/** Who a user is: tokens of identity providers, checked or exchanged, without a thread of the path that waits. */
package org.tongmai.routes.engine.gateway.user;
