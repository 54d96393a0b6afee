package org.tongmai.standards.profile;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with the tables of the profiles. Found when they are loaded. */
public enum ProfileError implements ErrorCode {
    BAD_HEADER("TM-PROFILE-0001", "The header of a profile table is not the one of its kind"),
    WRONG_WIDTH("TM-PROFILE-0002", "A row of a profile table does not have as many cells as its header"),
    BAD_CELL("TM-PROFILE-0003", "A cell of a profile table holds what its column does not allow"),
    DUPLICATE("TM-PROFILE-0004", "A profile, element, slice or constraint stands twice"),
    UNKNOWN_ELEMENT("TM-PROFILE-0005", "A row names an element that the FHIR R4 type does not have"),
    UNKNOWN_NAME("TM-PROFILE-0006", "A row names a profile, constraint or identifier system that no table has");

    private final ErrorFacts facts;

    ProfileError(String code, String summary) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, false, new Wire("AE", 207, 422, "structure"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
