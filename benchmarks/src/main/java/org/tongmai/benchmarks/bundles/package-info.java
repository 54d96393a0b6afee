/** Many route bundles for one platform, to see what a start with them costs. */
package org.tongmai.benchmarks.bundles;
