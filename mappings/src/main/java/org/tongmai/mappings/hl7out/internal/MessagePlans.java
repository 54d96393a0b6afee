package org.tongmai.mappings.hl7out.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.hl7out.Hl7Order;
import org.tongmai.mappings.hl7out.Hl7Output;
import org.tongmai.mappings.internal.MapFile;
import org.tongmai.mappings.internal.MapLibrary;
import org.tongmai.mappings.internal.MapRow;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Charsets;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;

/** All message structures by event, and the choice of one. */
public final class MessagePlans {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ", Locale.ROOT);
    private static final int LONGEST_CONTROL_ID = 20;
    /** More than any patient's message; what is longer is a registry, not an event. */
    private static final int MOST_RESOURCES = 20_000;

    private final Map<String, MessagePlan> byEvent;
    private final StructureReader.Index index;
    private final Fields fields;
    private final BackCodes codes;
    private final ConceptMap nationalSystems;
    private final ZoneId zone;

    private MessagePlans(
            Map<String, MessagePlan> byEvent,
            StructureReader.Index index,
            Fields fields,
            Terminology terminology,
            ZoneId zone) {
        this.byEvent = byEvent;
        this.index = index;
        this.fields = fields;
        this.codes = new BackCodes(terminology.conceptMap("hl7-0396-to-uri"), StructureReader.preferredCodes());
        this.nationalSystems = terminology.conceptMap("identifier-type-to-system");
        this.zone = zone;
    }

    /** Compiles the structures and the maps they read backwards. */
    public static MessagePlans compile(Terminology terminology, MappingSettings settings) {
        List<Issue> issues = new ArrayList<>();
        MapLibrary library = new MapLibrary(settings.overlays(), issues);
        Fields fields = StructureReader.fields();
        StructureReader.Index index = StructureReader.index();
        BackCompiler compiler = new BackCompiler(library, terminology, settings.extent(), fields, index);
        Map<String, MessagePlan> byEvent = new TreeMap<>();
        for (String name : index.messages()) {
            Structure structure = StructureReader.structure(name);
            MessagePlan plan = new MessagePlan(structure, rows(library.map(structure.map()), compiler));
            structure.events().keySet().forEach(event -> byEvent.put(event, plan));
        }
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
        return new MessagePlans(byEvent, index, fields, terminology, settings.zone());
    }

    private static List<SegmentRow> rows(MapFile file, BackCompiler compiler) {
        List<SegmentRow> rows = new ArrayList<>();
        for (MapRow row : file.rows()) {
            if (compiler.wanted(row)) {
                int dot = row.from().indexOf('.');
                rows.add(new SegmentRow(
                        dot < 0 ? null : row.from().substring(0, dot),
                        row.from().substring(dot + 1),
                        row.to(),
                        compiler.map(row.each()),
                        compiler.conditions(row, null)));
            }
        }
        return rows;
    }

    /** Whether a structure serves the event. */
    public boolean writes(String event) {
        return byEvent.containsKey(event);
    }

    /** Writes one message. */
    public Hl7Output write(List<ObjectNode> data, Hl7Order order) {
        refuseTooMany(data);
        Resources resources = new Resources(data);
        String event = event(resources, order.event());
        MessagePlan plan = byEvent.get(event);
        if (!index.versions().contains(order.version())) {
            throw new CodedException(
                    Issue.of(MappingError.VERSION_UNSUPPORTED, "version", "expected one of " + index.versions()));
        }
        Draft header = header(event, plan, order);
        Writing message = new Writing(
                header.field(9).part(1).part(2).text(),
                resources,
                codes,
                nationalSystems,
                header,
                fields,
                index.opening(),
                index.prefer());
        MessageWriter writer = new MessageWriter(
                plan,
                message,
                fields,
                Map.of(
                        7, TIME.format(order.at().atZone(zone)),
                        10, UUID.randomUUID().toString().replace("-", "").substring(0, LONGEST_CONTROL_ID),
                        11, "P"));
        List<Draft> segments = writer.write();
        if (writer.issues().stream().anyMatch(issue -> issue.severity().refuses())) {
            throw new CodedException(writer.issues(), null);
        }
        StringBuilder text = new StringBuilder();
        segments.forEach(segment -> segment.write(text, Encoding.STANDARD));
        List<Issue> issues = new ArrayList<>(writer.issues());
        issues.addAll(Leftovers.of(resources, plan, event));
        return new Hl7Output(encoded(text.toString(), order), text.toString(), order.charset(), event, issues);
    }

    private static void refuseTooMany(List<ObjectNode> data) {
        if (data.size() > MOST_RESOURCES) {
            throw new CodedException(Issue.of(
                    MappingError.TOO_WIDE,
                    "",
                    "found " + data.size() + " resources, expected at most " + MOST_RESOURCES));
        }
    }

    private static byte[] encoded(String text, Hl7Order order) {
        if (!order.charset().newEncoder().canEncode(text)) {
            throw new CodedException(Issue.of(
                    MappingError.CHARSET_TOO_SMALL, "", "found characters that are not in " + order.charset()));
        }
        return text.getBytes(order.charset());
    }

    private static Draft header(String event, MessagePlan plan, Hl7Order order) {
        Draft header = new Draft("MSH");
        String[] type = event.split("\\^");
        Cell message = header.field(9).part(1);
        message.part(1).set(type[0]);
        if (type.length > 1) {
            message.part(2).set(type[1]);
        }
        message.part(3).set(plan.structure().events().get(event));
        header.field(12).set(order.version());
        if (!order.controlId().isEmpty()) {
            header.field(10).set(order.controlId());
        }
        String charset = Hl7Charsets.name(order.charset());
        if (!charset.isEmpty()) {
            header.field(18).set(charset);
        }
        return header;
    }

    private String event(Resources resources, String wanted) {
        if (!wanted.isEmpty()) {
            if (!byEvent.containsKey(wanted)) {
                throw new CodedException(
                        Issue.of(MappingError.EVENT_UNSUPPORTED, "event", "expected one of " + byEvent.keySet()));
            }
            return wanted;
        }
        String said = said(resources);
        if (said != null) {
            return said;
        }
        for (StructureReader.Choice choice : index.choices()) {
            if (resources.all().stream().anyMatch(resource -> fits(choice, resource))) {
                return choice.event();
            }
        }
        throw new CodedException(Issue.of(MappingError.EVENT_UNSUPPORTED, "event", "nothing in the data says one"));
    }

    /** The event a MessageHeader names, or null. */
    private String said(Resources resources) {
        for (ObjectNode header : resources.ofType("MessageHeader", null)) {
            if (header.has("response")) {
                return "ACK";
            }
            JsonNode coding = header.path("eventCoding");
            String type = coding.path("display").asText("").split("\\^")[0];
            String code = coding.path("code").asText("");
            if (byEvent.containsKey(type + "^" + code)) {
                return type + "^" + code;
            }
            if (byEvent.containsKey(type)) {
                return type;
            }
            for (String event : byEvent.keySet()) {
                if (event.endsWith("^" + code)) {
                    return event;
                }
            }
        }
        return null;
    }

    private static boolean fits(StructureReader.Choice choice, JsonNode resource) {
        boolean type = resource.path("resourceType").asText().equals(choice.of());
        boolean status =
                choice.status() == null || resource.path("status").asText().equals(choice.status());
        return type && status && (choice.has() == null || BackPath.has(resource, choice.has()));
    }
}
