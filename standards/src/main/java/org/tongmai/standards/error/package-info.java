/** Coded failures: what was found, what was expected, and what that becomes on each wire. Never whose it was. */
package org.tongmai.standards.error;
