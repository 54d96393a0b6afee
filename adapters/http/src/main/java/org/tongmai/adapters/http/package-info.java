/** HTTP/1.1, serving and calling, asynchronous end to end. The kamelets are the API; {@code internal} is not. */
package org.tongmai.adapters.http;
