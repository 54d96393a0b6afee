/**
 * What adapters, the engine and mappings hand each other: a message as received, its key fields, its outcome, and the
 * names of the Camel headers that carry them; calls, and where their contents lie. No Camel here.
 */
package org.tongmai.standards.exchange;
