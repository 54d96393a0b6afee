/** Many route bundles on one platform: what publishing one more costs, and what its neighbours notice of it. */
package org.tongmai.benchmarks.bundles;
