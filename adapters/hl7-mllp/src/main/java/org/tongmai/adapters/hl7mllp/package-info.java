/**
 * HL7 v2 over MLLP ("HL7 Version 3 Standard: Transport Specification - MLLP, Release 1"), as server and as client.
 * Used as the kamelets {@code hl7-mllp-source} and {@code hl7-mllp-sink}; {@link
 * org.tongmai.adapters.hl7mllp.MllpError} lists what can go wrong.
 */
package org.tongmai.adapters.hl7mllp;
