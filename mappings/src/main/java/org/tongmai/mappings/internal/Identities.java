package org.tongmai.mappings.internal;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.Extent;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;

/**
 * The named functions of {@code identity:}. Each answers the business identity of a resource, the same for the same
 * thing sent again, or null when its fields do not say.
 */
final class Identities {
    /** Identifier types that name the patient at the sender: medical record, patient internal, patient external. */
    private static final Set<String> RECORD_TYPES = Set.of("MR", "PI", "PT");

    private static final Set<String> UNNUMBERED =
            Set.of("Encounter", "ServiceRequest", "DiagnosticReport", "Observation", "Specimen", "MedicationRequest");

    /** In this order: the first around an observation is what it belongs to. */
    private static final List<String> ORDERS = List.of(
            "DiagnosticReport",
            "ServiceRequest",
            "Immunization",
            "MedicationRequest",
            "Appointment",
            "Encounter",
            "Patient");

    private static final Map<String, Function> FUNCTIONS = Map.ofEntries(
            entry(
                    "preferred-patient-identifier",
                    (run, from) -> preferredPatient(run, from.get(0).base(run))),
            entry("patient-identifier", (run, from) -> assigned(run, from.get(0).resolve(run), "PI")),
            entry("visit-identifier", (run, from) -> assigned(run, from.get(0).resolve(run), "VN")),
            entry("account-identifier", (run, from) -> assigned(run, from.get(0).resolve(run), "AN")),
            entry("staff-identifier", (run, from) -> staff(run, from.get(0).resolve(run))),
            entry("staff-number", (run, from) -> staffNumber(run, from.get(0).base(run))),
            entry("placer-identifier", (run, from) -> entity(run, from, "PLAC")),
            entry("filler-identifier", (run, from) -> entity(run, from, "FILL")),
            entry("placer-line", (run, from) -> line(run, from, "PLAC")),
            entry("filler-line", (run, from) -> line(run, from, "FILL")),
            entry("entity-identifier", (run, from) -> entity(run, from, "EI")),
            entry("place", (run, from) -> place(run, from.get(0).resolve(run))),
            entry("within-patient", (run, from) -> within(run, from, "Patient")),
            entry("within-encounter", (run, from) -> within(run, from, "Encounter", "Patient")),
            entry("within-practitioner", (run, from) -> within(run, from, "Practitioner")),
            entry("within-order", (run, from) -> withinOrder(run, from)),
            entry("within-sender", (run, from) -> withinSender(run, from)),
            entry("within-message", (run, from) -> withinMessage(run, from)));

    private static final String OF_MESSAGE = "urn:tongmai:message";

    private Identities() {}

    /** What a resource is recognised by. */
    record Key(String system, String value) {
        /** Whether it is its place in the message. */
        boolean ofMessage() {
            return system.equals(OF_MESSAGE);
        }
    }

    /** Makes a key of fields; null when they do not say. */
    interface Function {
        Key of(MapRun run, List<FieldPath> from);
    }

    /** The function with this name, or null. */
    static Function named(String name) {
        return FUNCTIONS.get(name);
    }

    /** The key by the first alternative of the map that gives one, or null. */
    static Key of(MapPlan plan, MapRun run) {
        for (MapPlan.IdentityPlan alternative : plan.identity()) {
            Key key = alternative.function().of(run, alternative.from());
            if (key != null && !key.value().isBlank()) {
                return key;
            }
        }
        return unnumbered(plan, run);
    }

    /**
     * What carries content and has no number of its own is still kept: a visit as the patient's one unnumbered visit,
     * an order, specimen or result by its place in the message, the same when the message comes again; in a
     * conversion so is everything.
     */
    private static Key unnumbered(MapPlan plan, MapRun run) {
        ResourceRun patient = run.scope() == null ? null : run.scope().resource("Patient");
        if (!UNNUMBERED.contains(plan.type()) || patient == null || patient.key() == null) {
            return run.message().extent() == Extent.WHOLE ? withinMessage(run, List.of()) : null;
        }
        if (plan.type().equals("Encounter")) {
            return new Key("urn:tongmai:within", patient.reference() + "|unnumbered");
        }
        return inMessage(run);
    }

    /** By its place in the message: the same when the message comes again, of no meaning to another message. */
    private static Key inMessage(MapRun run) {
        Hl7Segment segment = run.currentSegment();
        String place = segment.name() + "|" + run.message().occurrence(segment);
        return new Key(OF_MESSAGE, run.message().sender() + "|" + run.message().controlId() + "|" + place);
    }

    /** What the sender calls so, whoever the patient is: entries of its dictionaries and master files. */
    private static Key withinSender(MapRun run, List<FieldPath> from) {
        if (from.get(0).resolve(run).isEmpty()) {
            return null;
        }
        String system = "urn:tongmai:" + IdentifierSystems.name(run.message().sender()) + ":"
                + run.plan().type();
        return new Key(system, texts(run, from));
    }

    /** The number that the staff are known by in other messages (type EI or none), else the first. */
    private static Key staffNumber(MapRun run, Hl7Value list) {
        Hl7Value first = null;
        for (Hl7Value cx : list.repetitions()) {
            String type = cx.component(5).text();
            if (type.isEmpty() || type.equals("EI")) {
                return assigned(run, cx, "EI");
            }
            first = first == null ? cx : first;
        }
        return first == null ? null : assigned(run, first, "EI");
    }

    /** The entity's number with the first valued of the further fields: one number may stand for several lines. */
    private static Key line(MapRun run, List<FieldPath> from, String type) {
        for (FieldPath about : from.subList(1, from.size())) {
            if (!about.resolve(run).isEmpty()) {
                return entity(run, List.of(from.get(0), about), type);
            }
        }
        return entity(run, List.of(from.get(0)), type);
    }

    private static Key preferredPatient(MapRun run, Hl7Value list) {
        Hl7Value first = null;
        for (Hl7Value cx : list.repetitions()) {
            if (cx.component(1).isEmpty() || cx.component(1).isNull()) {
                continue;
            }
            if (RECORD_TYPES.contains(cx.component(5).text())) {
                return assigned(run, cx, "PI");
            }
            first = first == null ? cx : first;
        }
        return first == null ? null : assigned(run, first, "PI");
    }

    private static Key assigned(MapRun run, Hl7Value cx, String type) {
        String value = cx.component(1).text();
        if (value.isEmpty() || cx.component(1).isNull()) {
            return null;
        }
        return new Key(IdentifierSystems.ofCx(run, cx, type), value);
    }

    private static Key staff(MapRun run, Hl7Value xcn) {
        String value = xcn.component(1).text();
        if (value.isEmpty() || xcn.component(1).isNull()) {
            return null;
        }
        return new Key(IdentifierSystems.of(run, xcn, 9, staffType(xcn)), value);
    }

    private static String staffType(Hl7Value xcn) {
        String type = xcn.component(13).text();
        return type.isEmpty() ? "EI" : type;
    }

    /** The entity's number; with further fields what it is about, for one number may stand for several orders. */
    private static Key entity(MapRun run, List<FieldPath> from, String type) {
        Hl7Value ei = from.get(0).resolve(run);
        String value = ei.component(1).text();
        if (value.isEmpty() || ei.isNull()) {
            return null;
        }
        String system = IdentifierSystems.ofEi(run, ei, type);
        if (from.size() == 1) {
            return new Key(system, value);
        }
        String about = value + texts(run, from.subList(1, from.size()));
        int position = run.message().position(run.plan().type() + system + about, run);
        return new Key(system, position == 0 ? about : about + "|" + position);
    }

    private static Key place(MapRun run, Hl7Value pl) {
        StringBuilder value = new StringBuilder();
        for (int i = 1; i <= 3; i++) {
            value.append(i == 1 ? "" : "|").append(pl.component(i).text());
        }
        value.append('|')
                .append(pl.component(7).text())
                .append('|')
                .append(pl.component(8).text());
        String facility = pl.component(4).text();
        String system = "urn:tongmai:"
                + IdentifierSystems.name(facility.isEmpty() ? run.message().sender() : facility) + ":location";
        boolean empty = value.chars().allMatch(c -> c == '|');
        return empty ? null : new Key(system, value.toString());
    }

    /** The place in the message, the same when the message comes again: for what is told of the message only. */
    private static Key withinMessage(MapRun run, List<FieldPath> from) {
        if (!from.isEmpty()
                && from.get(0).field() + from.get(0).component() > 0
                && from.get(0).resolve(run).isEmpty()) {
            return null;
        }
        Hl7Segment segment = run.currentSegment();
        String place = run.parent() == null
                ? segment.name() + "|" + run.message().occurrence(segment)
                : run.parent().location();
        String message = run.message().sender() + "|" + run.message().controlId();
        return new Key(OF_MESSAGE, message + "|" + run.plan().name() + "|" + place);
    }

    /** The fields' text, told apart by the first named resource around that has an identity. */
    private static Key within(MapRun run, List<FieldPath> from, String... owners) {
        if (from.get(0).resolve(run).isEmpty()) {
            return null;
        }
        for (String owner : owners) {
            ResourceRun resource = run.scope().resource(owner);
            if (resource != null && resource.key() != null) {
                return new Key("urn:tongmai:within", resource.reference() + texts(run, from));
            }
        }
        return null;
    }

    /** Like within, with the position among the order's segments that say the same. */
    private static Key withinOrder(MapRun run, List<FieldPath> from) {
        if (from.get(0).resolve(run).isEmpty()) {
            return null;
        }
        String texts = texts(run, from);
        for (String owner : ORDERS) {
            ResourceRun resource = run.scope().resource(owner);
            if (resource != null && resource.key() != null) {
                int position =
                        run.message().position(resource.reference() + run.plan().type() + texts, run);
                return new Key("urn:tongmai:within", resource.reference() + texts + "|" + position);
            }
        }
        return null;
    }

    private static String texts(MapRun run, List<FieldPath> from) {
        StringBuilder out = new StringBuilder();
        for (FieldPath field : from) {
            Hl7Segment segment = field.relative() ? null : run.segment(field.segment());
            Hl7Value value = segment == null || field.component() > 0 || field.field() == 0
                    ? field.resolve(run)
                    : segment.field(field.field());
            out.append('|').append(value.raw());
        }
        return out.toString();
    }
}
