package org.tongmai.mappings.internal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.Lineage;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.hl7v2.Hl7Segment;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.KnownCodes;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.UnmappedListener;

/** All message plans by event. */
public final class MappingPlans {
    private final Map<String, MessagePlan> byEvent;
    private final Set<String> types;
    private final Surroundings surroundings;

    /**
     * What all messages share.
     *
     * @param zone of times without one
     * @param extent how much is mapped
     * @param nationalSystems identifier types with a national assigner
     * @param unmapped told of codes without a row
     * @param codes which codes the systems have
     * @param numbers what makes a number one of a national system
     */
    record Surroundings(
            ZoneId zone,
            Extent extent,
            ConceptMap nationalSystems,
            UnmappedListener unmapped,
            KnownCodes codes,
            IdentifierSystems numbers) {}

    private MappingPlans(Map<String, MessagePlan> byEvent, Surroundings surroundings) {
        this.byEvent = Map.copyOf(byEvent);
        this.types = new HashSet<>();
        byEvent.keySet().forEach(event -> types.add(event.split("\\^")[0]));
        this.surroundings = surroundings;
    }

    /** Compiles the packaged maps with the overlays; throws every violation at once. */
    public static MappingPlans compile(Terminology terminology, MappingSettings settings, UnmappedListener unmapped) {
        List<Issue> issues = new ArrayList<>();
        MapLibrary library = new MapLibrary(settings.overlays(), issues);
        MapCompiler maps = new MapCompiler(library, terminology, settings.extent(), issues);
        MessageCompiler messages = new MessageCompiler(maps);
        Map<String, MessagePlan> byEvent = new HashMap<>();
        for (MapFile file : library.messages()) {
            MessagePlan plan = messages.compile(file);
            if (!file.message().servesFor(settings.extent())) {
                continue;
            }
            for (String event : file.message().events()) {
                if (byEvent.put(event, plan) != null) {
                    issues.add(Issue.of(MappingError.MAP_UNREADABLE, file.at().toString(), event + " is mapped twice"));
                }
            }
        }
        library.refuseUnusedOverlays();
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
        Surroundings surroundings = new Surroundings(
                settings.zone(),
                settings.extent(),
                terminology.conceptMap("identifier-type-to-system"),
                unmapped,
                KnownCodes.with(terminology),
                IdentifierSystems.load());
        return new MappingPlans(byEvent, surroundings);
    }

    /** Maps one message. */
    public CanonicalBundle map(Hl7Message message) {
        return trace(message, null);
    }

    /** Maps one message and adds where each of its elements came from to a list. */
    public CanonicalBundle explain(Hl7Message message, List<Lineage> lineage) {
        LineageTracer tracer = new LineageTracer();
        CanonicalBundle bundle = trace(message, tracer);
        lineage.addAll(tracer.lineage(bundle));
        return bundle;
    }

    /** Maps one message, telling a tracer of every row that wrote. */
    CanonicalBundle trace(Hl7Message message, Tracer tracer) {
        Hl7Segment header = message.header();
        if (header == null || !header.is("MSH")) {
            throw new CodedException(Issue.of(MappingError.HEADER_MISSING, "MSH", "expected MSH as the first segment"));
        }
        String type = header.field(9).component(1).text();
        String trigger = trigger(message, type);
        String event = trigger.isEmpty() ? type : type + "^" + trigger;
        MessagePlan plan = byEvent.get(event);
        if (plan == null) {
            plan = byEvent.get(type);
        }
        if (plan == null) {
            boolean known = types.contains(type);
            MappingError error = known ? MappingError.EVENT_UNSUPPORTED : MappingError.MESSAGE_TYPE_UNSUPPORTED;
            throw new CodedException(Issue.of(error, "MSH-9", "no map for this message"));
        }
        MessageRun run = new MessageRun(message, trigger, surroundings, tracer);
        return new MessageMapper(plan, run).map(message, event);
    }

    /** MSH-9.2; in messages of 2.1 and 2.2 that leave it out, EVN-1. */
    private static String trigger(Hl7Message message, String type) {
        String trigger = message.header().field(9).component(2).text();
        Hl7Segment event = message.first("EVN");
        return trigger.isEmpty() && event != null ? event.field(1).text() : trigger;
    }
}
