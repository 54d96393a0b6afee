package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.canonical.FirstVersion;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;

/** Runs a message plan over a message, collects every issue, and decides once. */
final class MessageMapper {
    /** Some 1 KB of canonical data each: bounds what one message can take of memory and of everybody's time. */
    private static final int WIDEST = 50_000;

    private final MessagePlan plan;
    private final MessageRun run;

    MessageMapper(MessagePlan plan, MessageRun run) {
        this.plan = plan;
        this.run = run;
    }

    CanonicalBundle map(Hl7Message message, String event) {
        requireNotTooWide(message);
        SegmentWalk walk = new SegmentWalk(plan.root());
        for (Hl7Segment segment : message.segments()) {
            if (!walk.take(segment)) {
                run.add(Issue.of(MappingError.SEGMENT_UNKNOWN, location(segment), "not in " + plan.structure()));
            }
        }
        mapGroup(walk.root());
        Map<String, ResourceRun> resources = collect();
        String wanted = plan.root().firstSegment();
        if (resources.isEmpty() && wanted != null && run.errorCount() == 0) {
            // To acknowledge a message of which nothing was kept would lose it.
            run.add(Issue.of(MappingError.REQUIRED_MISSING, wanted, "expected the segment"));
        }
        if (run.errorCount() > 0) {
            throw new CodedException(worstFirst(), null);
        }
        String patientKey = run.sender();
        List<CanonicalResource> canonical = new ArrayList<>(resources.size());
        for (ResourceRun resource : resources.values()) {
            if (resource.type().equals("Patient") && patientKey.equals(run.sender())) {
                patientKey = resource.reference();
            }
            if (run.extent() == Extent.WHOLE) {
                complete(resource);
            }
            canonical.add(new CanonicalResource(resource.type(), resource.id(), resource.content()));
        }
        return new CanonicalBundle(plan.topic(), event, patientKey, canonical, run.issues());
    }

    /** A conversion is the first and last version of what it makes; the store completes its first itself. */
    private void complete(ResourceRun resource) {
        ObjectNode content = resource.content();
        ObjectNode before = run.tracing() ? content.deepCopy() : null;
        FirstVersion.complete(resource.type(), content);
        if (before != null) {
            MapRun source = resource.source();
            source.reading(null);
            run.tracer().mended(source, source.plan().rows()[0].at(), before, content);
        }
    }

    private static void requireNotTooWide(Hl7Message message) {
        int width = message.width();
        if (width > WIDEST) {
            throw new CodedException(
                    Issue.of(MappingError.TOO_WIDE, "", "found " + width + ", expected at most " + WIDEST));
        }
    }

    private String location(Hl7Segment segment) {
        int occurrence = run.occurrence(segment);
        return occurrence == 1 ? segment.name() : segment.name() + "[" + occurrence + "]";
    }

    private List<Issue> worstFirst() {
        List<Issue> sorted = new ArrayList<>(run.issues());
        sorted.sort((a, b) -> b.severity().compareTo(a.severity()));
        return sorted;
    }

    private void mapGroup(GroupRun group) {
        List<Hl7Segment> segments = group.segments();
        for (GroupPlan.SegmentPlan segmentPlan : group.plan().segments()) {
            boolean found = false;
            for (int i = 0; i < segments.size(); i++) {
                if (segments.get(i).is(segmentPlan.segment())) {
                    found = true;
                    mapSegment(group, segmentPlan, segments.get(i));
                }
            }
            if (!found) {
                missing(segmentPlan);
            }
        }
        for (GroupRun child : group.children()) {
            mapGroup(child);
        }
    }

    private void missing(GroupPlan.SegmentPlan segmentPlan) {
        for (GroupPlan.MessageRow row : segmentPlan.rows()) {
            if (row.required() && meant(row)) {
                run.add(Issue.of(MappingError.REQUIRED_MISSING, segmentPlan.segment(), "expected the segment"));
                return;
            }
        }
    }

    private boolean meant(GroupPlan.MessageRow row) {
        String trigger = run.trigger();
        return Arrays.stream(row.when()).noneMatch(condition -> condition.leavesOut(trigger));
    }

    private void mapSegment(GroupRun group, GroupPlan.SegmentPlan segmentPlan, Hl7Segment segment) {
        for (GroupPlan.MessageRow row : segmentPlan.rows()) {
            if (row.when().length > 0 && !applies(row, group, segment)) {
                continue;
            }
            ResourceRun into = row.creates() ? null : group.resource(row.resource());
            if (into == null && row.map().identity().length == 0) {
                continue; // nothing to add to: the segment that makes it is missing, which was told if it matters
            }
            ObjectNode content = into == null ? start(row.map().type()) : into.content();
            MapRun mapRun = MapRun.overSegment(run, group, segment, content, row.map());
            if (into == null) {
                into = new ResourceRun(row.resource(), row.map(), content, mapRun);
                into.nameContent();
                group.name(row.resource(), into);
                run.add(into);
            }
            mapRun.execute();
            if (run.tracing()) {
                run.tracer().ran(group, row, into);
            }
        }
    }

    private boolean applies(GroupPlan.MessageRow row, GroupRun group, Hl7Segment segment) {
        MapRun probe = MapRun.overSegment(run, group, segment, null, row.map());
        for (Condition condition : row.when()) {
            if (!condition.holds(probe)) {
                return false;
            }
        }
        return true;
    }

    private static ObjectNode start(String type) {
        return JsonNodeFactory.instance.objectNode().put("resourceType", type);
    }

    /** The resources by reference; the same thing named twice in a message becomes one. */
    private Map<String, ResourceRun> collect() {
        Map<String, ResourceRun> byReference = new LinkedHashMap<>();
        for (ResourceRun resource : run.resources()) {
            if (resource.key() == null) {
                withoutIdentity(resource);
                continue;
            }
            ResourceRun same = byReference.putIfAbsent(resource.reference(), resource);
            if (same != null) {
                if (same.name() != null
                        && resource.name() != null
                        && !same.name().equals(resource.name())) {
                    run.add(Issue.of(
                            MappingError.IDENTITY_CONFLICT,
                            resource.source().currentSegment().name(),
                            same.name() + " and " + resource.name() + " are the same"));
                }
                addAbsent(same.content(), resource.content());
                if (run.tracing()) {
                    run.tracer().joined(resource.content(), same.content());
                }
                run.forWholes().forEach(site -> site.close(same.source()));
            }
        }
        return byReference;
    }

    private void withoutIdentity(ResourceRun resource) {
        Hl7Segment segment = resource.source().currentSegment();
        if (!resource.type().equals("Patient")) {
            run.add(Issue.of(MappingError.IDENTITY_MISSING, location(segment), "no " + resource.type() + " was made"));
        } else if (run.errorCount() == 0) {
            run.add(Issue.of(MappingError.REQUIRED_MISSING, location(segment) + "-3", "expected an identifier"));
        }
    }

    private void addAbsent(ObjectNode there, ObjectNode more) {
        Iterator<Map.Entry<String, JsonNode>> fields = more.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            JsonNode present = there.get(field.getKey());
            if (present == null) {
                there.set(field.getKey(), field.getValue());
            } else if (field.getKey().equals("identifier") && present instanceof ArrayNode identifiers) {
                field.getValue().forEach(identifier -> addIdentifier(identifiers, identifier));
            }
        }
    }

    /** Each number of a thing is kept, and what any place says of the number; without a system it is a name. */
    private void addIdentifier(ArrayNode there, JsonNode more) {
        if (!more.has("system")) {
            return;
        }
        for (JsonNode identifier : there) {
            boolean same = identifier.path("system").equals(more.path("system"))
                    && identifier.path("value").equals(more.path("value"));
            if (same && identifier instanceof ObjectNode known && more instanceof ObjectNode further) {
                addAbsent(known, further);
                if (run.tracing()) {
                    run.tracer().joined(further, known);
                }
                return;
            }
        }
        there.add(more);
    }
}
