/** What the one jar does on the command line beside running the platform: no database, no port, an answer in seconds. */
package org.tongmai.console.app.command;
