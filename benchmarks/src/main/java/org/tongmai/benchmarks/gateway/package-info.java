/** Load on the bus and its gateways. */
package org.tongmai.benchmarks.gateway;
