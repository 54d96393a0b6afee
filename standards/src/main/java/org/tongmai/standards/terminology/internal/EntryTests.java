package org.tongmai.standards.terminology.internal;

import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.tongmai.standards.terminology.CodeSystem;
import org.tongmai.standards.terminology.TerminologyError;
import org.tongmai.standards.terminology.ValueSet;

/** The tests of value sets: operators of FHIR's filter-operator on the code, its displays, its status, its properties. */
final class EntryTests {
    private EntryTests() {}

    /** A test that can not be. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
        private final TerminologyError code;

        Wrong(TerminologyError code, String message) {
            super(message);
            this.code = code;
        }

        TerminologyError code() {
            return code;
        }
    }

    static ValueSet.Test of(CodeSystem system, String property, String operator, String value) throws Wrong {
        Function<CodeSystem.Entry, String> read = reader(system, property);
        return switch (operator) {
            case "=" -> (of, entry, day) -> read.apply(entry).equals(value);
            case "in" -> {
                Set<String> values = Set.of(value.split("\\|"));
                yield (of, entry, day) -> values.contains(read.apply(entry));
            }
            case "not-in" -> {
                Set<String> values = Set.of(value.split("\\|"));
                yield (of, entry, day) -> !values.contains(read.apply(entry));
            }
            case "exists" -> {
                boolean wanted = value.equals("true");
                if (!wanted && !value.equals("false")) {
                    throw new Wrong(TerminologyError.BAD_CELL, "the value of exists is not true or false");
                }
                yield (of, entry, day) -> read.apply(entry).isEmpty() != wanted;
            }
            case "regex" -> regex(read, value);
            case "is-a", "descendent-of" -> below(system, property, operator, value);
            default ->
                throw new Wrong(
                        TerminologyError.BAD_CELL,
                        "operator is not =, in, not-in, exists, regex, is-a or descendent-of");
        };
    }

    private static Function<CodeSystem.Entry, String> reader(CodeSystem system, String property) throws Wrong {
        return switch (property) {
            case "code" -> CodeSystem.Entry::code;
            case "display" -> CodeSystem.Entry::display;
            case "status" -> CodeSystem.Entry::status;
            default -> {
                if (system.properties().stream().noneMatch(p -> p.name().equals(property))) {
                    throw new Wrong(TerminologyError.BROKEN_INCLUDE, system.name() + " has no such column");
                }
                yield entry -> entry.property(property);
            }
        };
    }

    private static ValueSet.Test regex(Function<CodeSystem.Entry, String> read, String value) throws Wrong {
        try {
            Pattern pattern = Pattern.compile(value);
            return (of, entry, day) -> pattern.matcher(read.apply(entry)).matches();
        } catch (PatternSyntaxException e) {
            throw new Wrong(TerminologyError.BAD_CELL, "the value is no regular expression");
        }
    }

    private static ValueSet.Test below(CodeSystem system, String property, String operator, String value) throws Wrong {
        if (!property.equals("code")) {
            throw new Wrong(TerminologyError.BAD_CELL, operator + " is a test of the property code");
        }
        if (system.entries(value).isEmpty()) {
            throw new Wrong(TerminologyError.BROKEN_INCLUDE, system.name() + " has no such code");
        }
        boolean itself = operator.equals("is-a");
        return (of, entry, day) -> (itself || !entry.code().equals(value)) && of.isA(entry.code(), value, day);
    }
}
