package org.tongmai.mappings;

import java.util.function.Supplier;

/** What is made when it is first asked for, once. */
final class FirstUse<T> {
    private final Supplier<T> maker;
    private T value;

    FirstUse(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }

    synchronized boolean made() {
        return value != null;
    }
}
