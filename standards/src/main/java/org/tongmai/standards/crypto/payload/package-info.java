/** Encrypted bodies of requests and answers. */
package org.tongmai.standards.crypto.payload;
