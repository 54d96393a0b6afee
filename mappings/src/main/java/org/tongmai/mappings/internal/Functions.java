package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;

/** The named functions of {@code call:}: what rows cannot say. Each makes the JSON of one element. */
final class Functions {
    /** Bed, room, point of care, floor, building and facility in a PL. */
    private static final int[] PLACE_LEVELS = {3, 2, 1, 8, 7, 4};

    private final Map<String, RowPlan.ValueWriter> byName = new HashMap<>();

    Functions(Terminology terminology) {
        ConceptMap systems = terminology.conceptMap("hl7-0396-to-uri");
        ConceptMap languages = terminology.conceptMap("hl7-0296-to-language");
        byName.putAll(DocumentFunctions.BY_NAME);
        byName.putAll(ScheduleFunctions.BY_NAME);
        TimingFunctions.register(byName);
        HeaderFunctions.register(byName);
        byName.put("entity-system", (run, row, value) -> TextNode.valueOf(IdentifierSystems.ofEi(run, value, "EI")));
        byName.put("organization-system", (run, row, value) -> organizationSystem(run, value));
        byName.put("media-type", (run, row, value) -> Writers.text(mediaType(value)));
        byName.put("sampled-numbers", (run, row, value) -> Writers.text(sampledNumbers(run)));
        byName.put("narrative", (run, row, value) -> Writers.text(narrative(value.text())));
        byName.put("values-text", (run, row, value) -> Writers.text(valuesText(value)));
        byName.put("identifier-system", (run, row, value) -> identifierSystem(run, value));
        byName.put("staff-system", (run, row, value) -> staffSystem(run, value));
        byName.put("placer-system", (run, row, value) -> TextNode.valueOf(IdentifierSystems.ofEi(run, value, "PLAC")));
        byName.put("filler-system", (run, row, value) -> TextNode.valueOf(IdentifierSystems.ofEi(run, value, "FILL")));
        byName.put("person-name-text", (run, row, value) -> Writers.text(nameText(value, 1)));
        byName.put("staff-name-text", (run, row, value) -> Writers.text(nameText(value, 2)));
        byName.put("address-text", (run, row, value) -> Writers.text(addressText(value)));
        byName.put("phone-number", (run, row, value) -> Writers.text(phoneNumber(value)));
        byName.put("place-name", (run, row, value) -> Writers.text(placeName(value)));
        byName.put("place-type", (run, row, value) -> placeType(value));
        byName.put("all-repetitions", (run, row, value) -> Writers.text(allRepetitions(run)));
        byName.put("structured-number-text", (run, row, value) -> Writers.text(structuredNumber(value)));
        byName.put("range-low", (run, row, value) -> RangeText.low(value.text()));
        byName.put("range-high", (run, row, value) -> RangeText.high(value.text()));
        byName.put("encapsulated-data", Functions::encapsulated);
        byName.put("added-comment", (run, row, value) -> Writers.text(addedComment(run, row)));
        byName.put("observation-code", (run, row, value) -> observationCode(run, systems));
        byName.put("language", (run, row, value) -> language(run, languages, value));
        byName.put("coding-system", (run, row, value) -> {
            String uri = CodingSystems.uri(systems, value.text());
            return uri == null ? null : TextNode.valueOf(uri);
        });
    }

    /** The function with this name, or null. */
    RowPlan.ValueWriter named(String name) {
        return byName.get(name);
    }

    private static JsonNode identifierSystem(MapRun run, Hl7Value cx) {
        String place = run.location();
        String type = place.startsWith("PV1") ? "VN" : place.startsWith("STF") ? "EI" : "PI";
        String said = cx.component(5).text();
        return cx.component(1).isEmpty() ? null : numberSystem(run, cx, 4, said.isEmpty() ? type : said);
    }

    private static JsonNode staffSystem(MapRun run, Hl7Value xcn) {
        String type = xcn.component(13).text();
        return numberSystem(run, xcn, 9, type.isEmpty() ? "EI" : type);
    }

    private static JsonNode organizationSystem(MapRun run, Hl7Value xon) {
        String type = xon.component(7).text();
        return TextNode.valueOf(IdentifierSystems.said(run, xon.component(6), type.isEmpty() ? "XX" : type));
    }

    /** The system of a number; an issue where it is not the one said, for the number breaks its rule. */
    private static JsonNode numberSystem(MapRun run, Hl7Value number, int assigner, String type) {
        String system = IdentifierSystems.of(run, number, assigner, type);
        if (!system.equals(IdentifierSystems.said(run, number.component(assigner), type))) {
            run.warn(MappingError.RULE_BROKEN, "expected a number of its national system; kept as the assigner's own");
        }
        return TextNode.valueOf(system);
    }

    /** A language FHIR has a code for (BCP 47), or its name as it was sent. */
    private static JsonNode language(MapRun run, ConceptMap languages, Hl7Value value) {
        String code = value.component(1).text();
        String said = value.component(9).text();
        String text = said.isEmpty() ? value.component(2).text() : said;
        ConceptMap.Target target = languages.target(code);
        target = target == null ? languages.target(text) : target;
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        if (target == null) {
            run.warn(MappingError.CODE_UNKNOWN, "found a code that is not in " + languages.name());
        } else {
            ObjectNode coding = concept.putArray("coding").addObject();
            coding.put("system", target.system()).put("code", target.code());
        }
        if (!text.isEmpty() || target == null && !code.isEmpty()) {
            concept.put("text", text.isEmpty() ? code : text);
        }
        return concept.isEmpty() ? null : concept;
    }

    /** RP.3 and RP.4 as a media type; RP.4 alone may already be one. */
    private static String mediaType(Hl7Value rp) {
        String main = rp.component(3).text();
        String sub = rp.component(4).text();
        return main.isEmpty() || sub.isEmpty() || sub.contains("/") ? main + sub : main + "/" + sub;
    }

    /** All numbers of all repetitions of OBX-5, apart by blanks (FHIR SampledData.data). */
    private static String sampledNumbers(MapRun run) {
        StringJoiner out = new StringJoiner(" ");
        for (Hl7Value repetition : run.currentSegment().field(5).repetitions()) {
            for (int part = 1; !repetition.component(part).isEmpty(); part++) {
                out.add(repetition.component(part).text());
            }
        }
        return out.toString();
    }

    /** Text as the XHTML of a FHIR narrative. */
    private static String narrative(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return text.isEmpty() ? "" : "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + escaped + "</div>";
    }

    /** The two ends of a VR with a hyphen between. */
    private static String valuesText(Hl7Value vr) {
        String low = vr.component(1).text();
        String high = vr.component(2).text();
        return high.isEmpty() ? low : low + "-" + high;
    }

    /** Chinese names run together, family name first; others are given name, then family name. */
    static String nameText(Hl7Value name, int familyAt) {
        String family = name.component(familyAt).text();
        String given = name.component(familyAt + 1).text();
        String middle = name.component(familyAt + 2).text();
        if (isHan(family) || isHan(given)) {
            return family + given + middle;
        }
        StringJoiner out = new StringJoiner(" ");
        for (String part : new String[] {given, middle, family}) {
            if (!part.isEmpty() && !part.equals("\"\"")) {
                out.add(part);
            }
        }
        return out.toString();
    }

    static boolean isHan(String text) {
        return !text.isEmpty() && Character.UnicodeScript.of(text.codePointAt(0)) == Character.UnicodeScript.HAN;
    }

    /** Chinese addresses run from the province down to the house; others are left to their parts. */
    private static String addressText(Hl7Value xad) {
        String line = xad.component(1).text();
        if (!isHan(line)) {
            return "";
        }
        String state = xad.component(4).text();
        String city = xad.component(3).text();
        String district = xad.component(9).text();
        StringBuilder out = new StringBuilder();
        for (String part : new String[] {state, city, district}) {
            if (!part.isEmpty() && !line.startsWith(part) && out.indexOf(part) < 0 && isHan(part)) {
                out.append(part);
            }
        }
        return out.append(line).append(xad.component(2).text()).toString();
    }

    private static String phoneNumber(Hl7Value xtn) {
        String written = xtn.component(1).text();
        if (!written.isEmpty()) {
            return written;
        }
        String unformatted = xtn.component(12).text();
        if (!unformatted.isEmpty()) {
            return unformatted;
        }
        StringJoiner out = new StringJoiner(" ");
        for (int part = 5; part <= 7; part++) {
            String text = xtn.component(part).text();
            if (!text.isEmpty()) {
                out.add(part == 5 && !text.startsWith("+") ? "+" + text : text);
            }
        }
        String extension = xtn.component(8).text();
        return out + (extension.isEmpty() || out.length() == 0 ? "" : " ext " + extension);
    }

    private static String placeName(Hl7Value pl) {
        String description = pl.component(9).text();
        if (!description.isEmpty()) {
            return description;
        }
        StringJoiner out = new StringJoiner(" ");
        for (int part = 1; part <= 3; part++) {
            String text = pl.component(part).text();
            if (!text.isEmpty()) {
                out.add(text);
            }
        }
        return out.toString();
    }

    /** The most specific level named, as HL7 location-physical-type. */
    private static JsonNode placeType(Hl7Value pl) {
        String[] codes = {"bd", "ro", "wa", "lvl", "bu", "si"};
        for (int i = 0; i < PLACE_LEVELS.length; i++) {
            if (!pl.component(PLACE_LEVELS[i]).isEmpty()) {
                return TextNode.valueOf(codes[i]);
            }
        }
        return null;
    }

    /** The code OBX-3 of the whole observation, for each of its components. */
    private static JsonNode observationCode(MapRun run, ConceptMap systems) {
        Hl7Value code = run.currentSegment().field(3);
        ObjectNode concept = JsonNodeFactory.instance.objectNode();
        ObjectNode coding = concept.putArray("coding").addObject();
        String system = CodingSystems.uri(systems, code.component(3).text());
        if (system != null) {
            coding.put("system", CodingSystems.checked(run, system, CodingSystems.code(code.component(1))));
        }
        if (!CodingSystems.code(code.component(1)).isEmpty()) {
            coding.put("code", CodingSystems.code(code.component(1)));
        }
        if (!code.component(2).isEmpty()) {
            coding.put("display", code.component(2).text());
        }
        return concept;
    }

    /** What the element says so far, with the comment NTE-3 below. */
    private static String addedComment(MapRun run, RowPlan row) {
        String before = run.target().path(row.to().toString()).asText("");
        String comment = lines(run.currentSegment().field(3));
        return before.isEmpty() || comment.isEmpty() ? before + comment : before + "\n" + comment;
    }

    private static String allRepetitions(MapRun run) {
        return lines(run.currentSegment().field(5));
    }

    private static String lines(Hl7Value field) {
        StringJoiner out = new StringJoiner("\n");
        List<Hl7Value> repetitions = field.repetitions();
        for (Hl7Value repetition : repetitions) {
            String line = repetition.whole();
            if (!line.isEmpty() || repetitions.size() > 1) {
                out.add(line);
            }
        }
        return out.toString();
    }

    private static String structuredNumber(Hl7Value sn) {
        StringJoiner out = new StringJoiner(" ");
        for (int part = 1; part <= 4; part++) {
            String text = sn.component(part).text();
            if (!text.isEmpty()) {
                out.add(text);
            }
        }
        return out.toString();
    }

    /** ED.5 by its encoding ED.4: Base64 stays, hexadecimal and text become Base64. */
    private static JsonNode encapsulated(MapRun run, RowPlan row, Hl7Value ed) {
        String data = ed.component(5).whole();
        return switch (ed.component(4).text()) {
            case "Base64", "base64", "BASE64" -> base64Sent(run, data.replaceAll("\\s", ""));
            case "Hex", "HEX" -> {
                run.warn(MappingError.BAD_VALUE, "hexadecimal content is kept as its text");
                yield base64(data);
            }
            default -> data.isEmpty() ? null : base64(data);
        };
    }

    private static JsonNode base64Sent(MapRun run, String data) {
        try {
            Base64.getDecoder().decode(data);
            return Writers.text(data);
        } catch (IllegalArgumentException e) {
            run.warn(MappingError.BAD_VALUE, "expected Base64; left out");
            return null;
        }
    }

    static JsonNode base64(String text) {
        return TextNode.valueOf(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }
}
