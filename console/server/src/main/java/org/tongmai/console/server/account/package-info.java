/** Who may use the platform's console and API, and as what. */
package org.tongmai.console.server.account;
