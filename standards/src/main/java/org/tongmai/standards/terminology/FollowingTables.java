package org.tongmai.standards.terminology;

import java.util.function.Function;
import java.util.function.Supplier;

/** What is compiled with the tables in force: at its first use, and again at the first use after they were switched. */
public final class FollowingTables<T> implements Supplier<T> {
    private final Supplier<Terminology> tables;
    private final Function<Terminology, T> compiler;
    private Terminology with;
    private T compiled;

    /**
     * @param tables the tables in force
     * @param compiler what is made of them
     */
    public FollowingTables(Supplier<Terminology> tables, Function<Terminology, T> compiler) {
        this.tables = tables;
        this.compiler = compiler;
    }

    @Override
    public synchronized T get() {
        Terminology now = tables.get();
        if (now != with) {
            compiled = compiler.apply(now);
            with = now;
        }
        return compiled;
    }
}
