/** What signing, verifying, hashing and sealing cost. */
package org.tongmai.benchmarks.crypto;
