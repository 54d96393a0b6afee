package org.tongmai.adapters.hl7mllp.internal.camel;

import io.netty.channel.ChannelHandlerContext;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.netty.NettyConstants;
import org.tongmai.adapters.hl7mllp.internal.InboundMessage;
import org.tongmai.adapters.hl7mllp.internal.Reply;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ExchangeNames;
import org.tongmai.standards.exchange.Outcome;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Decoder;
import org.tongmai.standards.hl7v2.Hl7Header;

/**
 * Makes a {@link ReceivedMessage} of what came off the wire. Never throws for bad input: what can not be read is handed
 * on with the reasons, so that it is journalled and answered like anything else.
 */
public final class ReadFrame implements Processor {
    static final String FRAME = "CamelTongmaiMllpFrame";
    static final String HEADER = "CamelTongmaiMllpHeader";
    private static final String FORMAT = "hl7v2:message";

    private MllpSource source;

    /** @param source the listener whose settings it reads with */
    public void setSource(MllpSource source) {
        this.source = source;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        InboundMessage inbound = inbound(message.getBody());
        ListenerSettings settings = source.settings();
        Hl7Decoder.Decoded decoded = Hl7Decoder.decode(inbound.content(), settings.charset());
        Hl7Header header = Hl7Header.scan(decoded.text());
        ReceivedMessage received = new ReceivedMessage(
                FORMAT,
                inbound.content(),
                decoded.charset(),
                decoded.text(),
                header.keys(),
                address(message),
                inbound.receivedAt());
        exchange.setProperty(FRAME, inbound);
        exchange.setProperty(HEADER, header);
        exchange.setProperty(ExchangeNames.RECEIVED, received);
        exchange.setProperty(ExchangeNames.ACKNOWLEDGE_WHEN, settings.mode().when(header));
        List<Issue> issues = new ArrayList<>(header.issues());
        settings.taken().refusal(header).ifPresent(issues::add);
        issues.addAll(decoded.issues());
        note(exchange, inbound, issues);
        if (message.getHeader(NettyConstants.NETTY_CHANNEL_HANDLER_CONTEXT) instanceof ChannelHandlerContext context) {
            Consumer<Outcome> brokenOff = outcome -> context.channel()
                    .writeAndFlush(new Reply(inbound, settings.mode().answers(header, decoded.charset(), outcome)));
            exchange.setProperty(ExchangeNames.BROKEN_OFF, brokenOff);
            exchange.setProperty(ExchangeNames.CONNECTION_THREAD, context.executor());
        }
        // The channel is no business of the routes behind.
        message.removeHeaders("CamelNetty*");
        message.setBody(received);
    }

    /** What the listener hands on; or, without a listener, the bytes of a message or a message of the journal. */
    private static InboundMessage inbound(Object body) {
        if (body instanceof ReceivedMessage journalled) {
            return InboundMessage.withoutConnection(journalled.raw());
        }
        return body instanceof byte[] bytes ? InboundMessage.withoutConnection(bytes) : (InboundMessage) body;
    }

    private static void note(Exchange exchange, InboundMessage inbound, List<Issue> issues) {
        if (inbound.broken().isPresent()) {
            exchange.setProperty(
                    ExchangeNames.READ_ISSUES, List.of(inbound.broken().get()));
            return;
        }
        if (issues.isEmpty()) {
            return;
        }
        issues.sort((a, b) -> b.severity().compareTo(a.severity()));
        boolean refused = issues.get(0).severity().refuses();
        exchange.setProperty(refused ? ExchangeNames.READ_ISSUES : ExchangeNames.READ_WARNINGS, List.copyOf(issues));
    }

    private static String address(Message message) {
        Object remote = message.getHeader(NettyConstants.NETTY_REMOTE_ADDRESS);
        if (!(remote instanceof SocketAddress)) {
            return "";
        }
        String text = remote.toString();
        return text.substring(text.indexOf('/') + 1);
    }
}
