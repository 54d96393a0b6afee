/** Whether a value would become script in a page: HTML tags, addresses, ECMAScript and CSS. */
package org.tongmai.routes.engine.gateway.screen.internal.html;
