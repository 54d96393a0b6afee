package org.tongmai.routes.engine.audit.internal;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.internal.Block.Found;

/** Gathers what the search goes by from the records of a block; the same records always give the same. */
final class Derived {
    private static final Term[] TERMS = Term.values();

    private final Set<String> terms = new LinkedHashSet<>();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private int kinds;

    void add(AuditRecord record) {
        if (record.at().isBefore(first)) {
            first = record.at();
        }
        if (record.at().isAfter(last)) {
            last = record.at();
        }
        kinds |= record.kind().bit();
        for (Term term : TERMS) {
            String value = term.of(record);
            if (!value.isEmpty()) {
                terms.add(TermFilter.key(term, value));
            }
        }
    }

    Found found() {
        return new Found(first, last, kinds, TermFilter.of(terms));
    }
}
