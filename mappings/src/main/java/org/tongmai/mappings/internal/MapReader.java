package org.tongmai.mappings.internal;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.error.Issue;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads map files, keeping the line of every row, and collects what is wrong with them. */
public final class MapReader {
    private static final String INCLUDE = "include";
    private static final Set<String> HEAD = Set.of(
            "from",
            "to",
            "note",
            "identity",
            "display",
            "events",
            "extent",
            "topic",
            "segments",
            "groups",
            "rows",
            "guide");
    private static final Set<String> VERBS =
            Set.of("from", "to", "each", "as", "code", "const", "when", "required", "call", "note");

    private final List<Issue> issues;
    private final Set<String> head;
    private String file = "";

    /** A reader of maps that stand alone: {@code include} is refused. */
    public MapReader(List<Issue> issues) {
        this(issues, HEAD);
    }

    private MapReader(List<Issue> issues, Set<String> head) {
        this.issues = issues;
        this.head = head;
    }

    /** A reader of maps that may take in the rows of others. */
    static MapReader including(List<Issue> issues) {
        Set<String> head = new HashSet<>(HEAD);
        head.add(INCLUDE);
        return new MapReader(issues, head);
    }

    /** Reads a file of one map; null when nothing could be made of it. */
    public MapFile read(String name, String text) {
        List<MapFile> maps = readAll(name, text);
        if (maps.size() > 1) {
            refuse(MappingError.MAP_UNREADABLE, maps.get(1).at().line(), "expected one map in this file");
        }
        return maps.isEmpty() ? null : maps.get(0);
    }

    /** Reads a file of one map or of several, divided by {@code ---}. */
    public List<MapFile> readAll(String name, String text) {
        file = name;
        List<MapFile> maps = new ArrayList<>();
        try {
            for (Node root : new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(new StringReader(text))) {
                MapFile map = map(root);
                if (map != null) {
                    maps.add(map);
                }
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            refuse(MappingError.MAP_UNREADABLE, line, String.valueOf(e.getProblem()));
        } catch (YAMLException e) { // a character that YAML does not allow, too many aliases
            refuse(MappingError.MAP_UNREADABLE, 1, "not YAML");
        }
        return maps;
    }

    private MapFile map(Node root) {
        int line = at(root).line();
        if (!(root instanceof MappingNode map)) {
            refuse(MappingError.MAP_UNREADABLE, line, "expected a mapping");
            return null;
        }
        Map<String, Node> entries = entries(map, head);
        if (!entries.containsKey("from") || !entries.containsKey("to") || !entries.containsKey("rows")) {
            refuse(MappingError.MAP_UNREADABLE, line, "expected from, to and rows");
            return null;
        }
        return new MapFile(
                new MapRow.At(file, line),
                text(entries.get("from")),
                text(entries.get("to")),
                identity(entries.get("identity")),
                text(entries.get("display")),
                texts(entries.get("guide")),
                rows(entries.get("rows")),
                include(entries.get(INCLUDE)),
                message(entries));
    }

    private List<MapFile.Include> include(Node node) {
        List<Node> names = node instanceof ScalarNode ? List.of(node) : items(node);
        return names.stream()
                .map(name -> new MapFile.Include(at(name), text(name)))
                .toList();
    }

    private MapFile.MessageHead message(Map<String, Node> entries) {
        if (!entries.containsKey("events") && !entries.containsKey("segments")) {
            return null;
        }
        List<MapFile.Group> groups = new ArrayList<>();
        for (Node node : items(entries.get("groups"))) {
            Map<String, Node> group = entries(node, Set.of("group", "in", "opens", "segments"));
            groups.add(new MapFile.Group(
                    text(group.get("group")),
                    text(group.get("in")),
                    texts(group.get("opens")),
                    texts(group.get("segments"))));
        }
        return new MapFile.MessageHead(
                texts(entries.get("events")),
                text(entries.get("extent")),
                text(entries.get("topic")),
                texts(entries.get("segments")),
                groups);
    }

    private List<MapFile.IdentityRow> identity(Node node) {
        List<MapFile.IdentityRow> rows = new ArrayList<>();
        for (Node item : items(node)) {
            Map<String, Node> row = entries(item, Set.of("from", "call", "note"));
            rows.add(new MapFile.IdentityRow(at(item), texts(row.get("from")), text(row.get("call"))));
        }
        return rows;
    }

    private List<MapRow> rows(Node node) {
        List<MapRow> rows = new ArrayList<>();
        for (Node item : items(node)) {
            Map<String, Node> row = entries(item, VERBS);
            if (!row.containsKey("to")) {
                refuse(MappingError.VERB_UNKNOWN, at(item).line(), "expected the verb to");
                continue;
            }
            rows.add(new MapRow(
                    at(item),
                    text(row.get("from")),
                    text(row.get("to")),
                    textOrNull(row.get("each")),
                    textOrNull(row.get("as")),
                    textOrNull(row.get("code")),
                    textOrNull(row.get("const")),
                    when(row.get("when")),
                    text(row.get("required")).equals("true"),
                    textOrNull(row.get("call"))));
        }
        return rows;
    }

    /** A mapping of conditions, or a list of such mappings when one kind is needed twice. */
    private List<MapRow.Test> when(Node node) {
        List<MapRow.Test> tests = new ArrayList<>();
        List<Node> mappings = node instanceof SequenceNode ? items(node) : node == null ? List.of() : List.of(node);
        for (Node mapping : mappings) {
            entries(mapping, Condition.KINDS).forEach((kind, value) -> tests.add(new MapRow.Test(kind, texts(value))));
        }
        return tests;
    }

    private Map<String, Node> entries(Node node, Set<String> allowed) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode map)) {
            refuse(MappingError.MAP_UNREADABLE, at(node).line(), "expected a mapping");
            return entries;
        }
        for (NodeTuple tuple : map.getValue()) {
            String key = text(tuple.getKeyNode());
            if (!allowed.contains(key)) {
                refuse(MappingError.VERB_UNKNOWN, at(tuple.getKeyNode()).line(), "found " + key);
            } else if (entries.put(key, tuple.getValueNode()) != null) {
                refuse(MappingError.MAP_UNREADABLE, at(tuple.getKeyNode()).line(), key + " stands twice");
            }
        }
        return entries;
    }

    private static List<Node> items(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static List<String> texts(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(MapReader::text).toList();
        }
        return node == null ? List.of() : List.of(text(node));
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String textOrNull(Node node) {
        return node == null ? null : text(node);
    }

    private MapRow.At at(Node node) {
        return new MapRow.At(file, node.getStartMark().getLine() + 1);
    }

    private void refuse(MappingError error, int line, String detail) {
        issues.add(Issue.of(error, file + ":" + line, detail));
    }
}
