package org.tongmai.mappings;

import java.util.ArrayList;
import java.util.List;
import org.tongmai.mappings.internal.MappingPlans;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.exchange.ReceivedMessage;
import org.tongmai.standards.hl7v2.Hl7Message;
import org.tongmai.standards.terminology.Terminology;

/**
 * Maps HL7 v2 messages to canonical FHIR by the compiled rows. Immutable and safe for many threads.
 *
 * <pre>{@code
 * MappingEngine engine = MappingEngine.compile(Terminology.load(), MappingSettings.defaults());
 * CanonicalBundle bundle = engine.map(received);
 * }</pre>
 */
public final class MappingEngine {
    private final MappingPlans plans;
    private final Terminology terminology;
    private final MappingSettings settings;

    /**
     * A bundle with where each of its elements came from.
     *
     * @param bundle what {@link #map} answers
     * @param lineage one entry for each element written, in the order of writing
     */
    public record Explanation(CanonicalBundle bundle, List<Lineage> lineage) {}

    private MappingEngine(MappingPlans plans, Terminology terminology, MappingSettings settings) {
        this.plans = plans;
        this.terminology = terminology;
        this.settings = settings;
    }

    /**
     * Compiles the packaged maps with the overlays of the settings.
     *
     * @throws CodedException with every violation at once, each with file and line
     */
    public static MappingEngine compile(Terminology terminology, MappingSettings settings) {
        return new MappingEngine(MappingPlans.compile(terminology, settings), terminology, settings);
    }

    /**
     * Maps one message.
     *
     * @throws CodedException with every issue when one of them refuses the message
     */
    public CanonicalBundle map(ReceivedMessage received) {
        return plans.map(Hl7Message.parse(received.text(), received.charset()), null);
    }

    /** Maps one message and keeps the lineage of every element; slower, and full of patient data. */
    public Explanation explain(ReceivedMessage received) {
        List<Lineage> lineage = new ArrayList<>();
        CanonicalBundle bundle = plans.map(Hl7Message.parse(received.text(), received.charset()), lineage);
        return new Explanation(bundle, List.copyOf(lineage));
    }

    /**
     * Compiles a CSV layout with the same tables.
     *
     * @param layout one of {@link DeliveryCsv#LAYOUTS}
     */
    public DeliveryCsv csv(String layout) {
        return DeliveryCsv.compile(layout, terminology, settings);
    }
}
