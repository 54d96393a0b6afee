package org.tongmai.routes.engine.bundle.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.Issue;

/** One {@code *.camel.yaml} as a tree that remembers its lines, so that a violation can name file and line. */
final class RouteFile {
    static final String SUFFIX = ".camel.yaml";

    private final String name;
    private final String text;
    private final Map<String, String> settings;
    private final List<Issue> violations;

    RouteFile(String name, String text, Map<String, String> settings, List<Issue> violations) {
        this.name = name;
        this.text = text;
        this.settings = settings;
        this.violations = violations;
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    /** The part of the route's id after the bundle's. */
    String shortId() {
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The file's tree, when it keeps the limits of a YAML file. */
    Optional<Node> tree() {
        Optional<Issue> found = YamlLimits.check(name, text);
        if (found.isPresent()) {
            violations.add(found.get());
            return Optional.empty();
        }
        return Optional.of(compose(text));
    }

    /** The tree of this file's text, or of one made from it, which keeps the limits. */
    Node compose(String yaml) {
        return new Compose(LoadSettings.builder().setLabel(name).build())
                .composeString(yaml)
                .orElseThrow();
    }

    void violation(ErrorCode code, Node at, String detail) {
        violations.add(Issue.of(code, name + ":" + line(at), detail));
    }

    /** The text of a scalar as it will be, placeholders resolved. */
    String resolved(Node node) {
        return Placeholders.resolved(scalar(node), settings);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** The entries of a mapping in order; a violation and nothing when the node is something else. */
    Map<String, Node> mapping(Node node, String what) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            violation(BundleError.ROUTE_INVALID, node, what + ": expected a mapping");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            // Camel acts on both of two equal keys; a key that is no text is the empty one, which nobody allows.
            if (entries.putIfAbsent(scalar(tuple.getKeyNode()), tuple.getValueNode()) != null) {
                violation(BundleError.ROUTE_INVALID, tuple.getKeyNode(), what + ": a key twice");
            }
        }
        return entries;
    }

    List<Node> sequence(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        violation(BundleError.ROUTE_INVALID, node, what + ": expected a list");
        return List.of();
    }

    /** The text of a scalar, or empty. */
    static String scalar(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
