package org.tongmai.routes.engine.gateway.camel;

import java.util.concurrent.Executor;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultEndpoint;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.chain.GatewayChain;
import org.tongmai.routes.engine.gateway.chain.Passage;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** One gateway, to send calls to. */
@UriEndpoint(
        firstVersion = "4.18.0",
        scheme = "gateway",
        title = "Gateway",
        syntax = "gateway:kind",
        category = Category.CORE)
public final class GatewayEndpoint extends DefaultEndpoint {
    /** Exchange property, {@link org.tongmai.standards.error.Issue}: why a message by a listener did not pass. */
    static final String REFUSAL = "CamelTongmaiGatewayRefusal";

    /** Exchange property, Boolean: the receiver behind the service was asked for no acknowledgement, so none came. */
    static final String UNCONFIRMED = "CamelTongmaiGatewayUnconfirmed";

    /** Of a transport that answers so where the message itself asks for no acknowledgement (MSH-15 and MSH-16). */
    private static final String MLLP = "mllp";

    private static final int SENT = 202;

    private final GatewayKind kind;

    @UriParam(description = "Name of the route of the listener whose messages are sent; empty for calls by HTTP.")
    private String listener = "";

    GatewayEndpoint(String uri, GatewayComponent component, GatewayKind kind) {
        super(uri, component);
        this.kind = kind;
    }

    public String getListener() {
        return listener;
    }

    public void setListener(String listener) {
        this.listener = listener;
    }

    @Override
    public Producer createProducer() {
        GatewayChain chain = getCamelContext().getRegistry().findSingleByType(GatewayChain.class);
        if (chain == null) {
            throw new IllegalStateException("no GatewayChain in the Camel registry (expected: exactly one)");
        }
        return new Door(chain);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("gateway:" + kind + " (expected: only in to)");
    }

    private static boolean isUnconfirmed(Passage passage, HttpAnswer answer) {
        return answer.status() == SENT
                && passage.service() != null
                && passage.service().rule().transport().kind().equals(MLLP);
    }

    private final class Door extends DefaultAsyncProducer {
        private final GatewayChain chain;

        Door(GatewayChain chain) {
            super(GatewayEndpoint.this);
            this.chain = chain;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            HttpCall call = exchange.getMessage().getBody(HttpCall.class);
            Executor thread = exchange.getProperty(ExchangeNames.CONNECTION_THREAD, Executor.class);
            Passage passage = new Passage(kind, call, thread == null ? Runnable::run : thread).by(listener);
            chain.pass(passage, (answer, failure) -> {
                exchange.getMessage().setBody(answer);
                exchange.setProperty(REFUSAL, passage.refusal());
                exchange.setProperty(UNCONFIRMED, answer != null && isUnconfirmed(passage, answer));
                exchange.setException(failure);
                callback.done(false);
            });
            return false;
        }
    }
}
