/** How the twin does it. */
package org.tongmai.adapters.district.twin.internal;
