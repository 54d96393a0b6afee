package org.tongmai.routes.engine.gateway.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.file.FileTypes;
import org.tongmai.routes.engine.gateway.rules.ContentRule.Sealing;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.request.SignatureProfile;
import org.tongmai.standards.error.Issue;

/** What is wrong with rules of contents: signatures, encryption, files, logs, copies; and of health. */
final class ContentCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final int MOST_COPIES = 1_000;
    private static final Duration SOONEST = Duration.ofMillis(100);
    private static final Duration LATEST = Duration.ofMinutes(10);

    private final List<Issue> found = new ArrayList<>();

    static List<Issue> violations(RuleSet rules) {
        ContentCheck check = new ContentCheck();
        rules.services().forEach(check::service);
        rules.applications()
                .forEach(application -> check.keys("applications[" + application.id() + "].keys", application.keys()));
        return check.found;
    }

    private void service(Service service) {
        String where = "services[" + service.id() + "]";
        service.access()
                .signatures()
                .forEach(profile -> expect(
                        SignatureProfile.of(profile).isPresent(), where + ".access.signatures", "found: " + profile));
        encryption(where, service);
        new LargeContentCheck(service, found::add).all();
        ContentRule.Files files = service.content().files();
        if (files != null) {
            expect(files.maxSize() >= 0 && files.maxCount() >= 0, where + ".content.files", "found: less than 0");
            files.types()
                    .forEach(type -> expect(
                            FileTypes.isKnown(type),
                            where + ".content.files.types",
                            "found: " + type + " (expected: a type of file-types.csv, or image/*)"));
        }
        service.log().shown().forEach(name -> expect(!name.isBlank(), where + ".log.shown", "found: an empty name"));
        copy(where + ".traffic.copy", service.traffic().copy());
        health(where + ".transport.health", service.transport().health());
    }

    private void encryption(String at, Service service) {
        String where = at + ".content.encryption";
        ContentRule.Encryption rule = service.content().encryption();
        rule.profiles()
                .forEach(profile -> expect(
                        PayloadEnvelope.Algorithm.of(profile).isPresent(), where + ".profiles", "found: " + profile));
        boolean any = rule.request() != Sealing.NEVER || rule.answer() != Sealing.NEVER;
        expect(!any || !rule.profiles().isEmpty(), where + ".profiles", "none (expected: sm2-sm4-gcm)");
        expect(
                rule.answer() == Sealing.NEVER || service.access().asksForApplication(),
                where + ".answer",
                "found: " + rule.answer() + " (expected: an application, whose key encrypts it)");
    }

    private void copy(String where, TrafficRule.Copy copy) {
        if (copy == null) {
            return;
        }
        expect(RuleCheck.isAddress(copy.url()), where + ".url", "found: " + copy.url() + " (expected: http://…)");
        expect(
                copy.percent() >= 1 && copy.percent() <= 100,
                where + ".percent",
                "found: " + copy.percent() + " (expected: 1 to 100)");
        expect(
                copy.atOnce() >= 1 && copy.atOnce() <= MOST_COPIES,
                where + ".atOnce",
                "found: " + copy.atOnce() + " (expected: 1 to " + MOST_COPIES + ")");
        expect(
                copy.compare() != TrafficRule.Comparison.MEMBERS
                        || !copy.members().isEmpty(),
                where + ".members",
                "none (expected: JSON pointers)");
        copy.members()
                .forEach(member ->
                        expect(member.startsWith("/"), where + ".members", "found: " + member + " (expected: /…)"));
    }

    private void health(String where, Transport.Health health) {
        if (health == null) {
            return;
        }
        expect(
                health.path().startsWith("/") && health.path().chars().allMatch(c -> c > ' ' && c < 0x7f),
                where + ".path",
                "found: " + health.path() + " (expected: /…)");
        expect(
                health.interval().compareTo(SOONEST) >= 0 && health.interval().compareTo(LATEST) <= 0,
                where + ".interval",
                "found: " + health.interval() + " (expected: " + SOONEST + " to " + LATEST + ")");
    }

    /** What is wrong with a secret is not quoted: it could be the secret itself. */
    private void keys(String where, List<Application.ApplicationKey> keys) {
        Set<String> ids = new HashSet<>();
        for (Application.ApplicationKey key : keys) {
            String at = where + "[" + key.id() + "]";
            SignatureProfile profile = SignatureProfile.of(key.profile()).orElse(null);
            boolean known = profile != null
                    || PayloadEnvelope.Algorithm.of(key.profile()).isPresent();
            boolean secret = profile == SignatureProfile.HMAC_SM3;
            expect(ids.add(key.id()), at, "twice");
            expect(known, at + ".profile", "found: " + key.profile());
            expect(
                    secret == key.publicKey().isEmpty()
                            && secret == !key.secret().isEmpty(),
                    at,
                    secret ? "expected: secret, and no publicKey" : "expected: publicKey, and no secret");
            expect(
                    !secret || NAME.matcher(key.secret()).matches(),
                    at + ".secret",
                    "expected: the name of a key in tongmai.gateway.keys");
        }
    }

    private void expect(boolean kept, String where, String otherwise) {
        if (!kept) {
            found.add(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
        }
    }
}
