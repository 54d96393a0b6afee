package org.tongmai.routes.engine.gateway.chain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tongmai.routes.engine.gateway.rules.ActiveState;
import org.tongmai.routes.engine.gateway.rules.Application;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.standards.crypto.Verifier;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.crypto.vault.KeyVault;
import org.tongmai.standards.error.Issue;

/** An application with all that follows from the rules: what it may call, and its keys ready to verify. */
public final class KnownApplication {
    private final Application rule;
    private final boolean active;
    private final Set<String> services;
    private final AddressGuard addresses;
    private final Rates rates;
    private final List<ReadyKey<Verifier>> verifiers = new ArrayList<>();
    private final List<ReadyKey<PayloadEnvelope.Receiver>> receivers = new ArrayList<>();

    private final List<Issue> missing = new ArrayList<>();

    private record ReadyKey<T>(Application.ApplicationKey rule, T ready) {}

    /** What was agreed with it, and with its caller for all its applications together. */
    record Rates(Throttle own, Throttle ofCaller) {}

    KnownApplication(Application rule, RuleSet rules, KeyVault vault, Rates rates) {
        this.rule = rule;
        this.rates = rates;
        this.active = rule.state() == ActiveState.ACTIVE
                && rules.callers().stream()
                        .anyMatch(caller -> caller.id().equals(rule.caller()) && caller.state() == ActiveState.ACTIVE);
        this.services = new HashSet<>(rule.services());
        rules.groups().stream()
                .filter(group -> rule.groups().contains(group.id()))
                .forEach(group -> services.addAll(group.services()));
        this.addresses = AddressGuard.judges(rule.addresses()) ? new AddressGuard(rule.addresses()) : null;
        ApplicationKeys keys = new ApplicationKeys(rule.id(), vault);
        for (Application.ApplicationKey key : rule.keys()) {
            keys.missing(key).ifPresent(missing::add);
            SignatureProfile.of(key.profile())
                    .ifPresent(profile -> verifiers.add(new ReadyKey<>(key, keys.verifier(key, profile))));
            PayloadEnvelope.Algorithm.of(key.profile())
                    .ifPresent(algorithm -> receivers.add(new ReadyKey<>(key, keys.receiver(key, algorithm))));
        }
    }

    public String id() {
        return rule.id();
    }

    /** Secrets of its keys that this node has not; signatures by them are refused as long as that is so. */
    List<Issue> missing() {
        return missing;
    }

    Application rule() {
        return rule;
    }

    boolean active() {
        return active;
    }

    /** Lets a call pass that comes from where its calls may come from. */
    void admit(Passage passage) {
        if (addresses != null) {
            addresses.admit(passage);
        }
    }

    /** Counts a call against what was agreed with it and with its caller. */
    void count() {
        rates.own().take(id(), "application");
        rates.ofCaller().take(rule.caller(), "caller");
    }

    boolean mayCall(String service) {
        return services.contains(service);
    }

    boolean isIn(String domain) {
        return domain.isEmpty() || rule.domains().isEmpty() || rule.domains().contains(domain);
    }

    /** Keys of a profile that count at a moment; two while one takes over from the other. */
    List<Verifier> verifiers(String profile, Instant moment) {
        List<Verifier> counting = new ArrayList<>(2);
        for (ReadyKey<Verifier> key : verifiers) {
            if (key.rule().profile().equals(profile) && key.rule().countsAt(moment)) {
                counting.add(key.ready());
            }
        }
        return counting;
    }

    /** Whom an answer is encrypted for: the key of the first of these algorithms that counts at a moment. */
    Optional<PayloadEnvelope.Receiver> receiver(List<String> algorithms, Instant moment) {
        for (String algorithm : algorithms) {
            for (ReadyKey<PayloadEnvelope.Receiver> key : receivers) {
                if (key.rule().profile().equals(algorithm) && key.rule().countsAt(moment)) {
                    return Optional.of(key.ready());
                }
            }
        }
        return Optional.empty();
    }
}
