package org.tongmai.routes.engine.bundle.sandbox.capture.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** One FHIR resource or Bundle in JSON being masked. Numbers and truth values stay. */
public final class MaskedResource {
    private static final ElementKinds KINDS = new ElementKinds();
    private static final Pattern DATE = Pattern.compile("(\\d{4})(-\\d\\d)?(-\\d\\d)?(.*)", Pattern.DOTALL);
    private static final Set<String> TYPES =
            Arrays.stream(ResourceType.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    /** Of an address that names no type of R4, what may be one all the same. */
    private static final Pattern LIKE_A_TYPE = Pattern.compile("[A-Z][A-Za-z]+");
    /** What FHIR itself has named, where an id could stand. */
    private static final Pattern NAMED = Pattern.compile("_history|_search|\\$.*|");

    private final Synthetic synthetic;
    /** Values that identify, with what they became; long ones first. */
    private final Map<String, String> identifying =
            new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private String left = "";

    public MaskedResource(Random random) {
        this.synthetic = new Synthetic(random);
    }

    /** Masks it in place: element by element first, then whatever identifies and stands where it is not expected. */
    public JsonNode of(ObjectNode root) {
        walk("", root, this::masked);
        walk("", root, this::searched);
        return root;
    }

    /** Where a value stands that could not be replaced; empty when none does. */
    public String left() {
        return left;
    }

    /** What becomes of a text; null when it goes. */
    private interface Change {
        String of(String around, String element, String text);
    }

    private static void walk(String around, ObjectNode object, Change change) {
        List<String> gone = new ArrayList<>();
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            boolean narrative = value.has("div"); // says everything again
            JsonNode made = narrative ? null : changed(around, field.getKey(), value, change);
            if (made == null) {
                gone.add(field.getKey());
            } else if (made != value) {
                field.setValue(made);
            }
        });
        object.remove(gone);
    }

    private static JsonNode changed(String around, String element, JsonNode value, Change change) {
        if (value instanceof ObjectNode object) {
            walk(element, object, change);
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, changed(around, element, array.get(i), change));
            }
        } else if (value.isTextual()) {
            String made = change.of(around, element, value.textValue());
            return made == null ? null : made.equals(value.textValue()) ? value : TextNode.valueOf(made);
        }
        return value;
    }

    private String masked(String around, String element, String text) {
        MaskKind kind = KINDS.kind(around, element, text);
        if (text.isBlank()) {
            return text;
        }
        return switch (kind) {
            case KEEP -> text;
            case DROP -> null;
            case REFERENCE -> reference(text);
            case BIRTH -> date(text);
            default -> noted(text, synthetic.of(text, kind), kind);
        };
    }

    private String reference(String text) {
        int mark = text.indexOf('?');
        int equals = text.indexOf('=');
        if (mark < 0 && equals > 0 && text.lastIndexOf('/', equals) < 0) { // an id may have that sign as well
            return searched(text);
        }
        String address = mark < 0 ? text : text.substring(0, mark);
        int fragment = address.indexOf('#');
        String masked =
                fragment < 0 ? path(address) : path(address.substring(0, fragment)) + address.substring(fragment);
        return mark < 0 ? masked : masked + '?' + searched(text.substring(mark + 1));
    }

    /**
     * {@code Patient/abc/_history/2}, also behind an address: whatever follows a type is an id, unless it is a name that
     * FHIR has given. {@code urn:uuid:} says nothing of anybody.
     */
    private String path(String address) {
        String[] parts = address.split("/", -1);
        boolean known = Arrays.stream(parts).anyMatch(TYPES::contains);
        boolean behindType = false;
        for (int i = 0; i < parts.length; i++) {
            if (TYPES.contains(parts[i])) {
                behindType = true;
            } else if (behindType) {
                parts[i] = NAMED.matcher(parts[i]).matches() ? parts[i] : identifier(parts[i]);
                behindType = false;
            } else {
                behindType = !known && LIKE_A_TYPE.matcher(parts[i]).matches();
            }
        }
        return String.join("/", parts);
    }

    /** {@code identifier=system|value&family=name}: every value, of a token the part behind its system. */
    private String searched(String query) {
        return Arrays.stream(query.split("&"))
                .map(parameter -> {
                    int equals = parameter.indexOf('=');
                    String value = parameter.substring(equals + 1);
                    int encoded = Math.max(value.lastIndexOf("%7C"), value.lastIndexOf("%7c"));
                    int bar = Math.max(value.lastIndexOf('|') + 1, encoded < 0 ? 0 : encoded + 3);
                    return equals < 0 || bar == value.length()
                            ? parameter
                            : parameter.substring(0, equals + 1)
                                    + value.substring(0, bar)
                                    + identifier(value.substring(bar));
                })
                .collect(Collectors.joining("&"));
    }

    private String identifier(String value) {
        return noted(value, synthetic.of(value, MaskKind.IDENTIFIER), MaskKind.IDENTIFIER);
    }

    /** As much of a day as was said, shifted as in identity numbers; what follows stays. */
    private String date(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return noted(text, synthetic.of(text, MaskKind.TEXT), MaskKind.BIRTH);
        }
        String month = date.group(2) == null ? "-01" : date.group(2);
        String day = date.group(3) == null ? "-01" : date.group(3);
        String compact = date.group(1) + month.substring(1) + day.substring(1);
        String made = synthetic.of(compact, MaskKind.BIRTH);
        StringBuilder out = new StringBuilder(made.substring(0, 4));
        out.append(date.group(2) == null ? "" : "-" + made.substring(4, 6));
        out.append(date.group(3) == null ? "" : "-" + made.substring(6, 8)).append(date.group(4));
        if (date.group(3) != null) {
            noted(text.substring(0, 10), out.substring(0, 10), MaskKind.BIRTH);
            noted(compact, made, MaskKind.BIRTH);
        }
        return out.toString();
    }

    private String noted(String text, String made, MaskKind kind) {
        if (kind.identifies() && MaskedMessage.distinctive(text)) {
            identifying.putIfAbsent(text, made);
        }
        return made;
    }

    private String searched(String around, String element, String text) {
        if (identifying.containsValue(text)) {
            return text;
        }
        String found = text;
        for (Map.Entry<String, String> value : identifying.entrySet()) {
            found = found.replace(value.getKey(), value.getValue());
        }
        if (found.equals(text) || !KINDS.isCode(around, element)) {
            return found;
        }
        left = around.isEmpty() ? element : around + "." + element;
        return text;
    }
}
