package org.tongmai.routes.engine.gateway.rules;

import java.util.Set;
import java.util.function.Consumer;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.xml.XmlNames;

/** What is wrong with how callers are to speak to services. */
final class BindingCheck {
    /** Kinds of transport that take something else than JSON, or what stands for it. */
    private static final Set<String> NO_JSON = Set.of("mllp");

    private static final String SOAP_OF = "http://schemas.xmlsoap.org/";
    private static final String W3C = "http://www.w3.org/";

    private final Consumer<Issue> found;

    BindingCheck(Consumer<Issue> found) {
        this.found = found;
    }

    void service(String at, Service service) {
        Binding binding = service.binding();
        if (binding == null) {
            return;
        }
        String where = at + ".binding";
        expect(!binding.protocols().isEmpty(), where + ".protocols", "none (expected: SOAP_1_1, SOAP_1_2, XML)");
        expect(
                !binding.takesSoap() || service.methods().contains("POST"),
                at + ".methods",
                "found: " + service.methods() + " (expected: POST, for SOAP is sent by it)");
        String kind = service.transport().kind();
        expect(!NO_JSON.contains(kind), where, "found: with kind " + kind + " (expected: a kind that takes JSON)");
        names(where, binding);
        expect(
                binding.location().isEmpty() || RuleCheck.isAddress(binding.location()),
                where + ".location",
                "found: " + binding.location() + " (expected: http:// or https:// and no query)");
    }

    private void names(String where, Binding binding) {
        expect(isName(binding.operation()), where + ".operation", "expected: a name of XML without a colon");
        expect(isName(binding.response()), where + ".response", "expected: a name of XML without a colon");
        binding.arrays().forEach(name -> expect(isName(name), where + ".arrays", "expected: names of elements"));
        String namespace = binding.namespace();
        expect(!namespace.isEmpty() || !binding.takesSoap(), where + ".namespace", "none (expected: one, for SOAP)");
        expect(
                isAddressText(namespace) && !namespace.startsWith(SOAP_OF) && !namespace.startsWith(W3C),
                where + ".namespace",
                "found: " + namespace + " (expected: an address of one's own)");
        expect(isAddressText(binding.action()), where + ".action", "found another character than an address has");
        expect(
                !binding.takesSoap() || !binding.operation().equals(binding.response()),
                where + ".response",
                "found: " + binding.response() + " (expected: another name than the operation's)");
    }

    private static boolean isName(String name) {
        return XmlNames.isLocal(name);
    }

    private static boolean isAddressText(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0);
    }

    private void expect(boolean kept, String where, String otherwise) {
        if (!kept) {
            found.accept(Issue.of(GatewayError.RULES_INVALID, where, otherwise));
        }
    }
}
