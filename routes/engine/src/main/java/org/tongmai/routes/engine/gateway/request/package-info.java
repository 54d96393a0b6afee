/** What a call says, read so that a service behind can not read it otherwise. */
package org.tongmai.routes.engine.gateway.request;
