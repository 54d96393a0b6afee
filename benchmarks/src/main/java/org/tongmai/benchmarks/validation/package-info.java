/** What judging a resource costs. */
package org.tongmai.benchmarks.validation;
