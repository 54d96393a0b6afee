package org.tongmai.standards.profile.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.UriType;
import org.tongmai.standards.identifier.IdentifierSystems;
import org.tongmai.standards.profile.CanonicalProfiles;

/** Writes one StructureDefinition: its rows, sorted, become the elements of its differential. */
final class ProfileWriter {
    private final Map<String, String> systemsByName;
    private final Map<String, ElementDefinition.ElementDefinitionConstraintComponent> constraints;

    ProfileWriter(
            IdentifierSystems systems,
            Map<String, ElementDefinition.ElementDefinitionConstraintComponent> constraints) {
        this.systemsByName = new HashMap<>();
        systems.all().forEach(system -> systemsByName.put(system.name(), system.uri()));
        this.constraints = constraints;
    }

    boolean knowsSystem(String name) {
        return systemsByName.containsKey(name);
    }

    /**
     * @param head id, type, title, English title
     * @param rows of this profile, elements before their slices, in the order of the type
     */
    StructureDefinition write(List<String> head, List<ElementRow> rows) {
        String type = head.get(1);
        StructureDefinition definition = new StructureDefinition();
        definition.setId(head.get(0));
        definition.setUrl(CanonicalProfiles.BASE + head.get(0)).setName("Tongmai" + type);
        definition.setTitle(head.get(2) + " " + head.get(3)).setStatus(Enumerations.PublicationStatus.ACTIVE);
        definition.setPublisher("Tongmai").setFhirVersion(Enumerations.FHIRVersion._4_0_1);
        definition.setKind(StructureDefinition.StructureDefinitionKind.RESOURCE).setAbstract(false);
        definition.setType(type).setBaseDefinition("http://hl7.org/fhir/StructureDefinition/" + type);
        definition.setDerivation(StructureDefinition.TypeDerivationRule.CONSTRAINT);
        List<ElementDefinition> elements = definition.getDifferential().getElement();
        ElementDefinition root = element(type, type);
        elements.add(root);
        String sliced = "";
        for (ElementRow row : rows) {
            if (row.element().isEmpty()) {
                constrain(root, row);
                continue;
            }
            String path = type + "." + row.element();
            if (row.slice().isEmpty()) {
                elements.add(constrain(element(path, path), row));
            } else {
                if (!sliced.equals(path)) {
                    slice(elements, path);
                    sliced = path;
                }
                addSlice(elements, path, row);
            }
        }
        return definition;
    }

    /** Declares the slicing by system, at the element's own row where it has one. */
    private static void slice(List<ElementDefinition> elements, String path) {
        ElementDefinition element = elements.get(elements.size() - 1);
        if (!element.getId().equals(path)) {
            element = element(path, path);
            elements.add(element);
        }
        element.getSlicing()
                .setRules(ElementDefinition.SlicingRules.OPEN)
                .setOrdered(false)
                .addDiscriminator()
                .setType(ElementDefinition.DiscriminatorType.VALUE)
                .setPath("system");
    }

    private void addSlice(List<ElementDefinition> elements, String path, ElementRow row) {
        String id = path + ":" + row.slice();
        ElementDefinition slice = constrain(element(id, path), row);
        slice.setSliceName(row.slice());
        elements.add(slice);
        ElementDefinition system = element(id + ".system", path + ".system").setMin(1);
        system.setFixed(new UriType(systemsByName.get(row.slice())));
        elements.add(system);
        elements.add(element(id + ".value", path + ".value").setMin(1));
    }

    private ElementDefinition constrain(ElementDefinition element, ElementRow row) {
        if (!row.min().isEmpty()) {
            element.setMin(Integer.parseInt(row.min()));
        }
        if (!row.max().isEmpty()) {
            element.setMax(row.max());
        }
        if (!row.valueSet().isEmpty()) {
            element.getBinding()
                    .setStrength(Enumerations.BindingStrength.fromCode(row.strength()))
                    .setValueSetElement(new CanonicalType(row.valueSet()));
        }
        if (!row.constraint().isEmpty()) {
            for (String key : row.constraint().split(" ")) {
                element.addConstraint(constraints.get(key).copy());
            }
        }
        if (!row.reason().isEmpty()) {
            element.setRequirements(row.reason());
        }
        return element;
    }

    private static ElementDefinition element(String id, String path) {
        ElementDefinition element = new ElementDefinition();
        element.setId(id);
        element.setPath(path);
        return element;
    }
}
