package org.tongmai.standards.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The header fields of an HTTP message, in the order and the spelling they came in (RFC 9110, section 5). Names are
 * compared without regard to case; a name may come more than once. Immutable.
 */
public final class HttpFields {
    /** No field at all. */
    public static final HttpFields NONE = new HttpFields(List.of());

    private final List<String> namesAndValues;

    private HttpFields(List<String> namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** @param namesAndValues a name, its value, the next name, … */
    public static HttpFields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("fields: " + namesAndValues.length + " (expected: names and values)");
        }
        return new HttpFields(List.of(namesAndValues));
    }

    /** Collects fields. */
    public static final class Builder {
        private final List<String> collected = new ArrayList<>(32);

        public Builder add(String name, String value) {
            collected.add(name);
            collected.add(value);
            return this;
        }

        /** The fields so far; the builder must not be used afterwards. */
        public HttpFields build() {
            return new HttpFields(collected);
        }
    }

    /** The first value of a name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Every value of a name, in order. */
    public List<String> all(String name) {
        List<String> found = new ArrayList<>(1);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                found.add(namesAndValues.get(i + 1));
            }
        }
        return found;
    }

    public void forEach(BiConsumer<String, String> nameAndValue) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            nameAndValue.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    /** The fields whose name passes. */
    public HttpFields only(Predicate<String> name) {
        Builder kept = new Builder();
        forEach((each, value) -> {
            if (name.test(each)) {
                kept.add(each, value);
            }
        });
        return kept.build();
    }

    /** These, with one more; others of its name are left out. */
    public HttpFields with(String name, String value) {
        Builder all = new Builder();
        forEach((each, old) -> {
            if (!each.equalsIgnoreCase(name)) {
                all.add(each, old);
            }
        });
        return all.add(name, value).build();
    }

    public int size() {
        return namesAndValues.size() / 2;
    }

    /** The name of the field at an index, in the order they came. */
    public String name(int index) {
        return namesAndValues.get(2 * index);
    }

    /** The value of the field at an index. */
    public String value(int index) {
        return namesAndValues.get(2 * index + 1);
    }

    /** Shows no value: they hold tokens and names. */
    @Override
    public String toString() {
        return "HttpFields[" + size() + "]";
    }
}
