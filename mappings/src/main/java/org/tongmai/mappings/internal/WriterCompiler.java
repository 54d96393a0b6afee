package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import org.tongmai.mappings.MappingError;
import org.tongmai.standards.terminology.ConceptMap;
import org.tongmai.standards.terminology.Terminology;

/** Chooses what makes the value of a row, and checks that it fits the element. */
final class WriterCompiler {
    private final Terminology terminology;
    private final Functions functions;
    private final MapCompiler compiler;

    WriterCompiler(Terminology terminology, MapCompiler compiler) {
        this.terminology = terminology;
        this.functions = new Functions(terminology);
        this.compiler = compiler;
    }

    /** The writer of a row; null when there is none, which is noted. */
    RowPlan.ValueWriter writer(MapRow row, FhirTypes.Element leaf) {
        if ("reference".equals(row.as())) {
            return reference(row, leaf);
        }
        if (row.constant() != null) {
            return constant(row, leaf);
        }
        if (row.call() != null) {
            RowPlan.ValueWriter function = functions.named(row.call());
            if (function == null) {
                compiler.refuse(MappingError.FUNCTION_UNKNOWN, row.at(), "no function " + row.call());
            }
            return function;
        }
        if (row.code() != null) {
            return code(row, leaf);
        }
        return row.each() != null ? each(row, leaf) : primitive(row, leaf);
    }

    private RowPlan.ValueWriter reference(MapRow row, FhirTypes.Element leaf) {
        if (!leaf.type().equals("Reference") || row.constant() == null) {
            mismatch(row, leaf, "a Reference");
            return null;
        }
        return Writers.reference(row.constant());
    }

    private RowPlan.ValueWriter constant(MapRow row, FhirTypes.Element leaf) {
        JsonNode node = Writers.constant(row.constant(), leaf.type());
        if (node == null) {
            mismatch(row, leaf, "a constant");
            return null;
        }
        return (run, plan, value) -> node;
    }

    private RowPlan.ValueWriter code(MapRow row, FhirTypes.Element leaf) {
        if (!terminology.hasConceptMap(row.code())) {
            compiler.refuse(MappingError.TABLE_UNKNOWN, row.at(), "no concept map " + row.code());
            return null;
        }
        ConceptMap map = terminology.conceptMap(row.code());
        ConceptMap systems = terminology.conceptMap("hl7-0396-to-uri");
        return switch (leaf.type()) {
            case "code", "string", "uri" -> CodeWriters.code(map);
            case "Coding" -> CodeWriters.coding(map, systems);
            case "CodeableConcept" -> CodeWriters.concept(map, systems);
            default -> {
                mismatch(row, leaf, "a code");
                yield null;
            }
        };
    }

    private RowPlan.ValueWriter each(MapRow row, FhirTypes.Element leaf) {
        MapPlan plan = compiler.plan(row.each(), row.at());
        if (plan == null) {
            return null;
        }
        if (plan.resource() && !row.to().equals("$this")) {
            if (!leaf.type().equals("Reference")) {
                mismatch(row, leaf, plan.type());
                return null;
            }
            return Writers.eachResource(plan);
        }
        if (!plan.type().equals(leaf.type()) && !compiler.typeName(plan.type()).equals(leaf.type())) {
            mismatch(row, leaf, plan.type());
            return null;
        }
        return row.to().equals("$this") ? Writers.eachInto(plan) : Writers.each(plan);
    }

    private RowPlan.ValueWriter primitive(MapRow row, FhirTypes.Element leaf) {
        String kind = row.as() == null ? Writers.kindOf(leaf.type()) : compiler.kind(row);
        RowPlan.ValueWriter writer = kind == null ? null : Writers.of(kind);
        if (writer == null || !Writers.fits(kind, leaf.type())) {
            mismatch(row, leaf, kind == null ? "text" : kind);
            return null;
        }
        return writer;
    }

    private void mismatch(MapRow row, FhirTypes.Element leaf, String found) {
        compiler.refuse(
                MappingError.TYPE_MISMATCH, row.at(), row.to() + " is a " + leaf.type() + ", the row writes " + found);
    }
}
