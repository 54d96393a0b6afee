/** The Camel component behind the kamelets, on Vert.x. */
package org.tongmai.adapters.http.internal;
