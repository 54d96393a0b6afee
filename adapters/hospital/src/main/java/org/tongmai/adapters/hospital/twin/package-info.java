/** A twin of a system that receives HL7 messages: a real MLLP server with a ledger and scripted faults. */
package org.tongmai.adapters.hospital.twin;
