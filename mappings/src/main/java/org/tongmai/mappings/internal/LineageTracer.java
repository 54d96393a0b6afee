package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.tongmai.mappings.Lineage;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Collects the lineage of every element. */
record LineageTracer(List<Lineage> lineage) implements Tracer {
    @Override
    public void wrote(MapRun run, Hl7Value read, JsonNode written) {
        RowPlan row = run.row();
        lineage.add(new Lineage(
                run.plan().type(),
                row.to().toString(),
                run.location(),
                read == null ? -1 : read.offset(),
                row.at().file(),
                row.at().line(),
                row.table(),
                read == null ? "" : read.raw(),
                written.toString()));
    }
}
