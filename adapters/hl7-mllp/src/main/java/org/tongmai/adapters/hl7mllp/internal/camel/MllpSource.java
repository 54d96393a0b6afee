package org.tongmai.adapters.hl7mllp.internal.camel;

import io.netty.channel.Channel;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.component.netty.NettyConsumer;
import org.apache.camel.component.netty.ServerInitializerFactory;
import org.apache.camel.util.TimeUtils;
import org.tongmai.adapters.hl7mllp.internal.AcknowledgementMode;
import org.tongmai.adapters.hl7mllp.internal.AcknowledgementMode.Silence;
import org.tongmai.adapters.hl7mllp.internal.EventLoops;
import org.tongmai.adapters.hl7mllp.internal.TakenMessages;
import org.tongmai.adapters.hl7mllp.internal.Tls;
import org.tongmai.standards.exchange.AcknowledgeWhen;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement;

/**
 * The bean of the kamelet {@code hl7-mllp-source}: takes the kamelet's properties as text, one instance a listener, and
 * gives camel-netty the pipeline and the kamelet its two steps.
 */
public final class MllpSource extends ServerInitializerFactory {
    private String messages = "";
    private String charset = "";
    private String acknowledge = "processed";
    private String silence = "never";
    private int maxFrameSize;
    private int maxConnections;
    private int maxConnectionsPerAddress;
    private int maxInFlight;
    private long maxBytesInFlight;
    private String idleTimeout = "0";
    private String readTimeout = "30s";
    private String tlsKeyStore = "";
    private String tlsKeyStorePassword = "";
    private String tlsTrustStore = "";
    private String tlsTrustStorePassword = "";
    private String tlsClientAuthentication = "none";
    private ListenerSettings settings;

    @Override
    public ServerInitializerFactory createPipelineFactory(NettyConsumer consumer) {
        ListenerFollowsRoute.in(consumer.getContext());
        // Camel asks for the pipeline before it looks at these, and ends only threads that it made itself.
        consumer.getConfiguration().setBossGroup(EventLoops.accepting());
        consumer.getConfiguration().setWorkerGroup(EventLoops.connected());
        return new MllpListener(settings(), consumer);
    }

    @Override
    protected void initChannel(Channel channel) {
        throw new IllegalStateException("only the pipeline made for a consumer serves connections");
    }

    /** The settings all properties add up to; fixed when first asked for. */
    synchronized ListenerSettings settings() {
        if (settings == null) {
            Hl7Acknowledgement acknowledgement = new Hl7Acknowledgement(Clock.systemDefaultZone());
            AcknowledgeWhen when = "accepted".equals(oneOf("acknowledge", acknowledge, "processed", "accepted"))
                    ? AcknowledgeWhen.ACCEPTED
                    : AcknowledgeWhen.PROCESSED;
            Silence quiet = "as-asked".equals(oneOf("silence", silence, "never", "as-asked"))
                    ? Silence.AS_ASKED
                    : Silence.NEVER;
            settings = new ListenerSettings(
                    new TakenMessages(messages),
                    charset.isBlank() ? null : Charset.forName(charset.trim()),
                    maxFrameSize,
                    maxConnections,
                    maxConnectionsPerAddress,
                    maxInFlight,
                    maxBytesInFlight,
                    duration(idleTimeout),
                    duration(readTimeout),
                    new Tls(tlsKeyStore, tlsKeyStorePassword, tlsTrustStore, tlsTrustStorePassword),
                    tlsClientAuthentication,
                    acknowledgement,
                    new AcknowledgementMode(acknowledgement, when, quiet));
        }
        return settings;
    }

    static Duration duration(String text) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    private static String oneOf(String name, String value, String one, String other) {
        String found = value.trim().toLowerCase(Locale.ROOT);
        if (!found.equals(one) && !found.equals(other)) {
            throw new IllegalArgumentException(name + ": expected " + one + " or " + other);
        }
        return found;
    }

    public void setMessages(String messages) {
        this.messages = messages;
    }

    public void setCharset(String charset) {
        this.charset = charset;
    }

    public void setAcknowledge(String acknowledge) {
        this.acknowledge = acknowledge;
    }

    public void setSilence(String silence) {
        this.silence = silence;
    }

    public void setMaxFrameSize(int maxFrameSize) {
        this.maxFrameSize = maxFrameSize;
    }

    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public void setMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
        this.maxConnectionsPerAddress = maxConnectionsPerAddress;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public void setMaxBytesInFlight(long maxBytesInFlight) {
        this.maxBytesInFlight = maxBytesInFlight;
    }

    public void setIdleTimeout(String idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public void setReadTimeout(String readTimeout) {
        this.readTimeout = readTimeout;
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

    public void setTlsClientAuthentication(String tlsClientAuthentication) {
        this.tlsClientAuthentication = tlsClientAuthentication;
    }
}
