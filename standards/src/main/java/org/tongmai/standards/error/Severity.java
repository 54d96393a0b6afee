package org.tongmai.standards.error;

/** How much an {@link Issue} weighs; only {@link #ERROR} and {@link #FATAL} refuse a message. */
public enum Severity {
    INFORMATION,
    WARNING,
    ERROR,
    FATAL;

    /** Says whether an issue of this severity refuses what it was found in. */
    public boolean refuses() {
        return this == ERROR || this == FATAL;
    }
}
