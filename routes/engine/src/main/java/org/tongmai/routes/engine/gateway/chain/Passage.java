package org.tongmai.routes.engine.gateway.chain;

import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.call.Presence;
import org.tongmai.routes.engine.gateway.request.ReadCall;
import org.tongmai.routes.engine.gateway.rules.Binding.Protocol;
import org.tongmai.routes.engine.gateway.user.User;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.AddressBlock;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpContent;

/** One call on its way through a gateway. Used by one thread at a time. */
public final class Passage {
    private final GatewayKind gateway;
    private HttpCall received;
    private final Executor connectionThread;
    private final long begun = System.nanoTime();
    private final String trace;
    private byte[] address;
    private PublishedService service;
    private KnownApplication application;
    private Nonce nonce;
    private User user;
    private ReadCall forwarded;
    private PayloadEnvelope.Algorithm openedBy;
    private PayloadEnvelope.Receiver answerFor;
    private HttpAnswer clearAnswer;
    private Protocol protocol;
    private String listener = "";
    private BoundListener bound;
    private Issue refusal;
    private Presence presence;
    private HttpContent served = HttpContent.NONE;

    /**
     * What makes a call one of its kind; signed, where its service asks for signatures.
     *
     * @param value never used before by the application, or the user
     * @param at milliseconds since 1970
     */
    record Nonce(String value, long at) {}

    /**
     * @param received as it came in
     * @param connectionThread where it goes on after it waited
     */
    public Passage(GatewayKind gateway, HttpCall received, Executor connectionThread) {
        this.gateway = gateway;
        this.received = received;
        this.connectionThread = connectionThread;
        this.forwarded = new ReadCall(received);
        this.trace = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /**
     * A message that came by a listener: its service is that of the listener, whatever its path says.
     *
     * @param route name of the listener's route
     */
    public Passage by(String route) {
        this.listener = route;
        return this;
    }

    /** The route of the listener it came by; empty where it came by HTTP. */
    String listener() {
        return listener;
    }

    /** What the listener it came by stands for; null where it came by HTTP. */
    BoundListener bound() {
        return bound;
    }

    /** The id of the listener it came by; empty where it came by HTTP. */
    public String listenerId() {
        return bound == null ? "" : bound.id();
    }

    /** Before anything is judged. */
    void bind(BoundListener to) {
        this.bound = to;
        this.received = new HttpCall(
                received.method(), to.path(), "", received.fields(), received.body(), received.remoteAddress());
        this.forwarded = new ReadCall(received);
    }

    /** Why it did not pass, where its answer says that; null where the service answered. */
    public Issue refusal() {
        return refusal;
    }

    void refused(Issue why) {
        this.refusal = why;
    }

    public GatewayKind gateway() {
        return gateway;
    }

    public HttpCall received() {
        return received;
    }

    public Executor connectionThread() {
        return connectionThread;
    }

    /** Nanoseconds since it came in. */
    public long elapsed() {
        return System.nanoTime() - begun;
    }

    /** 32 hexadecimal digits that name the call in answers, logs and the audit. */
    public String trace() {
        return trace;
    }

    /** The bytes of its address. */
    byte[] address() {
        if (address == null) {
            address = AddressBlock.bytes(received.remoteAddress());
        }
        return address;
    }

    /** The service it is for; null until that is known. */
    public PublishedService service() {
        return service;
    }

    /** Counts it for the service's route, so that that does not go; false when it is going already. */
    boolean found(PublishedService published) {
        Presence ofRoute = published.calling().presence();
        if (!ofRoute.enter()) {
            return false;
        }
        this.service = published;
        this.presence = ofRoute;
        return true;
    }

    /** It only asks what may be asked of the service: its route is not needed. */
    void asked(PublishedService published) {
        this.service = published;
    }

    /** It no longer needs the route. */
    void served() {
        if (presence != null) {
            presence.leave();
            presence = null;
        }
    }

    /** The application it names, which may call the service; null when it names none. */
    public KnownApplication application() {
        return application;
    }

    /** The application it comes from, as far as its service asks for proof: what is not signed yet proves nothing. */
    public KnownApplication proven() {
        return application == null || service.passesOnce() && nonce == null ? null : application;
    }

    void identified(KnownApplication by) {
        this.application = by;
    }

    /** The number it passes once by; null for a call that may come again. */
    Nonce nonce() {
        return nonce;
    }

    void numbered(Nonce by) {
        this.nonce = by;
    }

    /** Whose numbers that is one of: the application's that signed, or the user's. */
    String numberedBy() {
        return application == null ? user.provider() + '|' + user.subject().token() : application.id();
    }

    /** How its content came encrypted; null when it came in clear. */
    PayloadEnvelope.Algorithm openedBy() {
        return openedBy;
    }

    void opened(PayloadEnvelope.Algorithm by) {
        this.openedBy = by;
    }

    /** The service answered this. */
    void servedWith(HttpContent content) {
        this.served = content;
    }

    /** The caller is told this; what the service answered instead is wanted by nobody. */
    void told(HttpContent content) {
        if (served != content) {
            served.close();
        }
    }

    /** Whom its answer is encrypted for; null for an answer in clear. */
    PayloadEnvelope.Receiver answerFor() {
        return answerFor;
    }

    void answerFor(PayloadEnvelope.Receiver receiver) {
        this.answerFor = receiver;
    }

    /** What the service answered, before it was encrypted; null when it was not. */
    public HttpAnswer clearAnswer() {
        return clearAnswer;
    }

    void answered(HttpAnswer clear) {
        this.clearAnswer = clear;
    }

    /** What it speaks, where that was made JSON of; null for what went on as it came. */
    Protocol protocol() {
        return protocol;
    }

    void speaks(Protocol spoken) {
        this.protocol = spoken;
    }

    /** What rates of addresses are counted by. */
    String addressKey() {
        return AddressBlock.sender(address());
    }

    /** The user whose token it brought; null when it brought none that was asked for. */
    public User user() {
        return user;
    }

    void user(User by) {
        this.user = by;
    }

    /** What goes on to the service. */
    public HttpCall forwarded() {
        return forwarded.call();
    }

    /** The same, with what guards before have read of it. */
    ReadCall read() {
        return forwarded;
    }

    void forward(HttpCall call) {
        this.forwarded = new ReadCall(call);
    }
}
