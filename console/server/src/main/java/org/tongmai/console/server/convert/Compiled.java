package org.tongmai.console.server.convert;

import java.util.function.Function;
import java.util.function.Supplier;
import org.tongmai.standards.terminology.Terminology;

/** What is compiled with the tables in force, at its first use, and again at the first use after they were switched. */
final class Compiled<T> implements Supplier<T> {
    private final Supplier<Terminology> tables;
    private final Function<Terminology, T> compiler;
    private Terminology with;
    private T compiled;

    Compiled(Supplier<Terminology> tables, Function<Terminology, T> compiler) {
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
