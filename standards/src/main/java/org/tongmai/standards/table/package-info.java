/** Tables as text: what every reader of CSV files of this platform starts from. */
package org.tongmai.standards.table;
