/** The gateways on a Camel route: {@code gateway:open} and {@code gateway:bus}. */
package org.tongmai.routes.engine.gateway.camel;
