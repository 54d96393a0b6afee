package org.tongmai.routes.engine.gateway.screen.internal.value;

/**
 * What judging one request may cost, in characters and tokens looked at. Whoever goes over a text, or starts to read one anew,
 * says so here; who sends what would cost more wants not to be judged. Used by one thread at a time.
 */
public final class Work {
    /** A large page, or a query of many lines, takes a tenth. */
    private static final long ALWAYS = 4_000_000;
    /** Of its content: a text that is suspect in every way is read about twelve times. */
    private static final int TIMES = 32;

    private final long all;
    private long left;

    /** @param length of the request's content, in bytes */
    public Work(long length) {
        this.all = ALWAYS + TIMES * length;
        this.left = all;
    }

    /** @throws Spent when there is not so much left */
    public void charge(long steps) {
        left -= steps;
        if (left < 0) {
            throw new Spent();
        }
    }

    /** What was charged so far. */
    public long spent() {
        return all - left;
    }

    /** What may be charged in all. */
    public long all() {
        return all;
    }

    /** It would be more, or what is judged is too long or too deep to be read on. */
    public static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Spent() {
            super(null, null, false, false);
        }
    }
}
