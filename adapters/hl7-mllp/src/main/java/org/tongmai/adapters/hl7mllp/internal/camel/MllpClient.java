package org.tongmai.adapters.hl7mllp.internal.camel;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.Tls;
import org.tongmai.adapters.hl7mllp.internal.client.Answer;
import org.tongmai.adapters.hl7mllp.internal.client.ConnectionPool;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.hl7v2.Hl7Header;

/** What sends over MLLP: its settings and its connections. Holds no thread while it waits. */
public abstract class MllpClient extends AsyncProcessorSupport {
    private String host = "";
    private int port;
    private String answerTimeout = "30s";
    private int connections = 1;
    private String charset = "";
    private boolean secured;
    private String tlsKeyStore = "";
    private String tlsKeyStorePassword = "";
    private String tlsTrustStore = "";
    private String tlsTrustStorePassword = "";
    private Duration longest;
    private ConnectionPool pool;

    @Override
    protected void doStart() throws Exception {
        Tls tls = new Tls(tlsKeyStore, tlsKeyStorePassword, tlsTrustStore, tlsTrustStorePassword);
        SslContext context = secured ? tls.forClient() : null;
        longest = MllpSource.duration(answerTimeout);
        pool = new ConnectionPool(new ConnectionPool.Receiver(host, port, longest, connections), context);
    }

    @Override
    protected void doStop() {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Answer> sent;
        try {
            sent = sent(exchange);
        } catch (RuntimeException refused) {
            exchange.setException(refused);
            callback.done(true);
            return true;
        }
        sent.whenComplete((answer, failure) -> {
            try {
                if (failure == null) {
                    answered(exchange, answer);
                } else {
                    exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
                }
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            callback.done(false);
        });
        return false;
    }

    /** Sends what the exchange holds, or throws where it can not be sent. */
    abstract CompletableFuture<Answer> sent(Exchange exchange);

    /** Goes on with what the receiver said; what it throws the exchange fails with. */
    abstract void answered(Exchange exchange, Answer answer);

    final CompletableFuture<Answer> send(Exchange exchange, byte[] content, Hl7Header header) {
        Long limit = exchange.getProperty(ExchangeNames.TIME_LIMIT, Long.class);
        if (limit == null) {
            return pool.send(content, header, longest);
        }
        // What steps before this one took is of the same time.
        long left = limit - exchange.getClock().elapsed();
        if (left <= 0) {
            throw new CodedException(Issue.of(MllpError.NOT_ANSWERED, "", "the time was over before it was sent"));
        }
        return pool.send(content, header, Duration.ofMillis(left));
    }

    final String charset() {
        return charset;
    }

    public final void setHost(String host) {
        this.host = host;
    }

    public final void setPort(int port) {
        this.port = port;
    }

    public final void setAnswerTimeout(String answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public final void setConnections(int connections) {
        this.connections = connections;
    }

    public final void setCharset(String charset) {
        this.charset = charset;
    }

    public final void setTls(boolean tls) {
        this.secured = tls;
    }

    public final void setTlsKeyStore(String tlsKeyStore) {
        this.tlsKeyStore = tlsKeyStore;
    }

    public final void setTlsKeyStorePassword(String tlsKeyStorePassword) {
        this.tlsKeyStorePassword = tlsKeyStorePassword;
    }

    public final void setTlsTrustStore(String tlsTrustStore) {
        this.tlsTrustStore = tlsTrustStore;
    }

    public final void setTlsTrustStorePassword(String tlsTrustStorePassword) {
        this.tlsTrustStorePassword = tlsTrustStorePassword;
    }
}
