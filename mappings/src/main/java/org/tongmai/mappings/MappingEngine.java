package org.tongmai.mappings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.tongmai.mappings.hl7out.Hl7OutMappings;
import org.tongmai.mappings.internal.MappingPlans;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.crypto.Sm3;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.terminology.Terminology;
import org.tongmai.standards.terminology.UnmappedListener;

/**
 * Maps HL7 v2 messages to canonical FHIR by the compiled rows. Safe for many threads. The tables behind the rows may be
 * switched while it runs: a message is mapped by one set of tables from its beginning to its end.
 *
 * <pre>{@code
 * MappingEngine engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
 * CanonicalBundle bundle = engine.map(received);
 * }</pre>
 */
public final class MappingEngine {
    private static final int FINGERPRINT = 32;
    private static final UnmappedListener NOBODY = (sender, map, code) -> {};

    private final MappingSettings settings;
    private final UnmappedListener unmapped;
    private final MappingEngine under;
    /** The engine that this one is without its listener; null for one of its own. */
    private final MappingEngine loud;

    private final List<MapSource> own;
    private final String fingerprint;
    private final Set<MappingEngine> laidOver = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile Compiled compiled;

    /**
     * A bundle with where each of its elements came from.
     *
     * @param bundle what {@link #map} answers
     * @param lineage one entry for each element written, in the order of writing
     */
    public record Explanation(CanonicalBundle bundle, List<Lineage> lineage) {
        /**
         * The lineage of one element and of what is in it; where no row wrote either, that of the nearest element around.
         *
         * @param element {@code Patient/abc.identifier[0].value}; without id or numbers it means any:
         *     {@code Patient.identifier}
         */
        public List<Lineage> of(String element) {
            return LineageSearch.find(lineage, element);
        }
    }

    /** What was compiled with one set of tables; what writes HL7 v2 when the first message is written. */
    record Compiled(
            Terminology terminology,
            MappingPlans plans,
            Map<String, DeliveryCsv> layouts,
            FirstUse<Hl7OutMappings> hl7) {
        Compiled as(MappingEngine engine) {
            List<Issue> issues = new ArrayList<>();
            MappingPlans changed = noting(issues, () -> plans.with(engine.own, terminology, engine.unmapped));
            Map<String, DeliveryCsv> all = new HashMap<>(layouts);
            Map<String, DeliveryCsv> laid =
                    noting(issues, () -> DeliveryCsv.changedBy(engine.own, terminology, engine.under.settings));
            all.putAll(laid == null ? Map.of() : laid);
            if (!issues.isEmpty()) {
                throw new CodedException(issues, null);
            }
            return new Compiled(
                    terminology, changed, Map.copyOf(all), engine.own.isEmpty() ? hl7 : engine.hl7With(terminology));
        }

        /** Compiles what the former one had compiled, so that nobody waits for it after the switch. */
        Compiled ready(Compiled former) {
            if (former.hl7().made()) {
                hl7.get();
            }
            return this;
        }

        private static <T> T noting(List<Issue> issues, Supplier<T> work) {
            try {
                return work.get();
            } catch (CodedException e) {
                issues.addAll(e.issues());
                return null;
            }
        }
    }

    private MappingEngine(Terminology terminology, MappingSettings settings, UnmappedListener unmapped) {
        this.under = null;
        this.loud = null;
        this.own = List.of();
        this.fingerprint = "";
        this.settings = settings;
        this.unmapped = unmapped;
        this.compiled = compiled(terminology);
    }

    private MappingEngine(MappingEngine under, List<MapSource> overlays, UnmappedListener unmapped) {
        this.under = under;
        this.loud = null;
        this.own = List.copyOf(overlays);
        this.fingerprint = fingerprint(own);
        this.settings = under.settings.with(overlays);
        this.unmapped = unmapped;
        this.compiled = under.compiled.as(this);
    }

    /** The same without its listener: what is compiled stays the other's. */
    private MappingEngine(MappingEngine loud) {
        this.under = loud.under;
        this.loud = loud;
        this.own = loud.own;
        this.fingerprint = loud.fingerprint;
        this.settings = loud.settings;
        this.unmapped = NOBODY;
    }

    private FirstUse<Hl7OutMappings> hl7With(Terminology terminology) {
        return new FirstUse<>(() -> Hl7OutMappings.compile(terminology, settings));
    }

    /** What it compiled, or the engine that this one is without its listener. */
    Compiled compiled() {
        return loud == null ? compiled : loud.compiled;
    }

    private MappingPlans plans() {
        return loud == null ? compiled.plans() : loud.compiled.plans().telling(unmapped);
    }

    /** The engine of the packaged maps. */
    private MappingEngine platforms() {
        MappingEngine engine = loud == null ? this : loud;
        return engine.under == null ? engine : engine.under;
    }

    /**
     * Compiles the packaged maps with the overlays of the settings.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static MappingEngine compile(Terminology terminology, MappingSettings settings) {
        return compile(terminology, settings, NOBODY);
    }

    /**
     * The same, telling a listener of every code a table has no row for.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static MappingEngine compile(Terminology terminology, MappingSettings settings, UnmappedListener unmapped) {
        return new MappingEngine(terminology, settings, unmapped);
    }

    private Compiled compiled(Terminology terminology) {
        MappingPlans plans = MappingPlans.compile(terminology, settings, unmapped);
        Map<String, DeliveryCsv> layouts = Map.copyOf(DeliveryCsv.compile(terminology, settings));
        return new Compiled(terminology, plans, layouts, hl7With(terminology));
    }

    /**
     * An engine with further rows, which shares everything that they do not change. It follows this engine's tables for
     * as long as somebody holds it.
     *
     * @param overlays laid over this engine's maps, in order; a file may have several maps, divided by {@code ---}
     * @throws CodedException with every violation at once, each with file and line
     */
    public MappingEngine with(List<MapSource> overlays) {
        List<MapSource> all = new ArrayList<>(own);
        all.addAll(overlays);
        return platforms().laidOver(all, unmapped);
    }

    /** The same engine, telling nobody of codes a table has no row for: for what is only tried. It shares everything. */
    public MappingEngine silent() {
        return loud == null ? new MappingEngine(this) : this;
    }

    private synchronized MappingEngine laidOver(List<MapSource> overlays, UnmappedListener listener) {
        MappingEngine engine = new MappingEngine(this, overlays, listener);
        laidOver.add(engine);
        return engine;
    }

    /**
     * Compiles everything with other tables, beside what runs, and so for every engine made by {@link #with}.
     *
     * @return switches to it; takes no time
     * @throws CodedException when the maps do not fit the tables; what runs goes on
     */
    public synchronized Runnable prepare(Terminology terminology) {
        Compiled next = compiled(terminology).ready(compiled);
        Map<MappingEngine, Compiled> above = new HashMap<>();
        laidOver.forEach(engine -> above.put(engine, next.as(engine).ready(engine.compiled)));
        return () -> switchTo(next, above);
    }

    private synchronized void switchTo(Compiled next, Map<MappingEngine, Compiled> above) {
        compiled = next;
        for (MappingEngine engine : laidOver) {
            Compiled prepared = above.get(engine);
            // one that was made meanwhile
            engine.compiled = prepared == null ? next.as(engine) : prepared;
        }
    }

    /** Where every row is written that may run. */
    public Set<RowAt> rows() {
        return plans().rows();
    }

    /**
     * Where the rows are written that have something to write for this message; also of one that is refused. Codes without a
     * row are not told to anybody.
     */
    public Set<RowAt> rowsFor(ReceivedMessage received) {
        Set<RowAt> ran = new TreeSet<>();
        try {
            plans().cover(Hl7Message.parse(received.text(), received.charset()), ran);
        } catch (CodedException refusal) {
            return ran; // what ran until then is what was asked for
        }
        return ran;
    }

    /**
     * Maps one message.
     *
     * @throws CodedException with every issue when one of them refuses the message
     */
    public CanonicalBundle map(ReceivedMessage received) {
        return plans().map(Hl7Message.parse(received.text(), received.charset()));
    }

    /** Maps one message and keeps the lineage of every element; slower, and full of patient data. */
    public Explanation explain(ReceivedMessage received) {
        return plans().explain(Hl7Message.parse(received.text(), received.charset()));
    }

    /** Whether {@link #map} would take the message. Codes without a row are not told to anybody. */
    public boolean takes(ReceivedMessage received) {
        if (!received.format().equals("hl7v2:message")) {
            return false;
        }
        try {
            silent().map(received);
            return true;
        } catch (CodedException refusal) {
            return false; // the answer that was asked for
        }
    }

    /**
     * The CSV layout with this name, compiled with the same tables.
     *
     * @param layout one of {@link DeliveryCsv#LAYOUTS}
     */
    public DeliveryCsv csv(String layout) {
        return compiled().layouts().get(layout);
    }

    /** The same rows read backwards, with the same tables: what writes HL7 v2. */
    public Hl7OutMappings hl7() {
        return compiled().hl7().get();
    }

    /** Tells the rows that are laid over the platform's from others; empty for the platform's alone. */
    public String fingerprint() {
        return fingerprint;
    }

    /** 32 hexadecimal digits of SM3 over names and texts; empty for nothing. */
    public static String fingerprint(List<MapSource> overlays) {
        if (overlays.isEmpty()) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        overlays.forEach(source ->
                all.append(source.file()).append('\0').append(source.text()).append('\0'));
        return Sm3.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, FINGERPRINT);
    }
}
