/** What the kamelet is made of. */
package org.tongmai.adapters.jms.internal;
