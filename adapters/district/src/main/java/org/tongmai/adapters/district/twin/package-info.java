/** A twin of a district platform: a real SFTP server with a ledger, receipts and scripted faults. */
package org.tongmai.adapters.district.twin;
