package org.tongmai.routes.engine.gateway.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.call.Calling;
import org.tongmai.routes.engine.gateway.rules.AccessRule.Identity;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.LogRule;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.rules.Service;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;

/** A service as it runs: its guards in order, and how it is called. */
public final class PublishedService {
    private final Service rule;
    private final Calling calling;
    private final List<Guard> guards = new ArrayList<>();
    private final List<AnswerGuard> answerGuards = new ArrayList<>();
    private final ContentGuard content;
    private final IdentityGuard identity;
    private final Throttle ofService;
    private final Throttle ofAddress;
    private final boolean signed;

    PublishedService(Service rule, Calling calling, IdentityGuard identity, RulesInForce.Surroundings around) {
        this.rule = rule;
        this.calling = calling;
        this.content = new ContentGuard(rule.content());
        this.ofService =
                around.throttles().of("service " + rule.id(), rule.traffic().rate());
        this.ofAddress = around.throttles()
                .of("addresses of " + rule.id(), rule.traffic().addressRate());
        this.signed = rule.access().identity() == Identity.APPLICATION
                && !rule.access().signatures().isEmpty();
        guards.add(this::isActive);
        guards.add(new AddressGuard(rule.access().addresses()));
        if (rule.traffic().addressRate().limits()) {
            guards.add(passage -> ofAddress.take(passage.addressKey(), "address"));
        }
        guards.add(content);
        if (rule.access().identity() == Identity.APPLICATION) {
            guards.add(identity);
        }
        if (signed) {
            guards.add(new SignatureGuard(
                    rule.access().signatures(),
                    rule.access().window(),
                    around.trust().clock()));
        }
        contentGuards(rule.content(), around.trust());
        this.identity = identity;
    }

    /** What is encrypted is opened before it is judged, and closed after all else has judged an answer. */
    private void contentGuards(ContentRule rules, Trust trust) {
        if (!rules.encryption().equals(ContentRule.Encryption.NONE)) {
            EnvelopeGuard envelopes = new EnvelopeGuard(rules.encryption(), trust);
            guards.add(envelopes);
            answerGuards.add(envelopes);
        }
        if (rules.files() != null) {
            guards.add(new FileGuard(rules.files()));
        }
        if (!rules.screening().isEmpty()) {
            guards.add(new ScreeningGuard(rules));
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
        return signed;
    }

    /** Whether its answers wait until the record of the call is durable. */
    boolean recordsFirst() {
        return rule.log().record() == LogRule.Record.BEFORE_ANSWER;
    }

    boolean offers(String method) {
        return rule.methods().contains(method);
    }

    /** @throws org.tongmai.standards.error.CodedException of the first guard that does not let it pass */
    void admit(Passage passage) {
        for (Guard guard : guards) {
            guard.admit(passage);
        }
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
        return content.forwarded(passage);
    }

    private void isActive(Passage passage) {
        if (rule.state() != ActiveState.ACTIVE) {
            throw new Refusal(GatewayError.SERVICE_SUSPENDED, id(), "");
        }
    }
}
