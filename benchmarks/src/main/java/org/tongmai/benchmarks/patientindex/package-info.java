/** How fast and how right the patient index is among a million invented people. */
package org.tongmai.benchmarks.patientindex;
