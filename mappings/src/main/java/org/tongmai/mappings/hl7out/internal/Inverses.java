package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of {@code call:} read backwards. One that is not here made something of fields that other rows read too, or
 * something of no use to a receiver.
 */
final class Inverses {
    private static final Pattern STRUCTURED =
            Pattern.compile("(<>|[<>]=?|=)?\\s*([+-]?[0-9.]+)?(?:\\s*([-+:/])\\s*([0-9.]+)?)?");
    private static final int LONGEST_NUMBER = 100;
    private static final Map<String, Integer> LEVELS = Map.of("wa", 1, "ro", 2, "bd", 3, "si", 4, "bu", 7, "lvl", 8);
    private static final Map<String, Inverse> BY_NAME = new HashMap<>();

    static {
        Systems.register(BY_NAME);
        Durations.register(BY_NAME);
        for (String derived : new String[] {
            "message-type",
            "message-title",
            "event-title",
            "message-urn",
            "message-identifier-system",
            "observation-code",
            "place-type"
        }) {
            BY_NAME.put(derived, (run, element, cell) -> true); // other rows write what it was made of
        }
        BY_NAME.put(
                "document-text-type",
                (run, element, cell) -> element.value().asText().startsWith("text/"));
        BY_NAME.put(
                "coding-system",
                (run, element, cell) ->
                        cell.set(run.message().codes().system(element.value().asText())));
        BY_NAME.put("person-name-text", (run, element, cell) -> name(element, cell.part(1)));
        BY_NAME.put("staff-name-text", (run, element, cell) -> name(element, cell.part(2)));
        BY_NAME.put("address-text", Inverses::address);
        BY_NAME.put("phone-number", Inverses::phone);
        BY_NAME.put("place-name", Inverses::place);
        BY_NAME.put(
                "all-repetitions",
                (run, element, cell) ->
                        lines(run.segment().field(5), element.value().asText()));
        BY_NAME.put(
                "added-comment",
                (run, element, cell) ->
                        lines(run.segment().field(3), element.value().asText()));
        BY_NAME.put(
                "structured-number-text",
                (run, element, cell) -> structured(element.value().asText(), cell));
        BY_NAME.put("range-low", Inverses::range);
        BY_NAME.put("range-high", Inverses::range);
        BY_NAME.put(
                "encapsulated-data",
                (run, element, cell) -> cell.part(4).set("Base64")
                        && cell.part(5).set(element.value().asText()));
        BY_NAME.put("text-data", (run, element, cell) -> {
            String text = decoded(element.value());
            return text != null && cell.set(text);
        });
        BY_NAME.put("document-text", Inverses::documentText);
        BY_NAME.put(
                "presentation-media-type",
                (run, element, cell) -> cell.set(
                        element.value().asText().equals("text/plain")
                                ? "TX"
                                : element.value().asText()));
        BY_NAME.put("message-definition", (run, element, cell) -> {
            String text = element.value().asText();
            int at = text.indexOf("v2-0354#");
            return at >= 0 && cell.set(text.substring(at + "v2-0354#".length()));
        });
        BY_NAME.put("media-type", (run, element, cell) -> cell.part(4)
                .set(element.value().asText()));
        BY_NAME.put(
                "narrative",
                (run, element, cell) -> cell.set(narrative(element.value().asText())));
        BY_NAME.put("sampled-numbers", Inverses::sampled);
    }

    private Inverses() {}

    /** The function of this name read backwards, or null. */
    static Inverse named(String name) {
        return BY_NAME.get(name);
    }

    /** A name that says its parts is written by them; one that is a text only is written whole, for nobody can split it. */
    private static boolean name(Element element, Cell family) {
        ObjectNode parts = element.parent();
        return parts.has("family")
                || parts.has("given")
                || family.set(element.value().asText());
    }

    private static boolean address(BackRun run, Element element, Cell cell) {
        ObjectNode parts = element.parent();
        return parts.has("line")
                || parts.has("city")
                || cell.part(1).set(element.value().asText());
    }

    /** The parts of a number stand in extensions that other rows read; else the number goes where all receivers look. */
    private static boolean phone(BackRun run, Element element, Cell cell) {
        StringBuilder parts = new StringBuilder();
        String extension = "";
        for (JsonNode part : element.parent().path("extension")) {
            String url = part.path("url").asText();
            String text = part.path("valueString").asText();
            if (url.endsWith("contactpoint-extension")) {
                extension = text;
            } else if (url.contains("contactpoint-")) {
                parts.append(text);
            }
        }
        String number = element.value().asText();
        String digits = number.replaceAll("[ +]|ext.*", "");
        boolean told = parts.length() > 0 && digits.equals(parts.toString().replaceAll("[ +]", ""));
        return told || cell.part(1).set(extension.isEmpty() ? number : number.replace(" ext " + extension, ""));
    }

    /** A place without the numbers of its levels: by its name on the level it is of, else as a description. */
    private static boolean place(BackRun run, Element element, Cell cell) {
        if (element.parent().has("identifier")) {
            return true;
        }
        String type = element.parent().at("/physicalType/coding/0/code").asText("");
        Cell level = cell.part(LEVELS.getOrDefault(type, 9));
        return level != null && level.set(element.value().asText());
    }

    private static boolean lines(Cell field, String text) {
        String[] lines = text.split("\n", -1);
        boolean wrote = false;
        for (int i = 0; i < lines.length; i++) {
            wrote |= !lines[i].isEmpty() && field.part(i + 1).set(lines[i]);
        }
        return wrote;
    }

    private static boolean structured(String text, Cell cell) {
        Matcher matcher = STRUCTURED.matcher(text);
        boolean told = text.length() <= LONGEST_NUMBER
                && matcher.matches()
                && (matcher.group(1) != null || matcher.group(3) != null);
        for (int part = 1; told && part <= 4; part++) {
            told = matcher.group(part) == null || cell.part(part).set(matcher.group(part));
        }
        return told;
    }

    /** A range that has a text is written by it. */
    private static boolean range(BackRun run, Element element, Cell cell) {
        JsonNode range = run.node().path("referenceRange").path(0);
        if (range.has("text")) {
            return true;
        }
        String low = range.path("low").path("value").asText("");
        String high = range.path("high").path("value").asText("");
        if (low.isEmpty()) {
            return cell.set("<=" + high);
        }
        return cell.set(high.isEmpty() ? ">=" + low : low + "-" + high);
    }

    /** The text of Base64 data; null for what is none. */
    private static String decoded(JsonNode data) {
        try {
            return new String(Base64.getMimeDecoder().decode(data.asText()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null; // it has no place, which Leftovers tells
        }
    }

    private static boolean documentText(BackRun run, Element element, Cell cell) {
        boolean isText = element.parent().path("contentType").asText("text/").startsWith("text/");
        String text = isText ? decoded(element.value()) : null;
        return text != null
                && run.segment().field(2).part(1).set("TX")
                && lines(run.segment().field(5), text);
    }

    private static String narrative(String div) {
        String text = div.replaceAll("<[^<>]*>", "").trim();
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static boolean sampled(BackRun run, Element element, Cell cell) {
        String[] numbers = element.value().asText().trim().split("\\s+");
        boolean wrote = true;
        for (int i = 0; i < numbers.length; i++) {
            wrote &= cell.part(i + 1).set(numbers[i]);
        }
        return wrote;
    }
}
