package org.tongmai.standards.terminology;

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
    private final Map<String, Target> targets;
    private final Target fallback;

    public ConceptMap(String name, Policy policy, Map<String, Target> targets) {
        this.name = name;
        this.policy = policy;
        this.targets = Map.copyOf(targets);
        this.fallback = policy.unmapped() == Unmapped.DEFAULT ? defaultTarget() : null;
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

    /** The target of a code, or null when the map has no row for it. */
    public Target target(String sourceCode) {
        return targets.get(sourceCode);
    }

    /** The target taken for codes without a row, or null when the policy is another. */
    public Target fallback() {
        return fallback;
    }

    /** All rows by source code. */
    public Map<String, Target> targets() {
        return targets;
    }
}
