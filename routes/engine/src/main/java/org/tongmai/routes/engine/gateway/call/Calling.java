package org.tongmai.routes.engine.gateway.call;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tongmai.routes.engine.gateway.CopyFigures;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Gateways;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.routes.engine.gateway.rules.TrafficRule;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.error.Wire;
import org.tongmai.standards.exchange.ExchangeError;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** Everything a service needs to be called; one for each published service, kept while its rules stay the same. */
public final class Calling {
    private static final int TIMED_OUT = 504;
    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    private static final long BETWEEN_TELLINGS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Calling.class);

    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - BETWEEN_TELLINGS);
    private final String service;
    private final TrafficRule rule;
    private final String strip;
    private final Carrier carrier;
    private final Targets targets;
    private final ServiceBreaker breaker;
    private final FailedAnswers failed;
    private final KeptAnswers kept;
    private final Copies copies;
    private final List<Issue> withheld;
    private long cleared;

    /** @param nodes how many nodes share what was agreed; at least 1 */
    public Calling(Service service, Carrier carrier, IntSupplier nodes) {
        this(service, carrier, nodes, List.of());
    }

    /**
     * Of a service that this node can not carry.
     *
     * @param why at least one
     */
    public static Calling withheld(Service service, List<Issue> why) {
        return new Calling(
                service, new NoCarrier(new CodedException(why, null), new Presence()), () -> 1, List.copyOf(why));
    }

    private Calling(Service service, Carrier carrier, IntSupplier nodes, List<Issue> withheld) {
        this.withheld = withheld;
        this.service = service.id();
        this.rule = service.traffic();
        this.strip = service.transport().strip();
        this.carrier = carrier;
        this.targets = new Targets(service.transport(), carrier);
        this.breaker = new ServiceBreaker(service.id(), rule.breaker(), carrier.room(), nodes);
        this.failed = new FailedAnswers(service);
        // Which version answers, grey rules say by more than answers are kept by.
        this.kept = new KeptAnswers(service.transport().grey().isEmpty() ? rule.cache() : null);
        this.copies = new Copies(rule, carrier);
    }

    /** Why none of its calls can be carried; empty where they can. */
    public List<Issue> withheld() {
        return withheld;
    }

    public ServiceBreaker breaker() {
        return breaker;
    }

    /** What became of copies of its calls. */
    public CopyFigures copies() {
        return copies.figures();
    }

    /** Of its kept answers; null where none are kept. */
    public Gateways.CacheFigures kept() {
        return kept.figures();
    }

    /**
     * Forgets its kept answers, once for each time that it is wanted.
     *
     * @param times how often that was wanted
     */
    public synchronized void clearKept(long times) {
        if (cleared != times) {
            cleared = times;
            kept.clear();
        }
    }

    /** Its targets as they are now. */
    public List<Gateways.TargetFigures> targets() {
        return targets.figures();
    }

    /** Asks targets whether they are well, where that is due; called again and again while the service is in force. */
    public void lookAfterTargets() {
        targets.askWhereDue(System.nanoTime());
    }

    /** Who needs the route. */
    public Presence presence() {
        return carrier.presence();
    }

    /**
     * Calls the service, again where the rules allow it.
     *
     * @param done told once, on whatever thread the answer came by
     */
    public void call(Asking asking, BiConsumer<HttpAnswer, Throwable> done) {
        Optional<String> key = kept.key(asking.call(), asking.application());
        Optional<HttpAnswer> known = key.flatMap(kept::find);
        if (known.isPresent()) {
            done.accept(known.get(), null);
            return;
        }
        HttpCall stripped = stripped(asking.call());
        Asking sent = new Asking(stripped, asking.application(), asking.received());
        new Attempts(sent, (answer, failure) -> {
                    if (answer != null) {
                        key.ifPresent(name -> kept.keep(name, answer));
                    }
                    done.accept(answer, failure);
                    if (answer != null) {
                        copies.copy(stripped, answer);
                    }
                })
                .next();
    }

    /** The path begins with what is taken away, in whatever way its characters are written: so segments are counted. */
    private HttpCall stripped(HttpCall call) {
        if (strip.isEmpty()) {
            return call;
        }
        int from = 0;
        for (int i = 0; i < strip.length() && from >= 0; i++) {
            from = strip.charAt(i) == '/' ? call.path().indexOf('/', from + 1) : from;
        }
        String path = from < 0 ? "/" : call.path().substring(from);
        return new HttpCall(call.method(), path, call.query(), call.fields(), call.content(), call.remoteAddress());
    }

    /** The attempts of one call, one after the other. */
    private final class Attempts {
        private final Asking asking;
        private final BiConsumer<HttpAnswer, Throwable> done;
        private final boolean repeatable;
        private int timeouts;
        private int errors;
        private Targets.Place place;

        Attempts(Asking asking, BiConsumer<HttpAnswer, Throwable> done) {
            this.asking = asking;
            this.done = done;
            this.repeatable = rule.idempotent().contains(asking.call().method());
        }

        void next() {
            ServiceBreaker.Permit permit;
            try {
                permit = breaker.permit();
                place = targets.none() ? null : choose(permit);
            } catch (RuntimeException e) { // whatever it is: nobody else would tell the caller
                done.accept(null, e);
                return;
            }
            Targets.Place at = place;
            if (at != null) {
                at.begun();
            }
            carrier.carry(
                    asking.call(), at == null ? "" : at.url(), rule.timeout().toMillis(), (answer, failure) -> {
                        if (at != null) {
                            at.ended();
                        }
                        ended(permit, answer, failure);
                    });
        }

        private Targets.Place choose(ServiceBreaker.Permit permit) {
            try {
                return targets.choose(asking, place);
            } catch (RuntimeException e) {
                permit.failed(e);
                throw e;
            }
        }

        private void ended(ServiceBreaker.Permit permit, HttpAnswer answer, Throwable failure) {
            if (failure == null && !failed.has(answer)) {
                permit.succeeded();
                done.accept(answer, null);
                return;
            }
            CodedException known = failure == null ? null : codedIn(failure);
            if (known != null && isOurs(known)) {
                permit.unused();
                done.accept(null, told(known));
                return;
            }
            CodedException why = failure == null ? unwellFailure(answer) : coded(failure);
            boolean answered = known != null && !known.retryable();
            if (answered && !failed.has(known)) {
                // It lies in the answer, not in the target: another attempt would end alike.
                permit.succeeded();
                done.accept(null, why);
                return;
            }
            permit.failed(why);
            boolean timedOut = why.code().wire().httpStatus() == TIMED_OUT;
            if (!timedOut && failure != null && !answered && place != null) {
                place.notReached();
            }
            if (mayTryAgain(timedOut, failure)) {
                if (answer != null) {
                    answer.content().close();
                }
                next();
            } else {
                boolean perhaps = failure != null && !answered && !repeatable && mayBeDone(known, failure);
                done.accept(failure == null ? answer : null, perhaps ? perhapsDone(why) : failure == null ? null : why);
            }
        }

        /** Who is told to come again would have the service do twice what it may have done. */
        private CodedException perhapsDone(CodedException why) {
            String detail = why.issues().get(0).detail();
            String code = why.code().code();
            return new CodedException(
                    Issue.of(GatewayError.OUTCOME_UNKNOWN, service, detail.isEmpty() ? code : code + ", " + detail),
                    why);
        }

        /** An answer without room is one: who is told to come again would have the service do twice what it did. */
        private CodedException told(CodedException ours) {
            if (ours.code() == ExchangeError.NO_DISK_ROOM && !repeatable) {
                Issue full = ours.issues().get(0);
                return new CodedException(Issue.of(GatewayError.DONE_NOT_ANSWERED, service, full.detail()), ours);
            }
            return ours;
        }

        /** A request that may have reached the service is repeated only where that does no harm. */
        private boolean mayTryAgain(boolean timedOut, Throwable failure) {
            boolean harmless = repeatable || failure != null && neverSent(failure);
            if (!harmless) {
                return false;
            }
            return timedOut ? timeouts++ < rule.timeoutRetries() : errors++ < rule.errorRetries();
        }
    }

    private CodedException unwellFailure(HttpAnswer answer) {
        GatewayError error = answer.status() == TIMED_OUT ? GatewayError.NOT_ANSWERED : GatewayError.SERVICE_FAILED;
        return new CodedException(Issue.of(error, service, "status: " + answer.status()));
    }

    /** A time-out, a connection that broke or something nobody foresaw, when the request may have gone out. */
    private static boolean mayBeDone(CodedException known, Throwable failure) {
        if (known == null) {
            return !neverSent(failure);
        }
        Wire wire = known.code().wire();
        return wire.httpStatus() == TIMED_OUT || wire.fhirIssue().equals("incomplete") && !neverSent(failure);
    }

    /** Connecting failed: nothing of the request went out. */
    private static boolean neverSent(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof java.net.ConnectException) {
                return true;
            }
        }
        return false;
    }

    /** A step found that before the service was asked: it says nothing about the service, and the caller is told as it is. */
    private static boolean liesInTheCall(CodedException failure) {
        int status = failure.code().wire().httpStatus();
        return status >= BAD_REQUEST && status < INTERNAL_ERROR;
    }

    /** Of the call, of our own threads or of our own disk: it says nothing about the service. */
    private static boolean isOurs(CodedException failure) {
        return liesInTheCall(failure)
                || failure.code() == GatewayError.SERVICE_OVERLOADED
                || failure.code() == ExchangeError.NO_DISK_ROOM
                || failure.code() == ExchangeError.NOT_READ;
    }

    private static CodedException codedIn(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CodedException coded) {
                return coded;
            }
        }
        return null;
    }

    /** What a sink says stays underneath; the caller is told which of ours it is. */
    private CodedException coded(Throwable failure) {
        CodedException coded = codedIn(failure);
        if (coded != null && coded.code() instanceof GatewayError) {
            return coded;
        }
        boolean timedOut = coded != null && coded.code().wire().httpStatus() == TIMED_OUT;
        String detail = coded == null ? "" : coded.code().code();
        tell(failure);
        GatewayError error = timedOut ? GatewayError.NOT_ANSWERED : GatewayError.SERVICE_FAILED;
        return new CodedException(Issue.of(error, service, detail), failure);
    }

    /** Classes and lines are for who runs the node, not for callers; once a second is enough to find the cause. */
    private void tell(Throwable failure) {
        long now = System.nanoTime();
        long before = toldAt.get();
        if (now - before >= BETWEEN_TELLINGS && toldAt.compareAndSet(before, now)) {
            LOG.warn("service {} could not be called: {}", service, FailureFacts.place(failure));
        }
    }
}
