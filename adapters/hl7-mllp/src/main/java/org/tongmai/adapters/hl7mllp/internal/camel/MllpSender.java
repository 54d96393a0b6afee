package org.tongmai.adapters.hl7mllp.internal.camel;

import io.netty.handler.ssl.SslContext;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.tongmai.adapters.hl7mllp.MllpError;
import org.tongmai.adapters.hl7mllp.internal.Tls;
import org.tongmai.adapters.hl7mllp.internal.client.ConnectionPool;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * The bean of the kamelet {@code hl7-mllp-sink}: sends a message and goes on when it is acknowledged. Holds no thread
 * while it waits. The body stays what it was.
 */
public final class MllpSender extends AsyncProcessorSupport {
    private String host = "";
    private int port;
    private String answerTimeout = "30s";
    private int connections = 1;
    private String charset = "UTF-8";
    private boolean secured;
    private String tlsKeyStore = "";
    private String tlsKeyStorePassword = "";
    private String tlsTrustStore = "";
    private String tlsTrustStorePassword = "";
    private ConnectionPool pool;

    @Override
    protected void doStart() throws Exception {
        Tls tls = new Tls(tlsKeyStore, tlsKeyStorePassword, tlsTrustStore, tlsTrustStorePassword);
        SslContext context = secured ? tls.forClient() : null;
        pool = new ConnectionPool(
                new ConnectionPool.Receiver(host, port, MllpSource.duration(answerTimeout), connections), context);
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
        Outgoing outgoing = outgoing(exchange.getMessage().getBody());
        if (outgoing == null || outgoing.header().fields().isEmpty()) {
            exchange.setException(new CodedException(Issue.of(
                    MllpError.NOT_SENDABLE, "", "expected a received message, text or bytes that begin with MSH")));
            callback.done(true);
            return true;
        }
        pool.send(outgoing.content(), outgoing.header()).whenComplete((nothing, failure) -> {
            if (failure != null) {
                exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
            }
            callback.done(false);
        });
        return false;
    }

    private Outgoing outgoing(Object body) {
        if (body instanceof ReceivedMessage received) {
            return new Outgoing(received.raw(), Hl7Header.scan(received.text()));
        }
        if (body instanceof String text) {
            return new Outgoing(text.getBytes(Charset.forName(charset)), Hl7Header.scan(text));
        }
        if (body instanceof byte[] bytes) {
            // The header's conditions and control id are ASCII in every charset in use.
            return new Outgoing(bytes, Hl7Header.scan(new String(bytes, StandardCharsets.ISO_8859_1)));
        }
        return null;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public void setPort(int port) {
        this.port = port;
    }

    public void setAnswerTimeout(String answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public void setConnections(int connections) {
        this.connections = connections;
    }

    public void setCharset(String charset) {
        this.charset = charset;
    }

    public void setTls(boolean tls) {
        this.secured = tls;
    }

    public void setTlsKeyStore(String tlsKeyStore) {
        this.tlsKeyStore = tlsKeyStore;
    }

    public void setTlsKeyStorePassword(String tlsKeyStorePassword) {
        this.tlsKeyStorePassword = tlsKeyStorePassword;
    }

    public void setTlsTrustStore(String tlsTrustStore) {
        this.tlsTrustStore = tlsTrustStore;
    }

    public void setTlsTrustStorePassword(String tlsTrustStorePassword) {
        this.tlsTrustStorePassword = tlsTrustStorePassword;
    }

    private record Outgoing(byte[] content, Hl7Header header) {
        @Override
        public String toString() {
            return "Outgoing[" + content.length + " bytes]";
        }
    }
}
