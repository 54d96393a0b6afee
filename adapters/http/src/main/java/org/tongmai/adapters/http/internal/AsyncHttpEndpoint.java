package org.tongmai.adapters.http.internal;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;
import org.tongmai.standards.exchange.TrustedProxies;

/** {@code async-http:host:port} to serve, {@code async-http:http://host:port/path} to call. */
@ManagedResource(description = "Asynchronous HTTP")
@UriEndpoint(scheme = "async-http", title = "Asynchronous HTTP", syntax = "async-http:address", firstVersion = "0.1.0")
public final class AsyncHttpEndpoint extends DefaultEndpoint {
    @UriPath
    private final String address;

    @UriParam
    private int maxBody = 10 * 1024 * 1024;

    @UriParam
    private long largeBody;

    @UriParam
    private String largeContents = "";

    @UriParam
    private int maxConnections = 2_000;

    @UriParam
    private int maxConnectionsPerAddress = 1_000;

    @UriParam
    private int maxConnectionsPerProxy = 2_000;

    @UriParam
    private String trustedProxies = "";

    @UriParam
    private long maxBytesInFlight = 128L * 1024 * 1024;

    @UriParam
    private String requestTimeout = "15s";

    @UriParam
    private String idleTimeout = "60s";

    @UriParam
    private String answerTimeout = "30s";

    @UriParam
    private String connectTimeout = "3s";

    @UriParam
    private int connections = 64;

    @UriParam
    private String tlsKeyStore = "";

    @UriParam
    private String tlsKeyStorePassword = "";

    @UriParam
    private String tlsTrustStore = "";

    @UriParam
    private String tlsTrustStorePassword = "";

    @UriParam
    private String tlsClientAuthentication = "none";

    private final Refusals refusals = new Refusals();

    AsyncHttpEndpoint(String uri, String address, AsyncHttpComponent component) {
        super(uri, component);
        this.address = address.startsWith("//") ? address.substring(2) : address;
    }

    @Override
    public AsyncHttpComponent getComponent() {
        return (AsyncHttpComponent) super.getComponent();
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        HttpListener listener = new HttpListener(this, processor);
        configureConsumer(listener);
        return listener;
    }

    @Override
    public Producer createProducer() {
        return new HttpCaller(this);
    }

    String address() {
        return address;
    }

    TlsFiles tls() {
        return new TlsFiles(tlsKeyStore, tlsKeyStorePassword, tlsTrustStore, tlsTrustStorePassword);
    }

    TrustedProxies proxies() {
        return TrustedProxies.of(Stream.of(trustedProxies.split(","))
                .map(String::strip)
                .filter(block -> !block.isEmpty())
                .toList());
    }

    Refusals refusals() {
        return refusals;
    }

    /** How often each code was the reason why a request or a connection was refused before any route saw it. */
    @ManagedAttribute(description = "Refused before any route saw it, by code")
    public Map<String, Long> getRefused() {
        return refusals.figures();
    }

    static Duration duration(String text) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    public int getMaxBody() {
        return maxBody;
    }

    /** @param maxBody bytes of a request, or of an answer */
    public void setMaxBody(int maxBody) {
        this.maxBody = maxBody;
    }

    public long getLargeBody() {
        return largeBody;
    }

    /** @param largeBody bytes of an answer that goes into a file where it is too large to be held in memory; 0 for none */
    public void setLargeBody(long largeBody) {
        this.largeBody = largeBody;
    }

    public String getLargeContents() {
        return largeContents;
    }

    /** @param largeContents what {@link org.tongmai.standards.exchange.LargeContents} knows the listener by; empty for none */
    public void setLargeContents(String largeContents) {
        this.largeContents = largeContents;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public int getMaxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    public void setMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
    }

    public int getMaxConnectionsPerProxy() {
        return maxConnectionsPerProxy;
    }

    public void setMaxConnectionsPerProxy(int maxConnectionsPerProxy) {
        this.maxConnectionsPerProxy = maxConnectionsPerProxy;
    }

    public String getTrustedProxies() {
        return trustedProxies;
    }

    /** @param trustedProxies addresses and blocks of them, with commas between; empty for none */
    public void setTrustedProxies(String trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    public long getMaxBytesInFlight() {
        return maxBytesInFlight;
    }

    /** @param maxBytesInFlight bytes of all requests being received or answered, and as many of all answers being read */
    public void setMaxBytesInFlight(long maxBytesInFlight) {
        this.maxBytesInFlight = maxBytesInFlight;
    }

    public String getRequestTimeout() {
        return requestTimeout;
    }

    public void setRequestTimeout(String requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public String getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(String idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public String getAnswerTimeout() {
        return answerTimeout;
    }

    public void setAnswerTimeout(String answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public String getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public int getConnections() {
        return connections;
    }

    /** @param connections most connections to one address */
    public void setConnections(int connections) {
        this.connections = connections;
    }

    public String getTlsKeyStore() {
        return tlsKeyStore;
    }

    public void setTlsKeyStore(String tlsKeyStore) {
        this.tlsKeyStore = tlsKeyStore;
    }

    public String getTlsKeyStorePassword() {
        return tlsKeyStorePassword;
    }

    public void setTlsKeyStorePassword(String tlsKeyStorePassword) {
        this.tlsKeyStorePassword = tlsKeyStorePassword;
    }

    public String getTlsTrustStore() {
        return tlsTrustStore;
    }

    public void setTlsTrustStore(String tlsTrustStore) {
        this.tlsTrustStore = tlsTrustStore;
    }

    public String getTlsTrustStorePassword() {
        return tlsTrustStorePassword;
    }

    public void setTlsTrustStorePassword(String tlsTrustStorePassword) {
        this.tlsTrustStorePassword = tlsTrustStorePassword;
    }

    public String getTlsClientAuthentication() {
        return tlsClientAuthentication;
    }

    public void setTlsClientAuthentication(String tlsClientAuthentication) {
        this.tlsClientAuthentication = tlsClientAuthentication;
    }
}
