/** Turns every failure of the API into a coded problem (RFC 9457), without a stack trace or a value of the request. */
package org.tongmai.console.server.problem;
