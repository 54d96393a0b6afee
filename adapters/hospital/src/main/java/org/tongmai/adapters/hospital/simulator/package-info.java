/** Plays a day of a district with two hospitals; the same seed gives the same bytes. */
package org.tongmai.adapters.hospital.simulator;
