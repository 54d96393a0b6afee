package org.tongmai.mappings.hl7out;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tongmai.mappings.MappingSettings;
import org.tongmai.mappings.hl7out.internal.FhirInput;
import org.tongmai.mappings.hl7out.internal.MessagePlans;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.terminology.Terminology;

/**
 * Writes HL7 v2.5.1 messages of canonical FHIR R4: ADT, ORU, ORM and OML, SIU, MDM, VXU, ACK. Safe for many threads. The extent
 * of the settings is that of the data: what the store keeps, or what a conversion makes.
 *
 * <pre>{@code
 * Hl7OutMappings out = Hl7OutMappings.compile(Terminology.load(), MappingSettings.defaults());
 * Hl7Output message = out.write(Hl7OutMappings.read(bundle), Hl7Order.ofData().as("ADT^A08"));
 * }</pre>
 */
public final class Hl7OutMappings {
    private final MessagePlans plans;

    private Hl7OutMappings(MessagePlans plans) {
        this.plans = plans;
    }

    /**
     * Compiles the packaged maps with the overlays of the settings, to be read backwards.
     *
     * @throws CodedException when a structure is not valid, with its file
     */
    public static Hl7OutMappings compile(Terminology terminology, MappingSettings settings) {
        return new Hl7OutMappings(MessagePlans.compile(terminology, settings));
    }

    /**
     * Reads a FHIR R4 bundle or a single resource in JSON. The envelope of a bundle is read as a resource too.
     *
     * @throws CodedException when it is neither
     */
    public static List<ObjectNode> read(byte[] json) {
        return FhirInput.read(json);
    }

    /** The contents of canonical resources. */
    public static List<ObjectNode> contents(List<CanonicalResource> resources) {
        return resources.stream().map(CanonicalResource::content).toList();
    }

    /** Whether messages of this event ({@code ADT^A08}) are written. */
    public boolean writes(String event) {
        return plans.writes(event);
    }

    /**
     * Writes one message.
     *
     * @throws CodedException when the event is not known, nothing says one, a required segment has nothing to be written
     *     from, or the charset lacks a character
     */
    public Hl7Output write(List<ObjectNode> resources, Hl7Order order) {
        return plans.write(resources, order);
    }
}
