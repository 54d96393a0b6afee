/** Sends HL7 messages over MLLP as a hospital does, and counts what was acknowledged. */
package org.tongmai.adapters.hospital.mllp;
