/** Loads the platform's MLLP port, measures the acknowledgements and checks that everything arrived. */
package org.tongmai.benchmarks.mllp;
