/**
 * Attack screening of the gateways: cross-site scripting and SQL injection, found by parsing each value of a request in
 * the places it could break into. {@link org.tongmai.routes.engine.gateway.screen.Screening} is the way in.
 */
package org.tongmai.routes.engine.gateway.screen;
