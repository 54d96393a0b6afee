/** Whether a value would go on as SQL: lexer, grammar of fragments, and the rules over what the grammar saw. */
package org.tongmai.routes.engine.gateway.screen.internal.sql;
