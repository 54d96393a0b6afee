/**
 * HL7 v2 as it lies on the wire (delimiter encoding, HL7 v2.1 to v2.9 chapter 2): bytes to text, the header, the
 * segments, and the acknowledgement. No Camel, no sockets.
 */
package org.tongmai.standards.hl7v2;
