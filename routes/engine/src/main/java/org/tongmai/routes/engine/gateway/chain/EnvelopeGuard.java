package org.tongmai.routes.engine.gateway.chain;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;
import org.tongmai.routes.engine.gateway.request.MediaType;
import org.tongmai.routes.engine.gateway.request.MultipartContent;
import org.tongmai.routes.engine.gateway.rules.ContentRule;
import org.tongmai.routes.engine.gateway.rules.ContentRule.Sealing;
import org.tongmai.standards.crypto.payload.PayloadEnvelope;
import org.tongmai.standards.crypto.vault.KeyVault;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.HttpAnswer;
import org.tongmai.standards.exchange.HttpCall;
import org.tongmai.standards.exchange.HttpFields;

/**
 * Opens contents that are encrypted for the gateway, and encrypts answers for the application (传输数据加密). Whatever is wrong
 * with a content, the refusal is one and the same: who tries keys or changes bytes learns nothing from it.
 */
final class EnvelopeGuard implements Guard, AnswerGuard {
    private static final String CONTENT_TYPE = "content-type";
    private static final String CONTENT_ENCODING = "content-encoding";
    private static final String UNSAID = "application/json";
    private static final int LONGEST_TYPE = 200;

    /** Of the clear content; behind the envelope they would be wrong, or say what it is. */
    private static final List<String> OF_THE_CLEAR =
            List.of(CONTENT_TYPE, "etag", "accept-ranges", "content-range", "content-md5", "digest", "content-digest");

    private final ContentRule.Encryption rule;
    private final KeyVault vault;
    private final Clock clock;

    EnvelopeGuard(ContentRule.Encryption rule, Trust trust) {
        this.rule = rule;
        this.vault = trust.keys();
        this.clock = trust.clock();
    }

    @Override
    public void admit(Passage passage) {
        HttpCall call = passage.received();
        boolean sealed = isEnvelope(call.fields());
        if (sealed && rule.request() != Sealing.NEVER) {
            open(passage, call);
        } else if (rule.request() == Sealing.REQUIRED && call.content().length() > 0) {
            throw notOpened();
        }
        if (rule.answer() == Sealing.REQUIRED || rule.answer() == Sealing.ALLOWED && passage.openedBy() != null) {
            passage.answerFor(receiver(passage));
            passage.forward(plainlyAsked(passage.forwarded()));
        }
    }

    private static boolean isEnvelope(HttpFields fields) {
        List<String> types = fields.all(CONTENT_TYPE);
        return types.size() == 1 && MediaType.nameIn(types.get(0)).equals(PayloadEnvelope.MEDIA_TYPE);
    }

    private void open(Passage passage, HttpCall call) {
        PayloadEnvelope envelope = read(call);
        byte[] clear;
        try {
            clear = envelope.open(vault);
        } catch (CodedException e) {
            throw e.code().retryable() ? new Refused(GatewayError.KEY_AWAY, "", "") : notOpened();
        }
        String type = envelope.contentType().isEmpty() ? UNSAID : envelope.contentType();
        passage.opened(envelope.algorithm());
        passage.forward(call.with(call.fields().with(CONTENT_TYPE, type)).with(clear));
    }

    private PayloadEnvelope read(HttpCall call) {
        try {
            PayloadEnvelope envelope = PayloadEnvelope.read(call.body());
            boolean plain = envelope.contentType().length() <= LONGEST_TYPE
                    && !MultipartContent.isAmbiguous(envelope.contentType())
                    && envelope.contentType().chars().allMatch(c -> c >= ' ' && c < 0x7f);
            boolean agreed = rule.profiles().contains(envelope.algorithm().text());
            if (plain && agreed && call.fields().first(CONTENT_ENCODING).isEmpty()) {
                return envelope;
            }
        } catch (CodedException e) {
            throw notOpened(); // and no word of what it was
        }
        throw notOpened();
    }

    private PayloadEnvelope.Receiver receiver(Passage passage) {
        List<String> preferred = new ArrayList<>(rule.profiles().size() + 1);
        if (passage.openedBy() != null) {
            preferred.add(passage.openedBy().text());
        }
        preferred.addAll(rule.profiles());
        KnownApplication application = passage.application();
        return Optional.ofNullable(application)
                .flatMap(known -> known.receiver(preferred, clock.instant()))
                .orElseThrow(() -> new Refused(
                        GatewayError.NO_ANSWER_KEY,
                        application == null ? "" : application.id(),
                        "expected: a key for " + String.join(", ", rule.profiles())));
    }

    /** What would have the service answer something other than the whole content in clear. */
    private static HttpCall plainlyAsked(HttpCall call) {
        return call.with(call.fields()
                .only(name -> !name.equalsIgnoreCase("accept-encoding")
                        && !name.equalsIgnoreCase("range")
                        && !name.equalsIgnoreCase("if-range")));
    }

    @Override
    public CompletableFuture<HttpAnswer> answer(Passage passage, HttpAnswer answer) {
        PayloadEnvelope.Receiver receiver = passage.answerFor();
        if (receiver == null || answer.content().length() == 0) {
            return CompletableFuture.completedFuture(answer);
        }
        if (answer.fields().first(CONTENT_ENCODING).isPresent()) {
            return CompletableFuture.failedFuture(new CodedException(
                    Issue.of(GatewayError.ANSWER_NOT_SEALED, passage.service().id(), "found: a content encoding")));
        }
        passage.answered(answer);
        String type = answer.fields().first(CONTENT_TYPE).orElse("");
        HttpFields fields = answer.fields()
                .only(name -> OF_THE_CLEAR.stream().noneMatch(name::equalsIgnoreCase))
                .with(CONTENT_TYPE, PayloadEnvelope.MEDIA_TYPE);
        byte[] sealed = PayloadEnvelope.seal(answer.body(), type, receiver).json();
        return CompletableFuture.completedFuture(new HttpAnswer(answer.status(), fields, sealed));
    }

    private static Refused notOpened() {
        return new Refused(GatewayError.CONTENT_NOT_OPENED, "", "");
    }
}
