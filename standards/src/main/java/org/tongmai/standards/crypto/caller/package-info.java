/** Code for those who call the open gateway. */
package org.tongmai.standards.crypto.caller;
