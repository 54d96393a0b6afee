package org.tongmai.routes.engine.bundle.deploy;

import java.util.List;
import org.tongmai.routes.engine.bundle.BundleError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.FailureFacts;
import org.tongmai.standards.error.Issue;

/** Why one bundle can not be made ready, also where nobody has foreseen it: it hinders no other. */
final class Unforeseen {
    private Unforeseen() {}

    /** Its own issues, or one with {@link BundleError#NOT_READY} that names kind and place of the failure. */
    static List<Issue> issues(RuntimeException failure) {
        return failure instanceof CodedException coded
                ? coded.issues()
                : List.of(Issue.of(BundleError.NOT_READY, "", FailureFacts.place(failure)));
    }
}
