/** The master patient index over HTTP: who is one person, what waits for a decision, and the decisions. */
package org.tongmai.console.server.patientindex;
