package org.tongmai.routes.engine.gateway.chain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.GatewayKind;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.call.Calling;
import org.tongmai.routes.engine.gateway.convert.Wsdl;
import org.tongmai.routes.engine.gateway.domains.SafeDomains;
import org.tongmai.routes.engine.gateway.rules.AccessRule.Identity;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.rules.LogRule;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** A service as it runs: its guards in order, and how it is called. */
public final class PublishedService {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Service rule;
    private final Calling calling;
    /** What needs nothing of the content but its length. */
    private final List<Guard> guards = new ArrayList<>();
    /** Those of them that need nothing but its head, and count nothing. */
    private final List<Guard> headGuards = new ArrayList<>();
    /** What needs the content. */
    private final List<Guard> contentGuards = new ArrayList<>();

    private final List<AnswerGuard> answerGuards = new ArrayList<>();
    private final ContentGuard content;
    private final IdentityGuard identity;
    private final Guard signature;
    private final UserGuard users;
    private final BindingGuard binding;
    private final Map<GatewayKind, SafeDomains> domains = new EnumMap<>(GatewayKind.class);
    private final Throttle ofService;
    private final Throttle ofAddress;

    PublishedService(Service rule, Calling calling, GuardMaker make) {
        this.rule = rule;
        this.calling = calling;
        this.identity = make.identity();
        this.content = new ContentGuard(rule.content());
        this.ofService = make.throttles().of("service", rule, rule.traffic().rate());
        this.ofAddress = make.throttles().of("addresses", rule, rule.traffic().addressRate());
        publishDomains(make.domains());
        this.binding = rule.binding() == null ? null : new BindingGuard(rule);
        this.users = rule.access().identity() == Identity.USER ? make.users().guard(rule) : null;
        guardPresence(make);
        if (AddressGuard.judges(rule.access().addresses())) {
            headGuards.add(new AddressGuard(rule.access().addresses()));
        }
        guards.addAll(headGuards);
        if (rule.traffic().addressRate().limits()) {
            guards.add(passage -> ofAddress.take(passage.addressKey(), "address"));
        }
        if (!domains.isEmpty()) {
            guards.add(this::isFromSafePage);
            headGuards.add(this::isFromSafePage);
            answerGuards.add(this::isLedSafely);
        }
        guards.add(content);
        guardIdentity(make);
        this.signature = rule.access().signed() ? make.signature(rule.access()) : null;
        if (users != null) {
            answerGuards.add(users);
        }
        contentGuards(rule.content(), make.trust());
    }

    private void guardIdentity(GuardMaker make) {
        if (rule.access().asksForApplication()) {
            guards.add(identity);
            headGuards.add(identity);
        }
        if (!rule.access().signed() && rule.access().passesOnce()) {
            Guard nonce = make.nonce(rule.access());
            guards.add(nonce);
            headGuards.add(nonce);
        }
    }

    private void guardPresence(GuardMaker make) {
        if (make.suspended().domains().contains(rule.domain())) {
            headGuards.add(this::domainSuspended);
        }
        if (rule.state() != ActiveState.ACTIVE) {
            headGuards.add(this::suspended);
        }
        if (make.suspended().systems().contains(rule.system())) {
            headGuards.add(this::suspendedWithSystem);
        }
        if (!calling.withheld().isEmpty()) {
            headGuards.add(this::withheld);
        }
    }

    /**
     * What is encrypted is opened before it is judged, and closed after all else has judged an answer. XML is screened as it
     * came and as the JSON it becomes: what stands apart in one may stand together in the other.
     */
    private void contentGuards(ContentRule rules, Trust trust) {
        if (binding != null) {
            answerGuards.add(binding);
        }
        if (!rules.encryption().equals(ContentRule.Encryption.NONE)) {
            EnvelopeGuard envelopes = new EnvelopeGuard(rules.encryption(), trust);
            contentGuards.add(envelopes);
            answerGuards.add(envelopes);
        }
        contentGuards.add(new MethodGuard(rule.methods()));
        if (!domains.isEmpty()) {
            contentGuards.add(this::leadsSafely);
        }
        if (rules.files() != null) {
            contentGuards.add(new FileGuard(rules.files()));
        }
        Guard screening = rules.screening().isEmpty() ? passage -> {} : new ScreeningGuard(rules);
        contentGuards.add(screening);
        if (binding != null) {
            contentGuards.add(binding);
            contentGuards.add(passage -> {
                if (passage.protocol() != null) {
                    screening.admit(passage);
                }
            });
        }
    }

    /** Counts a call against what was agreed; one that came before is not its application's. */
    void count(Passage passage) {
        identity.count(passage);
        ofService.take(id(), "service");
    }

    public String id() {
        return rule.id();
    }

    public Service rule() {
        return rule;
    }

    public Calling calling() {
        return calling;
    }

    /** Whether a call must be claimed before it passes, so that it passes once. */
    boolean passesOnce() {
        return rule.access().passesOnce();
    }

    /** Whether its answers wait until the record of the call is durable. */
    boolean recordsFirst() {
        return rule.log().record() == LogRule.Record.BEFORE_ANSWER;
    }

    /** How callers may speak to it in SOAP or XML; empty for neither. */
    Optional<BindingGuard> binding() {
        return Optional.ofNullable(binding);
    }

    /** Whether a call asks for its description, and not for what it does. */
    boolean describes(HttpCall call) {
        return binding != null && rule.binding().takesSoap() && Wsdl.isAsked(call);
    }

    boolean offers(String method) {
        return rule.methods().contains(method);
    }

    /** @throws org.tongmai.standards.error.CodedException of the first guard that does not let its head pass */
    void admit(Passage passage) {
        if (passage.bound() != null) {
            passage.bound().admit(passage);
        }
        for (Guard guard : guards) {
            guard.admit(passage);
        }
    }

    /**
     * Bytes of a content in a file that a call may bring; 0 where it may bring none.
     *
     * @throws org.tongmai.standards.error.CodedException of the first guard that does not let its head pass
     */
    long mostLarge(Passage passage) {
        passage.asked(this);
        if (rule.content().largeBody() == 0 || describes(passage.received())) {
            return 0;
        }
        headGuards.forEach(guard -> guard.admit(passage));
        if (users != null) {
            users.admitHead(passage);
        }
        return rule.content().largeBody();
    }

    /** What goes on to the caller of what the service answered; fails when a guard withholds it. */
    CompletableFuture<HttpAnswer> judged(Passage passage, HttpAnswer answer) {
        CompletableFuture<HttpAnswer> judged = CompletableFuture.completedFuture(answer);
        for (AnswerGuard guard : answerGuards) {
            judged = judged.thenCompose(so -> guard.answer(passage, so));
        }
        return judged;
    }

    HttpCall forwarded(Passage passage) {
        HttpCall forwarded = content.forwarded(passage);
        return users == null ? forwarded : users.forwarded(passage, forwarded);
    }

    /** Completes when its signature fits, where the service asks for one. */
    CompletableFuture<Void> proven(Passage passage) {
        return signature == null
                ? DONE
                : JudgingThreads.judge(passage, () -> {
                    signature.admit(passage);
                    return DONE;
                });
    }

    /** Completes when the user is known and may call, where the service asks for that. */
    CompletableFuture<Void> known(Passage passage) {
        return users == null ? DONE : users.known(passage);
    }

    /** Completes when its content may pass, and what is asked for is the user's, where the service asks for that. */
    CompletableFuture<Void> passed(Passage passage) {
        return JudgingThreads.judge(passage, () -> {
            for (Guard guard : contentGuards) {
                guard.admit(passage);
            }
            return users == null ? DONE : users.owned(passage);
        });
    }

    /** Its own, or those of each gateway it is published at. */
    private void publishDomains(Map<GatewayKind, SafeDomains> ofGateways) {
        SafeDomains own = rule.access().domains() == null
                ? null
                : new SafeDomains(rule.access().domains());
        for (GatewayKind gateway : rule.gateways()) {
            SafeDomains there = own == null ? ofGateways.get(gateway) : own;
            if (there != null) {
                domains.put(gateway, there);
            }
        }
    }

    /** The safe domains at a gateway; null where none are asked for. */
    SafeDomains domains(GatewayKind gateway) {
        return domains.get(gateway);
    }

    /** An answer with what browsers must be told. */
    HttpAnswer marked(Passage passage, HttpAnswer answer) {
        SafeDomains safe = domains(passage.gateway());
        return safe == null ? answer : safe.marked(passage.received(), answer);
    }

    private void isFromSafePage(Passage passage) {
        SafeDomains safe = domains(passage.gateway());
        if (safe != null) {
            safe.requireSafeOrigin(passage.received());
        }
    }

    /** Of the content in clear: what it leads to may be encrypted. */
    private void leadsSafely(Passage passage) {
        SafeDomains safe = domains(passage.gateway());
        if (safe != null) {
            safe.requireSafeTargets(passage.read());
        }
    }

    private CompletableFuture<HttpAnswer> isLedSafely(Passage passage, HttpAnswer answer) {
        SafeDomains safe = domains(passage.gateway());
        return CompletableFuture.completedFuture(safe == null ? answer : safe.led(answer));
    }

    private void withheld(Passage passage) {
        throw new Refused(
                GatewayError.SERVICE_WITHHELD,
                id(),
                calling.withheld().get(0).code().code());
    }

    private void suspendedWithSystem(Passage passage) {
        throw new Refused(GatewayError.SYSTEM_SUSPENDED, rule.system(), "");
    }

    private void domainSuspended(Passage passage) {
        throw new Refused(GatewayError.DOMAIN_SUSPENDED, id(), rule.domain());
    }

    private void suspended(Passage passage) {
        throw new Refused(GatewayError.SERVICE_SUSPENDED, id(), "");
    }
}
