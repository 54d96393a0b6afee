package org.tongmai.standards.terminology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One concept map, immutable: what each code of one system is in another. */
public final class ConceptMap {
    /** What becomes of a code the map does not have. */
    public enum Unmapped {
        /** The message is refused. */
        REFUSE,
        /**
         * The code stays as the sender wrote it, with the sender's code system; an element that takes only the target's
         * codes is left out. Either way the issue says so.
         */
        KEEP,
        /** The map's default target is taken. */
        DEFAULT
    }

    /**
     * What a code becomes.
     *
     * @param system URI of the target code system; empty where the target is a bare code or boolean
     * @param code the target code; empty where the source code is known to have no equivalent
     * @param display the target's display, or empty
     */
    public record Target(String system, String code, String display) {}

    /**
     * How a table is used; from its row in {@code sources.csv}.
     *
     * @param sourceSystem URI of the code system the source codes are of
     * @param unmapped what becomes of a code without a row
     * @param fallback target code of {@link Unmapped#DEFAULT}; empty otherwise
     */
    public record Policy(String sourceSystem, Unmapped unmapped, String fallback) {}

    private final String name;
    private final Policy policy;
    private final Origin origin;
    private final Map<String, Target> targets;
    private final Map<String, Map<String, Target>> local;
    private final Target fallback;

    /**
     * @param name table name
     * @param policy how it is used
     * @param origin where it comes from
     * @param targets by source code, in the order of the table
     */
    public ConceptMap(String name, Policy policy, Origin origin, Map<String, Target> targets) {
        this(name, policy, origin, Map.of(), targets);
    }

    private ConceptMap(
            String name,
            Policy policy,
            Origin origin,
            Map<String, Map<String, Target>> local,
            Map<String, Target> targets) {
        this.name = name;
        this.policy = policy;
        this.origin = origin;
        this.targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        this.local = local;
        this.fallback = policy.unmapped() == Unmapped.DEFAULT ? defaultTarget() : null;
    }

    /** The same map with dictionaries of single senders; theirs count before the rows for everybody. */
    public ConceptMap with(Map<String, Map<String, Target>> dictionaries) {
        return new ConceptMap(name, policy, origin, Map.copyOf(dictionaries), targets);
    }

    private Target defaultTarget() {
        return targets.values().stream()
                .filter(target -> target.code().equals(policy.fallback()))
                .findFirst()
                .orElse(new Target("", policy.fallback(), ""));
    }

    public String name() {
        return name;
    }

    public Policy policy() {
        return policy;
    }

    public Origin origin() {
        return origin;
    }

    /** The target of a code, or null when the map has no row for it. */
    public Target target(String sourceCode) {
        return targets.get(sourceCode);
    }

    /** Whether any sender has a dictionary of its own: only then {@link #target(String, String)} differs. */
    public boolean hasLocal() {
        return !local.isEmpty();
    }

    /**
     * The target of a code as a sender means it, or null.
     *
     * @param sender MSH-4, or MSH-3 where there is none
     */
    public Target target(String sourceCode, String sender) {
        Map<String, Target> dictionary = local.get(sender);
        Target own = dictionary == null ? null : dictionary.get(sourceCode);
        return own != null ? own : targets.get(sourceCode);
    }

    /** The source codes that become a target code, in the order of the table: the map read backwards. */
    public List<String> sources(String targetCode) {
        List<String> sources = new ArrayList<>(2);
        targets.forEach((source, target) -> {
            if (!targetCode.isEmpty() && target.code().equals(targetCode)) {
                sources.add(source);
            }
        });
        return sources;
    }

    /** The target taken for codes without a row, or null when the policy is another. */
    public Target fallback() {
        return fallback;
    }

    /** All rows by source code, in the order of the table. */
    public Map<String, Target> targets() {
        return targets;
    }

    /** The dictionaries of single senders: sender to source code to target. */
    public Map<String, Map<String, Target>> local() {
        return local;
    }
}
