/**
 * The service bus and its gateways: published services, who may call them, and the chain of guards every call goes through.
 * This package names what all of it shares: the gateways, and what can go wrong.
 */
package org.tongmai.routes.engine.gateway;
