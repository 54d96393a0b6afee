/** What an audit record costs. */
package org.tongmai.benchmarks.audit;
