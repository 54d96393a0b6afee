package org.tongmai.routes.engine.bundle.check;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.tongmai.routes.engine.bundle.BundleError;

/**
 * What a route may say about settings: {@code {{name}}} of a declared one, written so that whoever reads the file sees
 * it. Camel also knows {@code {{env:…}}} and the settings of everybody else.
 */
final class PlaceholderRules {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9.-]+");
    private static final String OPEN = "{{";

    /** Put before every name that is seen in the text; one that then lacks it was hidden by YAML's escapes. */
    private static final String SEEN = "seen:";

    private final RouteFile file;
    private final Predicate<String> declared;

    PlaceholderRules(RouteFile file, Predicate<String> declared) {
        this.file = file;
        this.declared = declared;
    }

    void check(Node root) {
        eachText(root, this::checkNames);
        eachText(file.compose(Placeholders.prefixed(SEEN, file.text())), this::checkSeen);
    }

    private void checkNames(ScalarNode text) {
        Matcher placeholders = Placeholders.in(text.getValue());
        int found = 0;
        while (placeholders.find()) {
            found++;
            String key = placeholders.group(1);
            if (!KEY.matcher(key).matches()) {
                undeclared(text, "a placeholder that is not {{name}}");
            } else if (!declared.test(key)) {
                undeclared(text, key);
            }
        }
        if (count(text.getValue(), OPEN) != found) {
            undeclared(text, "a placeholder that is not {{name}}");
        }
    }

    private void checkSeen(ScalarNode text) {
        if (count(text.getValue(), OPEN) != count(text.getValue(), OPEN + SEEN)) {
            undeclared(text, "a placeholder that is not written as {{name}}");
        }
    }

    private void undeclared(Node at, String detail) {
        file.violation(BundleError.SETTING_UNDECLARED, at, detail);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    /** Keys are texts too. */
    private static void eachText(Node node, java.util.function.Consumer<ScalarNode> check) {
        if (node instanceof ScalarNode text) {
            check.accept(text);
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(each -> eachText(each, check));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> {
                eachText(tuple.getKeyNode(), check);
                eachText(tuple.getValueNode(), check);
            });
        }
    }
}
