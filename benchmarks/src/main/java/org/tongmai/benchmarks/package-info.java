/** Figures and their method; started by {@link org.tongmai.benchmarks.Benchmarks}. */
package org.tongmai.benchmarks;
