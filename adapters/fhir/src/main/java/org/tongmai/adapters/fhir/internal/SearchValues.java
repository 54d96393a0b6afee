package org.tongmai.adapters.fhir.internal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tongmai.adapters.fhir.FhirError;
import org.tongmai.standards.canonical.Criterion;
import org.tongmai.standards.canonical.DateRange;
import org.tongmai.standards.canonical.DateTest;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;

/** Reads the values of search parameters (FHIR R4, Search, sections 3.1.1.4.1 to 3.1.1.4.12). */
final class SearchValues {
    private static final Map<String, DateTest.Comparison> PREFIXES = Map.of(
            "eq", DateTest.Comparison.EQ,
            "ne", DateTest.Comparison.NE,
            "lt", DateTest.Comparison.LT,
            "gt", DateTest.Comparison.GT,
            "le", DateTest.Comparison.LE,
            "ge", DateTest.Comparison.GE,
            "sa", DateTest.Comparison.SA,
            "eb", DateTest.Comparison.EB);

    private SearchValues() {}

    /** Splits alternatives at commas that are not escaped; the parts are still escaped. */
    static List<String> alternatives(String parameter, String value) {
        List<String> parts = split(value, ',', Integer.MAX_VALUE);
        for (String part : parts) {
            if (part.codePoints().anyMatch(Character::isISOControl)) {
                throw invalid(parameter, "expected no control characters");
            }
            if (part.codePoints().noneMatch(SearchValues::isSomething)) {
                throw invalid(parameter, "empty");
            }
        }
        return parts;
    }

    /** Accents alone are taken away when texts are compared, and a text of nothing begins every name. */
    private static boolean isSomething(int codePoint) {
        return !Character.isWhitespace(codePoint) && Character.getType(codePoint) != Character.NON_SPACING_MARK;
    }

    static Criterion.Token token(String parameter, String value) {
        List<String> parts = split(value, '|', 2);
        if (parts.size() == 1) {
            return new Criterion.Token(null, unescape(value));
        }
        String system = unescape(parts.get(0));
        String code = unescape(parts.get(1));
        if (system.isEmpty() && code.isEmpty()) {
            throw invalid(parameter, "neither system nor code");
        }
        return new Criterion.Token(system, code.isEmpty() ? null : code);
    }

    static DateTest date(String parameter, String value, ZoneId zone) {
        DateTest.Comparison comparison = DateTest.Comparison.EQ;
        String text = value.strip();
        if (text.length() > 2 && Character.isLetter(text.charAt(0))) {
            comparison = Optional.ofNullable(PREFIXES.get(text.substring(0, 2).toLowerCase(Locale.ROOT)))
                    .orElseThrow(() -> invalid(parameter, "prefix not one of eq ne lt gt le ge sa eb"));
            text = text.substring(2);
        }
        // A '+' of a time zone that was not escaped arrives as a space.
        DateRange range = DateRange.parse(text.replace(' ', '+'), zone)
                .orElseThrow(() -> invalid(
                        parameter, "expected a date like 2026, 2026-11, 2026-11-20 or " + "2026-11-20T08:00:00+08:00"));
        return new DateTest(comparison, range);
    }

    static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            plain.append(c == '\\' && i + 1 < value.length() ? value.charAt(++i) : c);
        }
        return plain.toString();
    }

    static CodedException invalid(String parameter, String detail) {
        return new CodedException(Issue.of(FhirError.INVALID_VALUE, parameter, detail));
    }

    private static List<String> split(String value, char separator, int limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == separator && parts.size() < limit - 1) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        return parts;
    }
}
