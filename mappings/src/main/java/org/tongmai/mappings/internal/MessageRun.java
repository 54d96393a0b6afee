package org.tongmai.mappings.internal;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.Extent;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.hl7v2.Hl7Value;
import org.tongmai.standards.terminology.ConceptMap;

/** One message being mapped: what all its maps share. */
final class MessageRun {
    private final Hl7Message message;
    private final String trigger;
    private final MappingPlans.Surroundings surroundings;
    private final Tracer tracer;
    private final Set<Issue> issues = new LinkedHashSet<>(4);
    private final List<RuleSite> forWholes = new ArrayList<>(4);
    private final List<ResourceRun> resources = new ArrayList<>(8);
    private Map<Sent, ResourceRun> made;
    private Map<String, Map<Hl7Segment, Integer>> positions;
    private ZoneId zone;
    private String sender;
    private int errors;
    private int raised;
    private int patients;
    private ResourceRun patient;

    /** A value as it was sent, and the map run over it; the same text is something else at another depth. */
    private record Sent(MapPlan map, int depth, String raw) {
        static Sent of(MapPlan map, Hl7Value value) {
            return new Sent(map, value.depth(), value.raw());
        }
    }

    /**
     * @param tracer told of every row that wrote, or null: then it costs nothing
     */
    MessageRun(Hl7Message message, String trigger, MappingPlans.Surroundings surroundings, Tracer tracer) {
        this.message = message;
        this.trigger = trigger;
        this.surroundings = surroundings;
        this.tracer = tracer;
    }

    /** How much is mapped. */
    Extent extent() {
        return surroundings.extent();
    }

    String trigger() {
        return trigger;
    }

    /** The zone of times without one: the offset of MSH-7, else the configured one. */
    ZoneId zone() {
        if (zone == null) {
            ZoneOffset offset = Timestamps.offset(message.header().field(7).text());
            zone = offset == null ? surroundings.zone() : offset;
        }
        return zone;
    }

    /** The sending facility MSH-4, or the sending application MSH-3 where there is none. */
    String sender() {
        if (sender == null) {
            sender = message.header().field(4).text();
            if (sender.isEmpty()) {
                sender = message.header().field(3).text();
            }
        }
        return sender;
    }

    String controlId() {
        return message.header().field(10).text();
    }

    ConceptMap nationalSystems() {
        return surroundings.nationalSystems();
    }

    /** What a code of this sender is by a map, or null. */
    ConceptMap.Target target(ConceptMap map, String code) {
        return map.hasLocal() ? map.target(code, sender()) : map.target(code);
    }

    /** Counts a code that a map does not have; an explanation of a message counts none. */
    void unmapped(ConceptMap map, String code) {
        if (tracer == null) {
            surroundings.unmapped().unmapped(sender(), map.name(), code);
        }
    }

    /** Whether a code system is known not to have a code. */
    boolean lacks(String system, String code) {
        return surroundings.codes().lacks(system, code);
    }

    /** Whether a value is no number of its identifier system. */
    boolean breaksRule(String system, String value) {
        return surroundings.numbers().check(system, value).isPresent();
    }

    /** Keeps a rule for resources as wholes, to be looked at again where two become one. */
    void forWholes(RuleSite site) {
        for (int i = 0; i < forWholes.size(); i++) {
            if (forWholes.get(i) == site) {
                return;
            }
        }
        forWholes.add(site);
    }

    List<RuleSite> forWholes() {
        return forWholes;
    }

    /** Keeps an issue; a field read by two rows is told once. Whether it was not known yet. */
    boolean add(Issue issue) {
        raised++;
        boolean added = issues.add(issue);
        if (added && issue.severity().refuses()) {
            errors++;
        }
        return added;
    }

    int errorCount() {
        return errors;
    }

    /** How often something was found, also what is known already. */
    int raisedCount() {
        return raised;
    }

    List<Issue> issues() {
        return List.copyOf(issues);
    }

    void add(ResourceRun resource) {
        resources.add(resource);
        if (tracer != null) {
            tracer.made(resource);
        }
        if ("Patient".equals(resource.name())) {
            patients++;
            patient = resource;
        }
    }

    /** What the map made of the same value before; null when it must be run, for the place or the lineage counts. */
    ResourceRun made(MapPlan map, Hl7Value value) {
        return made == null || !map.valueOnly() ? null : made.get(Sent.of(map, value));
    }

    /** Keeps what was made of a value, for {@link #made}. */
    void keep(ResourceRun resource, Hl7Value value) {
        MapPlan map = resource.source().plan();
        if (tracer != null || !map.valueOnly() || resource.key().ofMessage()) {
            return;
        }
        if (made == null) {
            made = new HashMap<>();
        }
        made.put(Sent.of(map, value), resource);
    }

    /** The patient of a message that is about one; null when there is none or there are several. */
    ResourceRun onlyPatient() {
        return patients == 1 ? patient : null;
    }

    List<ResourceRun> resources() {
        return resources;
    }

    int occurrence(Hl7Segment segment) {
        return message.occurrence(segment);
    }

    /** How many segments with the same key came before this one: 0 for the first. */
    int position(String key, MapRun run) {
        if (positions == null) {
            positions = new HashMap<>();
        }
        Map<Hl7Segment, Integer> same = positions.computeIfAbsent(key, k -> new IdentityHashMap<>(2));
        return same.computeIfAbsent(run.currentSegment(), segment -> same.size());
    }

    boolean tracing() {
        return tracer != null;
    }

    Tracer tracer() {
        return tracer;
    }
}
