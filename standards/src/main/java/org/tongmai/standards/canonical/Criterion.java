package org.tongmai.standards.canonical;

import java.util.List;

/** One condition of a search; its values are alternatives. None of them prints what is searched for. */
public sealed interface Criterion {
    /** The name of the search parameter. */
    String parameter();

    /** Matches by logical id. */
    record IdIs(List<String> ids) implements Criterion {
        public IdIs {
            ids = List.copyOf(ids);
        }

        @Override
        public String parameter() {
            return "_id";
        }

        @Override
        public String toString() {
            return "IdIs[" + ids.size() + "]";
        }
    }

    /** Matches by the time of the current version. */
    record LastUpdatedIs(List<DateTest> tests) implements Criterion {
        public LastUpdatedIs {
            tests = List.copyOf(tests);
        }

        @Override
        public String parameter() {
            return "_lastUpdated";
        }
    }

    /** Matches a code or an identifier. */
    record TokenIs(String parameter, List<Token> tokens) implements Criterion {
        public TokenIs {
            tokens = List.copyOf(tokens);
        }

        @Override
        public String toString() {
            return "TokenIs[" + parameter + "]";
        }
    }

    /**
     * A code to look for.
     *
     * @param system its system; empty for a code that has none, null for any
     * @param code the code; null for any code of the system
     */
    record Token(String system, String code) {
        @Override
        public String toString() {
            return "Token";
        }
    }

    /** Matches texts that start so. */
    record TextStarts(String parameter, List<String> prefixes) implements Criterion {
        public TextStarts {
            prefixes = List.copyOf(prefixes);
        }

        @Override
        public String toString() {
            return "TextStarts[" + parameter + "]";
        }
    }

    /** Matches references, each {@code Type/id}. */
    record ReferenceIs(String parameter, List<String> references) implements Criterion {
        public ReferenceIs {
            references = List.copyOf(references);
        }

        @Override
        public String toString() {
            return "ReferenceIs[" + parameter + "]";
        }
    }

    /** Matches dates and periods. */
    record DateIs(String parameter, List<DateTest> tests) implements Criterion {
        public DateIs {
            tests = List.copyOf(tests);
        }

        @Override
        public String toString() {
            return "DateIs[" + parameter + "]";
        }
    }
}
