/** How long the attack screening of the gateways takes for a request, measured with JMH. */
package org.tongmai.benchmarks.screening;
