package org.tongmai.routes.engine.gateway.rules;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.file.FileTypes;
import org.tongmai.routes.engine.gateway.rules.ContentRule.Sealing;
import org.tongmai.routes.engine.gateway.rules.OwnershipRule.Part;
import org.tongmai.standards.error.Issue;

/** What rules ask for of contents in files that only one held in memory can be asked for. */
final class LargeContentCheck {
    /** The parameter of a transport that lets answers be large. */
    private static final String LARGE_ANSWER = "largeBody";

    private static final String KIND = "http";
    /** Of an answer in memory. */
    private static final String HELD_ANSWER = "maxBody";

    private static final long MOST_BYTES = 1_000_000_000_000_000L;
    private static final Pattern BYTES = Pattern.compile("[0-9]{1,15}");

    private final String where;
    private final Service service;
    private final Consumer<Issue> found;

    LargeContentCheck(Service service, Consumer<Issue> found) {
        this.where = "services[" + service.id() + "]";
        this.service = service;
        this.found = found;
    }

    void all() {
        ContentRule content = service.content();
        expect(
                content.largeBody() == 0
                        || content.largeBody() > content.maxBody() && content.largeBody() <= MOST_BYTES,
                ".content.largeBody",
                "found: " + content.largeBody() + " (expected: more than maxBody, " + content.maxBody()
                        + ", and at most " + MOST_BYTES + ")");
        boolean requests = content.largeBody() > 0;
        String text = service.transport().parameters().getOrDefault(LARGE_ANSWER, "0");
        boolean answers = answersLarge(service);
        expect(BYTES.matcher(text).matches(), ".transport.parameters", "found: largeBody (expected: bytes)");
        if (requests) {
            requests(content);
        }
        if (answers) {
            answers(content);
        }
        expect(
                service.traffic().copy() == null || !requests && !answers,
                ".traffic.copy",
                "found: a copy (expected: none of large contents)");
        expect(
                service.binding() == null || !requests && !answers,
                ".binding",
                "found: a binding (expected: none of large contents, which nothing converts)");
    }

    /** Whether answers of a service may lie in files. */
    static boolean answersLarge(Service service) {
        return largestAnswer(service) > 0;
    }

    /** Most bytes of an answer in a file; 0 for none, and for what is no number. */
    static long largestAnswer(Service service) {
        String text = service.transport().parameters().getOrDefault(LARGE_ANSWER, "0");
        return BYTES.matcher(text).matches() ? Long.parseLong(text) : 0;
    }

    private void requests(ContentRule content) {
        expect(
                service.transport().kind().equals(KIND),
                ".content.largeBody",
                "found: kind " + service.transport().kind() + " (expected: " + KIND + ", which converts nothing)");
        expect(
                content.encryption().request() == Sealing.NEVER,
                ".content.encryption.request",
                "found: " + content.encryption().request() + " (expected: NEVER for large contents)");
        expect(
                !hasPolicy(Part.BODY) && !hasPolicy(Part.FORM),
                ".access.ownership",
                "found: BODY or FORM (expected: no policy that reads a large content)");
        expect(
                service.access().identity() != AccessRule.Identity.NONE
                        || !service.access().addresses().allow().isEmpty(),
                ".content.largeBody",
                "found: large contents of anybody (expected: access.addresses.allow, or an identity)");
        boolean onlyOpaque =
                content.files() != null && content.files().types().stream().noneMatch(FileTypes::isTextType);
        expect(
                content.screening().isEmpty() || onlyOpaque,
                ".content.screening",
                "found: values of large contents to be screened (expected: none, or files with types that are not text)");
    }

    private void answers(ContentRule content) {
        Map<String, String> parameters = service.transport().parameters();
        String held = parameters.getOrDefault(HELD_ANSWER, "0");
        expect(
                BYTES.matcher(held).matches() && Long.parseLong(parameters.get(LARGE_ANSWER)) > Long.parseLong(held),
                ".transport.parameters",
                "found: largeBody (expected: more bytes than maxBody)");
        expect(
                content.encryption().answer() == Sealing.NEVER,
                ".content.encryption.answer",
                "found: " + content.encryption().answer() + " (expected: NEVER for large answers)");
        expect(
                !hasPolicy(Part.ANSWER),
                ".access.ownership",
                "found: ANSWER (expected: no policy that reads a large answer)");
        expect(service.traffic().cache() == null, ".traffic.cache", "found: a cache (expected: none of large answers)");
    }

    private boolean hasPolicy(Part part) {
        OwnershipRule rule = service.access().ownership();
        return rule != null && rule.policies().stream().anyMatch(policy -> policy.in() == part);
    }

    private void expect(boolean kept, String at, String otherwise) {
        if (!kept) {
            found.accept(Issue.of(GatewayError.RULES_INVALID, where + at, otherwise));
        }
    }
}
