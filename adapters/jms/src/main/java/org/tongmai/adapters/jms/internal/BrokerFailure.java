package org.tongmai.adapters.jms.internal;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.tongmai.adapters.jms.JmsError;

/** Reads what a failure of the client means. Never quotes its text: a broker's answer may hold a message's content. */
final class BrokerFailure {
    private static final Set<ActiveMQExceptionType> AWAY = EnumSet.of(
            ActiveMQExceptionType.NOT_CONNECTED,
            ActiveMQExceptionType.CONNECTION_TIMEDOUT,
            ActiveMQExceptionType.DISCONNECTED,
            ActiveMQExceptionType.OBJECT_CLOSED,
            ActiveMQExceptionType.UNBLOCKED,
            ActiveMQExceptionType.INTERNAL_ERROR);

    private BrokerFailure() {}

    static JmsError codeOf(JMSException failure) {
        if (failure instanceof IllegalStateException) {
            return JmsError.BROKER_AWAY;
        }
        return failure.getCause() instanceof ActiveMQException cause && !AWAY.contains(cause.getType())
                ? JmsError.BROKER_REFUSED
                : JmsError.BROKER_AWAY;
    }

    /** Says whether the broker has a message of the transaction already. */
    static boolean isDuplicate(JMSException failure) {
        return failure.getCause() instanceof ActiveMQException cause
                && cause.getType() == ActiveMQExceptionType.DUPLICATE_ID_REJECTED;
    }

    static String kindOf(JMSException failure) {
        return failure.getCause() instanceof ActiveMQException cause
                ? cause.getType().toString()
                : failure.getClass().getSimpleName();
    }
}
