/** How a request is walked through: prefilter, decodings, and what every value is asked. */
package org.tongmai.routes.engine.gateway.screen.internal;
