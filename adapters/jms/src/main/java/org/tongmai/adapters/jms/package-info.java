/** JMS on Artemis: canonical events as messages. The kamelet is the API; {@code internal} is not. */
package org.tongmai.adapters.jms;
