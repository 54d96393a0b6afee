/** The page Messages: search the journal, follow one message, see its bytes, play it again. */
package org.tongmai.console.server.message;
