/** What a call goes through on its way in: it is found a service, proves who it is, and is judged. */
package org.tongmai.routes.engine.gateway.chain;
