package org.tongmai.routes.engine.gateway.chain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tongmai.routes.engine.gateway.GatewayError;
import org.tongmai.routes.engine.gateway.Refused;

/**
 * Finds what is published under a path. A literal segment goes before a variable one (never an empty one), and that
 * before {@code **}. A path that two readers could read in two ways is refused: dots, doubled or encoded slashes, backslashes,
 * semicolons, encoded percent signs, control characters and unreserved characters (RFC 3986, 2.3), and what is not UTF-8. So is
 * one that ends with a slash: services read it as the same path without, which may be another service's.
 */
final class PathTable {
    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> literal = new HashMap<>();
        private final List<PublishedService> here = new ArrayList<>();
        private final List<PublishedService> below = new ArrayList<>();
        private Node variable;
    }

    void add(String path, PublishedService service) {
        Node node = root;
        for (String segment : path.substring(1).split("/", -1)) {
            if ("**".equals(segment)) {
                node.below.add(service);
                return;
            }
            if (segment.startsWith("{")) {
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            } else {
                node = node.literal.computeIfAbsent(segment, first -> new Node());
            }
        }
        node.here.add(service);
    }

    /**
     * Every service under the path, whatever its methods.
     *
     * @throws org.tongmai.standards.error.CodedException {@link GatewayError#BAD_PATH}
     */
    List<PublishedService> find(String path) {
        return find(root, segments(path), 0).orElse(List.of());
    }

    private static Optional<List<PublishedService>> find(Node node, List<String> segments, int at) {
        if (at == segments.size()) {
            return node.here.isEmpty() ? Optional.empty() : Optional.of(node.here);
        }
        Node literal = node.literal.get(segments.get(at));
        if (literal != null) {
            Optional<List<PublishedService>> found = find(literal, segments, at + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        if (node.variable != null && !segments.get(at).isEmpty()) {
            Optional<List<PublishedService>> found = find(node.variable, segments, at + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return node.below.isEmpty() ? Optional.empty() : Optional.of(node.below);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(8);
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            String segment = decode(path, from, end);
            if (segment.equals(".") || segment.equals("..") || segment.isEmpty() && path.length() > 1) {
                throw ambiguous("segment " + (segments.size() + 1));
            }
            segments.add(segment);
            from = end + 1;
        }
        return segments;
    }

    private static String decode(String path, int from, int end) {
        boolean encoded = false;
        for (int i = from; i < end; i++) {
            char c = path.charAt(i);
            if (c == '\\' || c == ';' || c <= ' ' || c >= 0x7f) {
                throw ambiguous("character " + (i + 1));
            }
            encoded |= c == '%';
        }
        return encoded ? decoded(path, from, end) : path.substring(from, end);
    }

    private static String decoded(String path, int from, int end) {
        byte[] bytes = new byte[end - from];
        int length = 0;
        int i = from;
        while (i < end) {
            char c = path.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                i++;
                continue;
            }
            int high = i + 2 <= end - 1 ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 <= end - 1 ? Character.digit(path.charAt(i + 2), 16) : -1;
            int octet = high << 4 | low;
            if (high < 0 || low < 0 || isNeverEncoded(octet)) {
                throw ambiguous("character " + (i + 1));
            }
            bytes[length++] = (byte) octet;
            i += 3;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ambiguous("character " + (from + 1));
        }
    }

    private static boolean isNeverEncoded(int octet) {
        boolean letter = octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9';
        return letter || octet < ' ' || octet == 0x7f || "-._~/\\%;".indexOf(octet) >= 0;
    }

    private static Refused ambiguous(String where) {
        return new Refused(GatewayError.BAD_PATH, where, "");
    }
}
