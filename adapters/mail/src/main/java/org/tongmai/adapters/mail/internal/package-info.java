/** What the kamelet is made of. */
package org.tongmai.adapters.mail.internal;
