package org.tongmai.routes.engine.audit.internal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tongmai.routes.engine.audit.AuditRecord;
import org.tongmai.routes.engine.audit.AuditRecord.Actor;
import org.tongmai.routes.engine.audit.AuditRecord.Figures;

/**
 * The canonical form of a record: one line of UTF-8, fields with a tab between, in this order: microseconds since 1970, act,
 * actor, address, object, outcome, trace, duration in microseconds, bytes received, bytes sent, hash of the request, hash of
 * the answer. Tab, line feed, carriage return and backslash in a field are written as {@code \t \n \r \\}.
 */
final class RecordLine {
    private static final int FIELDS = 12;
    private static final long MICROS = 1_000_000;

    private RecordLine() {}

    static byte[] write(AuditRecord record) {
        Figures figures = record.figures();
        StringBuilder line = new StringBuilder(192).append(micros(record.at()));
        field(line, record.act());
        field(line, record.actor().name());
        field(line, record.actor().address());
        field(line, record.object());
        field(line, record.outcome());
        field(line, record.trace());
        line.append('\t').append(figures.micros());
        line.append('\t').append(figures.received());
        line.append('\t').append(figures.sent());
        field(line, figures.requestHash());
        field(line, figures.answerHash());
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException when it is no such line */
    static AuditRecord read(byte[] line) {
        List<String> fields = split(new String(line, StandardCharsets.UTF_8));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("fields: " + fields.size() + " (expected: " + FIELDS + ")");
        }
        return new AuditRecord(
                instant(Long.parseLong(fields.get(0))),
                new Actor(fields.get(2), fields.get(3)),
                fields.get(1),
                fields.get(4),
                fields.get(5),
                fields.get(6),
                new Figures(
                        Long.parseLong(fields.get(7)),
                        Long.parseLong(fields.get(8)),
                        Long.parseLong(fields.get(9)),
                        fields.get(10),
                        fields.get(11)));
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    private static void field(StringBuilder line, String text) {
        line.append('\t');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\\' -> line.append("\\\\");
                default -> line.append(c);
            }
        }
    }

    private static List<String> split(String line) {
        List<String> fields = new ArrayList<>(FIELDS);
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\t') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\\' && i + 1 < line.length()) {
                i++;
                char escaped = line.charAt(i);
                field.append(
                        switch (escaped) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
