/** The rules of the bus and its gateways over REST. */
package org.tongmai.console.server.gateway;
