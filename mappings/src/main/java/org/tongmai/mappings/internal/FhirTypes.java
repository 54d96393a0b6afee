package org.tongmai.mappings.internal;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.FhirVersionEnum;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.Set;

/** Asks HAPI's R4 definitions what an element is. Used when maps are compiled, never when messages are mapped. */
public final class FhirTypes {
    private final FhirContext context = FhirContext.forCached(FhirVersionEnum.R4);

    /**
     * What an element is.
     *
     * @param type FHIR type name, for example {@code HumanName}; a backbone element's is its path
     * @param list whether it repeats
     * @param definition HAPI's definition
     */
    public record Element(String type, boolean list, BaseRuntimeElementDefinition<?> definition) {
        public boolean primitive() {
            return !(definition instanceof BaseRuntimeElementCompositeDefinition<?>);
        }
    }

    /** A resource, data type or backbone element ({@code Patient.contact}); null when R4 has none of that name. */
    public Element root(String name) {
        int dot = name.indexOf('.');
        String head = dot < 0 ? name : name.substring(0, dot);
        BaseRuntimeElementDefinition<?> definition = definition(head);
        if (definition == null) {
            return null;
        }
        Element element = new Element(head, false, definition);
        if (dot > 0) {
            for (String step : name.substring(dot + 1).split("\\.")) {
                element = element == null ? null : child(element, step);
            }
        }
        return element;
    }

    public boolean isResource(String name) {
        return definition(name) instanceof RuntimeResourceDefinition;
    }

    private BaseRuntimeElementDefinition<?> definition(String name) {
        try {
            BaseRuntimeElementDefinition<?> type = context.getElementDefinition(name);
            return type != null ? type : context.getResourceDefinition(name);
        } catch (DataFormatException e) {
            return null; // HAPI's way to say that there is none
        }
    }

    /** The names of the choice element that a child is a member of, or none. */
    Set<String> choice(Element parent, String name) {
        if (!(parent.definition() instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return Set.of();
        }
        BaseRuntimeChildDefinition child = composite.getChildByName(name);
        boolean member = child instanceof RuntimeChildChoiceDefinition;
        return member ? Set.copyOf(child.getValidChildNames()) : Set.of();
    }

    /** The child element with this name (choice elements with their type: {@code valueQuantity}), or null. */
    public Element child(Element parent, String name) {
        if (name.equals("extension")) {
            return new Element("Extension", true, context.getElementDefinition("Extension"));
        }
        if (!(parent.definition() instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
            return null;
        }
        BaseRuntimeChildDefinition child = composite.getChildByName(name);
        if (child == null || !child.getValidChildNames().contains(name)) {
            return null;
        }
        BaseRuntimeElementDefinition<?> definition = child.getChildByName(name);
        if (definition == null) {
            return null;
        }
        String type = definition.getName();
        return new Element(type, child.getMax() != 1, definition);
    }
}
