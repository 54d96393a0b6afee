package org.tongmai.routes.engine.bundle.deploy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.tongmai.standards.error.FailureFacts;

/**
 * Makes an {@link Error} of a step its exchange's exception, so that the route's {@code doCatch} answers the sender.
 * Camel does that for exceptions only: after a stack that overflows in {@code transformDataType} it goes on as if
 * nothing had happened, and then throws. A failure of the virtual machine itself goes on its way and ends the process.
 */
final class ErrorsAsExceptions implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                AtomicBoolean ended = new AtomicBoolean();
                boolean synchronous;
                try {
                    // A synchronous end is given below: what comes after the step must not run inside it.
                    synchronous = super.process(exchange, doneSync -> {
                        if (!doneSync && ended.compareAndSet(false, true)) {
                            callback.done(false);
                        }
                    });
                } catch (Error e) {
                    if (FailureFacts.isMachineFailure(e) || !ended.compareAndSet(false, true)) {
                        throw e;
                    }
                    exchange.setException(e);
                    synchronous = true;
                }
                if (synchronous) {
                    callback.done(true);
                }
                return synchronous;
            }
        };
    }
}
