/** The embedded Artemis: a persistent journal in the data directory, supervised. */
package org.tongmai.console.app.broker;
