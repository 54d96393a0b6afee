package org.tongmai.standards.exchange;

/** Says which calls may bring a content that is too large to be held in memory; asked before it is read. Waits for nothing. */
@FunctionalInterface
public interface LargeContents {
    /** It can not be said now; who asks again soon is told. */
    long LATER = -1;

    /**
     * @param door where the call came in, as the listener's route names it
     * @param head the call without its content
     * @return most bytes of its content, which then goes into a file; 0 where it has to do with what is held in
     *     memory, {@link #LATER}
     */
    long most(String door, HttpCall head);
}
