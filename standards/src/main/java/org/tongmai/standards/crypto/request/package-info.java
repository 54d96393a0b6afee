/** How a caller signs a request to the open gateway, and how the gateway reads that. */
package org.tongmai.standards.crypto.request;
