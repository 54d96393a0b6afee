package org.tongmai.mappings.internal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tongmai.mappings.Extent;
import org.tongmai.mappings.MapSource;
import org.tongmai.mappings.MappingEngine;
import org.tongmai.mappings.MappingError;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.RowAt;
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
    private final Parts parts;
    private final Map<String, MessagePlan> byEvent;
    private final Set<String> types;
    private final Surroundings surroundings;

    /** What was compiled, by the names of the maps. */
    private record Parts(MapLibrary library, Map<String, MapPlan> plans, Map<String, Message> messages, MapUses uses) {}

    private record Message(List<String> events, MessagePlan plan) {}

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
            IdentifierSystems numbers) {
        Surroundings telling(UnmappedListener other) {
            return new Surroundings(zone, extent, nationalSystems, other, codes, numbers);
        }
    }

    private MappingPlans(Parts parts, Surroundings surroundings) {
        this.parts = parts;
        this.byEvent = new HashMap<>();
        this.types = new HashSet<>();
        parts.messages().values().forEach(message -> message.events().forEach(event -> {
            byEvent.put(event, message.plan());
            types.add(event.split("\\^")[0]);
        }));
        this.surroundings = surroundings;
    }

    private MappingPlans(MappingPlans same, UnmappedListener unmapped) {
        this.parts = same.parts;
        this.byEvent = same.byEvent;
        this.types = same.types;
        this.surroundings = same.surroundings.telling(unmapped);
    }

    /** The same, telling another one of codes without a row; costs nothing. */
    public MappingPlans telling(UnmappedListener unmapped) {
        return new MappingPlans(this, unmapped);
    }

    /** Compiles the packaged maps with the overlays; throws every violation at once. */
    public static MappingPlans compile(Terminology terminology, MappingSettings settings, UnmappedListener unmapped) {
        List<Issue> issues = new ArrayList<>();
        MapLibrary library = new MapLibrary(settings.overlays(), issues);
        MapCompiler maps = new MapCompiler(library, terminology, settings.extent(), issues);
        Parts parts = compile(library, maps, Map.of());
        refuse(library, issues);
        return new MappingPlans(parts, surroundings(terminology, settings, unmapped));
    }

    /**
     * The same with further overlays. What they do not change is shared, so that it costs what is changed.
     *
     * @param terminology the tables this was compiled with
     * @param unmapped told of codes without a row
     */
    public MappingPlans with(List<MapSource> overlays, Terminology terminology, UnmappedListener unmapped) {
        List<Issue> issues = new ArrayList<>();
        MapLibrary library = parts.library().with(overlays, issues);
        MapCompiler maps = new MapCompiler(library, terminology, surroundings.extent(), issues);
        Set<String> changed = parts.uses().leadingTo(library.overlaid());
        Map<String, MapPlan> same = new HashMap<>(parts.plans());
        same.keySet().removeAll(changed);
        maps.keep(same, parts.uses());
        Map<String, Message> messages = new LinkedHashMap<>(parts.messages());
        messages.keySet().removeAll(changed);
        Parts compiled = compile(library, maps, messages);
        maps.uses().keep(messages.keySet(), parts.uses());
        refuse(library, issues);
        return new MappingPlans(compiled, surroundings.telling(unmapped));
    }

    private static Parts compile(MapLibrary library, MapCompiler maps, Map<String, Message> same) {
        MessageCompiler compiler = new MessageCompiler(maps);
        Map<String, Message> messages = new LinkedHashMap<>();
        Set<String> events = new HashSet<>();
        for (String name : library.messageNames()) {
            Message message = same.containsKey(name) ? same.get(name) : message(name, library, compiler, maps);
            if (message == null) {
                continue;
            }
            messages.put(name, message);
            for (String event : message.events()) {
                if (!events.add(event)) {
                    maps.refuse(MappingError.MAP_UNREADABLE, library.map(name).at(), event + " is mapped twice");
                }
            }
        }
        return new Parts(library, Map.copyOf(maps.plans()), messages, maps.uses());
    }
    /** A message map; null where it can not be read or is for conversions only, and this is not one. */
    private static Message message(String name, MapLibrary library, MessageCompiler compiler, MapCompiler maps) {
        MapFile file = library.map(name);
        if (file == null) {
            return null;
        }
        MessagePlan plan = compiler.compile(name, file);
        return file.message().servesFor(maps.extent())
                ? new Message(file.message().events(), plan)
                : null;
    }

    private static void refuse(MapLibrary library, List<Issue> issues) {
        library.refuseUnusedOverlays();
        if (!issues.isEmpty()) {
            throw new CodedException(issues, null);
        }
    }

    private static Surroundings surroundings(
            Terminology terminology, MappingSettings settings, UnmappedListener unmapped) {
        return new Surroundings(
                settings.zone(),
                settings.extent(),
                terminology.conceptMap("identifier-type-to-system"),
                unmapped,
                KnownCodes.with(terminology),
                IdentifierSystems.load());
    }

    /** Where every row is written that may run. */
    public Set<RowAt> rows() {
        Set<RowAt> rows = new HashSet<>();
        parts.messages().values().forEach(message -> message.plan().rows().forEach(at -> rows.add(at.row())));
        for (MapPlan plan : parts.plans().values()) {
            for (RowPlan row : plan.rows()) {
                rows.add(row.at().row());
            }
        }
        return rows;
    }

    /** Maps one message and adds the rows that had something to write; also of one that is refused. */
    public CanonicalBundle cover(Hl7Message message, Set<RowAt> ran) {
        return trace(message, new RowTracer(ran));
    }

    /** Maps one message. */
    public CanonicalBundle map(Hl7Message message) {
        return trace(message, null);
    }

    /** Maps one message, and says where each of its elements came from. */
    public MappingEngine.Explanation explain(Hl7Message message) {
        LineageTracer tracer = new LineageTracer();
        CanonicalBundle bundle = trace(message, tracer);
        return new MappingEngine.Explanation(bundle, tracer.lineage(bundle));
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
