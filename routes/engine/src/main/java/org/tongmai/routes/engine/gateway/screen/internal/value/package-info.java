/** What is done with one value before it is judged: the prefilter and the decodings; and how tables are read. */
package org.tongmai.routes.engine.gateway.screen.internal.value;
