package org.tongmai.standards.profile.internal;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tongmai.standards.canonical.FhirR4;

/** Knows which elements a FHIR R4 type has and in which order: a differential must keep it. */
final class ElementPaths {
    private ElementPaths() {}

    /** The places of the steps of a path among their siblings; empty when the type has no such element. */
    static Optional<List<Integer>> position(String type, String path) {
        BaseRuntimeElementDefinition<?> at = FhirR4.context().getResourceDefinition(type);
        List<Integer> position = new ArrayList<>();
        for (String step : path.split("\\.")) {
            if (!(at instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
                return Optional.empty();
            }
            List<BaseRuntimeChildDefinition> children = composite.getChildren();
            int index = 0;
            while (index < children.size()
                    && !children.get(index).getElementName().equals(step)) {
                index++;
            }
            if (index == children.size()) {
                return Optional.empty();
            }
            position.add(index);
            at = step.endsWith("[x]") ? null : children.get(index).getChildByName(step);
        }
        return Optional.of(position);
    }

    /** Compares two positions: parents first, then siblings in order. */
    static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
