/** The running platform that is measured. */
package org.tongmai.benchmarks.platform;
