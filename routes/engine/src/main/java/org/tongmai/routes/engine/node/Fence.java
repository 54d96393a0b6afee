package org.tongmai.routes.engine.node;

/** Says whether a newer run has taken this run's name. Once fallen it stays so: this process must be started anew. */
public final class Fence {
    private volatile boolean fallen;

    void fall() {
        fallen = true;
    }

    public boolean fallen() {
        return fallen;
    }
}
