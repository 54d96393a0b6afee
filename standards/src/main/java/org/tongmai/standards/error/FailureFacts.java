package org.tongmai.standards.error;

import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * What may be told of a failure that is not ours: its kind and its place. Never its words, since other people's
 * exceptions like to quote what they choked on.
 */
public final class FailureFacts {
    private FailureFacts() {}

    /** Kind and place of what failed first: {@code java.lang.IllegalStateException at org.x.Y.z(Y.java:12)}. */
    public static String place(Throwable failure) {
        Throwable root = root(failure);
        StackTraceElement[] trace = root.getStackTrace();
        return root.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    /**
     * The issues of a failure: those of the first coded exception in its chain, else one that names its kind.
     *
     * @param failure may be null: nobody knows what failed
     * @param otherwise the code of what is not coded
     */
    public static List<Issue> issues(Throwable failure, ErrorCode otherwise) {
        for (Throwable each = failure; each != null; each = next(each)) {
            if (each instanceof CodedException coded) {
                return coded.issues();
            }
        }
        String kind =
                failure == null ? "no exception" : root(failure).getClass().getSimpleName();
        return List.of(Issue.of(otherwise, "", "found: " + kind));
    }

    /** What a step of a future failed with, without the wrapping that futures put around it. */
    public static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Whether the virtual machine itself has failed, so that nothing that it still does can be relied on. */
    public static boolean isMachineFailure(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = next(root); cause != null; cause = next(root)) {
            root = cause;
        }
        return root;
    }

    private static Throwable next(Throwable failure) {
        return failure.getCause() == failure ? null : failure.getCause();
    }
}
