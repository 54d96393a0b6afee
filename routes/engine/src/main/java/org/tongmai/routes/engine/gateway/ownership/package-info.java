/** Whose data a call asks for and an answer holds, and whether the user may have it (防用户越权访问). */
package org.tongmai.routes.engine.gateway.ownership;
