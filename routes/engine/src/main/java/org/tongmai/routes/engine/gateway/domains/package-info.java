/** Which pages may call, and where answers may lead (安全域名). */
package org.tongmai.routes.engine.gateway.domains;
