package org.tongmai.routes.engine.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tongmai.routes.engine.audit.AuditActs;
import org.tongmai.routes.engine.audit.AuditError;
import org.tongmai.routes.engine.audit.AuditKind;
import org.tongmai.routes.engine.audit.AuditQuery.Term;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;
import org.tongmai.routes.engine.audit.AuditSettings;
import org.tongmai.standards.error.CodedException;

class RecordLineTest {
    @Test
    void a_record_comes_back_as_it_was_whatever_is_in_it() {
        AuditRecord record = new AuditRecord(
                Instant.parse("2026-11-27T02:00:00.123456789Z"),
                new Actor("tab\tline\nreturn\r\\ 甲🙂", "::1"),
                "call",
                "service/\\t\ud800x",
                "TM-GATEWAY-0001",
                null,
                new Figures(12, 3, 4, "ab", ""));
        byte[] line = RecordLine.write(record);
        assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\n");
        assertThat(RecordLine.read(line)).isEqualTo(record);
    }

    @Test
    void the_canonical_line_is_this_one() {
        assertThat(new String(RecordLine.write(MemoryTrail.record(1, 2)), StandardCharsets.UTF_8))
                .isEqualTo("1795136401002000\tcall\tapp-2\t10.0.0.1\tservice/s2@1.0.0\t200\ttrace-1-2\t2000\t10\t20\t\t"
                        .replace(
                                "1795136401002000",
                                Long.toString(MemoryTrail.BEGIN.toEpochMilli() * 1000 + 1_002_000)));
    }

    @Test
    void what_is_too_long_is_cut_and_stays_text() {
        AuditRecord record = new AuditRecord(
                Instant.EPOCH, new Actor("🙂".repeat(100), ""), "call", "o".repeat(300), "", "", Figures.NONE);
        assertThat(record.object()).hasSize(256).endsWith("…");
        assertThat(record.actor().name()).hasSize(160);
        assertThat(RecordLine.read(RecordLine.write(record))).isEqualTo(record);
    }

    @Test
    void a_filter_has_every_term_it_was_made_of_and_few_others() {
        List<String> keys = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> TermFilter.key(Term.TRACE, "trace-" + i))
                .toList();
        byte[] filter = TermFilter.of(keys);
        assertThat(keys).allMatch(key -> has(filter, key));
        long wrong = java.util.stream.IntStream.range(0, 10_000)
                .filter(i -> has(filter, TermFilter.key(Term.TRACE, "other-" + i)))
                .count();
        assertThat(wrong).isLessThan(250);
    }

    private static boolean has(byte[] filter, String key) {
        for (long probe : TermFilter.probes(key)) {
            int bit = (int) (probe % (filter.length * 8));
            if ((filter[bit >> 3] >> (bit & 7) & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void acts_are_those_of_the_table() {
        assertThat(AuditActs.of("call").kind()).isEqualTo(AuditKind.CALL);
        assertThat(AuditActs.all())
                .allMatch(act -> !act.display().isBlank() && !act.displayEn().isBlank());
        assertThatThrownBy(() -> AuditActs.of("invented"))
                .isInstanceOfSatisfying(
                        CodedException.class, e -> assertThat(e.code()).isEqualTo(AuditError.ACT_UNKNOWN));
    }

    @Test
    void less_than_180_days_are_refused() {
        AuditSettings d = AuditSettings.defaults();
        assertThat(d.retention()).isEqualTo(Duration.ofDays(180));
        assertThatThrownBy(() -> new AuditSettings(
                        d.queue(), d.block(), d.pace(), d.patience(), d.checkpoint(), Duration.ofDays(179)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("180");
    }
}
