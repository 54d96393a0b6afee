package org.tongmai.mappings.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.tongmai.mappings.RowAt;
import org.tongmai.standards.hl7v2.Hl7Value;

/** Collects which rows had something to write. */
final class RowTracer implements Tracer {
    private final Set<RowAt> ran;

    RowTracer(Set<RowAt> ran) {
        this.ran = ran;
    }

    @Override
    public void ran(RowPlan row) {
        ran.add(row.at().row());
    }

    @Override
    public void ran(GroupRun group, GroupPlan.MessageRow row, ResourceRun into) {
        ran.add(row.at().row());
    }

    @Override
    public void wrote(MapRun run, TargetPath.Place place, Hl7Value read, JsonNode written) {
        // that it ran was told before
    }
}
