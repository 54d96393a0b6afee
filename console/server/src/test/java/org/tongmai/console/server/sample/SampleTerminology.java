package org.tongmai.console.server.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.terminology.TerminologyError;
import org.tongmai.standards.terminology.TerminologyStore;
import org.tongmai.standards.terminology.UnmappedCodes;

/** Keeps versions in memory; some codes of two hospitals have no row. */
public final class SampleTerminology implements TerminologyStore {
    private static final String SEX = "hl7-0001-to-administrative-gender";
    private static final Instant SEEN = Instant.parse("2026-11-20T00:00:00Z");

    private final List<Version> versions = new ArrayList<>();
    private final List<Map<String, String>> tables = new ArrayList<>(List.of(Map.of()));

    @Override
    public synchronized long newest() {
        return versions.size();
    }

    @Override
    public synchronized Map<String, String> tables(long version) {
        return tables.get((int) version);
    }

    @Override
    public synchronized Version add(long after, Change change, Map<String, String> layer) {
        if (after != newest()) {
            throw new CodedException(Issue.of(TerminologyError.STALE, "", ""));
        }
        Version version = new Version(after + 1, Instant.now(), change);
        versions.add(version);
        tables.add(layer);
        return version;
    }

    @Override
    public synchronized List<Version> versions(int limit) {
        List<Version> newestFirst = new ArrayList<>(versions);
        java.util.Collections.reverse(newestFirst);
        return newestFirst.subList(0, Math.min(limit, newestFirst.size()));
    }

    @Override
    public void count(Map<UnmappedCodes.Key, Long> counts) {
        throw new UnsupportedOperationException("nothing maps here");
    }

    @Override
    public List<UnmappedCodes.Line> unmapped(int limit) {
        return List.of(
                line("H1", SEX, "7", 310),
                line("H2", "hl7-0004-to-encounter-class", "VIP", 12),
                line("H1", SEX, "F", 9), // mapped since
                line("", SEX, "", 3),
                line("H1", "no-longer-there", "1", 2));
    }

    private static UnmappedCodes.Line line(String sender, String map, String code, long count) {
        return new UnmappedCodes.Line(new UnmappedCodes.Key(sender, map, code), count, SEEN, SEEN);
    }
}
