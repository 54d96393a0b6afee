package org.tongmai.standards.terminology;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One value set, immutable: codes chosen from code systems by rules. Membership is judged on a day. */
public final class ValueSet {
    private final String name;
    private final String uri;
    private final Origin origin;
    private final List<Rule> rules;

    /**
     * A code of a value set.
     *
     * @param system the code system
     * @param entry the entry in force on the day that was asked for
     */
    public record Member(CodeSystem system, CodeSystem.Entry entry) {
        /** Whether the words stand in the code or in one of the displays, whatever their case. */
        public boolean matches(String words) {
            return contains(entry.code(), words)
                    || contains(entry.display(), words)
                    || contains(entry.displayEnglish(), words);
        }

        private static boolean contains(String text, String words) {
            return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
        }
    }

    /** Whether codes are added or taken away. */
    public enum Effect {
        INCLUDE,
        EXCLUDE
    }

    /** One test of an entry. */
    @FunctionalInterface
    public interface Test {
        boolean holds(CodeSystem system, CodeSystem.Entry entry, LocalDate day);
    }

    /**
     * One rule; later rules see what earlier ones left.
     *
     * @param effect adds or takes away
     * @param system codes of this code system that pass all tests; null where codes are those of a value set
     * @param set codes of this value set; null where they are those of a code system
     * @param tests empty for every code
     */
    public record Rule(Effect effect, CodeSystem system, ValueSet set, List<Test> tests) {}

    /**
     * @param name table name
     * @param uri what profiles and requests call it
     * @param origin where it comes from
     * @param rules in order
     */
    public ValueSet(String name, String uri, Origin origin, List<Rule> rules) {
        this.name = name;
        this.uri = uri;
        this.origin = origin;
        this.rules = List.copyOf(rules);
    }

    /** The value set of every code of a code system. */
    public static ValueSet all(CodeSystem system) {
        return new ValueSet(
                system.name(),
                system.uri(),
                system.origin(),
                List.of(new Rule(Effect.INCLUDE, system, null, List.of())));
    }

    public String name() {
        return name;
    }

    public String uri() {
        return uri;
    }

    public Origin origin() {
        return origin;
    }

    /** The code systems that codes may be of. */
    public Set<CodeSystem> systems() {
        Set<CodeSystem> systems = new LinkedHashSet<>();
        for (Rule rule : rules) {
            if (rule.effect() == Effect.INCLUDE) {
                systems.addAll(
                        rule.system() != null
                                ? Set.of(rule.system())
                                : rule.set().systems());
            }
        }
        return systems;
    }

    /** Whether a code is in the set on a day; null for no day. */
    public boolean contains(CodeSystem system, String code, LocalDate day) {
        CodeSystem.Entry entry = system.entry(code, day);
        boolean in = false;
        for (Rule rule : rules) {
            boolean include = rule.effect() == Effect.INCLUDE;
            if (entry != null && in != include && applies(rule, system, entry, day)) {
                in = include;
            }
        }
        return in;
    }

    private static boolean applies(Rule rule, CodeSystem system, CodeSystem.Entry entry, LocalDate day) {
        if (rule.set() != null) {
            return rule.set().contains(system, entry.code(), day);
        }
        return rule.system() == system && rule.tests().stream().allMatch(test -> test.holds(system, entry, day));
    }

    /** The codes in the set on a day, in the order of the code systems; null for no day. */
    public List<Member> expand(LocalDate day) {
        List<Member> members = new ArrayList<>();
        for (CodeSystem system : systems()) {
            for (String code : system.codes()) {
                CodeSystem.Entry entry = system.entry(code, day);
                if (entry != null && contains(system, code, day)) {
                    members.add(new Member(system, entry));
                }
            }
        }
        return members;
    }
}
