package org.tongmai.adapters.hl7mllp.internal.camel;

import java.nio.charset.Charset;
import java.time.Duration;
import org.tongmai.adapters.hl7mllp.internal.AcknowledgementMode;
import org.tongmai.adapters.hl7mllp.internal.TakenMessages;
import org.tongmai.adapters.hl7mllp.internal.Tls;
import org.tongmai.standards.hl7v2.Hl7Acknowledgement;

/**
 * What one listener is set to; the kamelet's properties of the same names describe and default them.
 *
 * @param taken which messages
 * @param charset for messages that do not name one; null when the bytes decide
 * @param maxFrameSize bytes
 * @param maxConnections open at once
 * @param maxConnectionsPerAddress of one remote address open at once
 * @param maxInFlight messages of one connection in process at once
 * @param maxBytesInFlight bytes of all connections held at once
 * @param idleTimeout silence after which a connection is closed; zero for never
 * @param readTimeout how long a frame may take from its start mark to its end mark
 * @param tls empty key store for plain connections
 * @param tlsClientAuthentication none, want or need
 * @param acknowledgement writes the answers
 * @param mode decides which
 */
record ListenerSettings(
        TakenMessages taken,
        Charset charset,
        int maxFrameSize,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxInFlight,
        long maxBytesInFlight,
        Duration idleTimeout,
        Duration readTimeout,
        Tls tls,
        String tlsClientAuthentication,
        Hl7Acknowledgement acknowledgement,
        AcknowledgementMode mode) {}
