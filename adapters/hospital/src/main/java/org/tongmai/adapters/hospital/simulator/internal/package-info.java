/** People, visits and how they are written. */
package org.tongmai.adapters.hospital.simulator.internal;
