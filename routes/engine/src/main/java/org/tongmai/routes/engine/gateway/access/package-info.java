/** The access log with contents (访问日志): what it writes of a call, masked, and how it is written without a call waiting. */
package org.tongmai.routes.engine.gateway.access;
