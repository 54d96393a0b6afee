package org.tongmai.adapters.fhirvalidation.internal;

/** One judgement in a lane. Whichever is first, its end or the end of patience, says what becomes of the place. */
final class Turn {
    private final Lane lane;
    private Thread worker;
    private boolean over;
    private boolean told;

    Turn(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    /** Begins on this thread, which is told to end when the judgement was given up before. */
    synchronized void begin() {
        worker = Thread.currentThread();
        if (over || told) {
            worker.interrupt();
        }
    }

    /** Nobody waits for the verdict any more, but the place stays taken until the worker is through. */
    synchronized void tell() {
        told = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Ends on this thread, which goes on to other judgements; whether somebody waited until now. */
    synchronized boolean end() {
        Thread.interrupted();
        worker = null;
        boolean waited = !over;
        over = true;
        return waited;
    }

    /** Waits no longer, and tells the worker so; whether it was not through. */
    synchronized boolean giveUp() {
        if (over) {
            return false;
        }
        over = true;
        if (worker != null) {
            worker.interrupt();
        }
        return true;
    }
}
