package org.tongmai.routes.engine.bundle;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can be wrong with a route bundle. Locations are {@code file:line} inside the bundle's folder. */
public enum BundleError implements ErrorCode {
    FOLDER_INCOMPLETE("TM-BUNDLE-0001", "A file every bundle has is missing or can not be read"),
    MANIFEST_INVALID("TM-BUNDLE-0002", "The manifest is not valid"),
    SETTING_MISSING("TM-BUNDLE-0003", "A setting has no value"),
    SETTING_INVALID("TM-BUNDLE-0004", "A setting's value is not of its type or range"),
    SETTING_UNDECLARED("TM-BUNDLE-0005", "A setting is not declared in config.schema.json"),
    SCHEMA_INVALID("TM-BUNDLE-0006", "config.schema.json is not valid"),
    ROUTE_INVALID("TM-BUNDLE-0007", "A route file is not one canonical YAML route with id and description"),
    STEP_FORBIDDEN("TM-BUNDLE-0008", "A step is not one that bundles may use"),
    ENDPOINT_FORBIDDEN("TM-BUNDLE-0009", "Bundles reach endpoints by kamelets only"),
    EXPRESSION_FORBIDDEN("TM-BUNDLE-0010", "An expression is not one that bundles may use"),
    LITERAL_FORBIDDEN("TM-BUNDLE-0011", "A host, address, user or secret is written into a route"),
    KAMELET_MISSING("TM-BUNDLE-0012", "A kamelet is not there"),
    START_FAILED(
            "TM-BUNDLE-0013", "The bundle's routes could not be started", true, new Wire("AE", 207, 422, "invalid")),
    BUNDLE_UNKNOWN("TM-BUNDLE-0014", "No bundle of this id is loaded", false, new Wire("AE", 207, 404, "not-found")),
    ARCHIVE_UNREADABLE("TM-BUNDLE-0020", "The file is not the zip of a bundle"),
    ARCHIVE_TOO_LARGE("TM-BUNDLE-0021", "A bundle is larger, or has more files, than a bundle may"),
    NAME_FORBIDDEN("TM-BUNDLE-0022", "A file is not one a bundle may have"),
    SIGNATURE_MISSING("TM-BUNDLE-0023", "The bundle is not signed"),
    SIGNATURE_UNREADABLE("TM-BUNDLE-0024", "signature.json is not valid"),
    AUTHOR_UNKNOWN("TM-BUNDLE-0025", "The bundle is signed by nobody who is trusted"),
    SIGNATURE_WRONG("TM-BUNDLE-0026", "The signature was not made by the key it names"),
    SIGNATURE_OF_ANOTHER_BUNDLE("TM-BUNDLE-0027", "The signature is of another bundle"),
    SIGNATURE_OF_ANOTHER_VERSION("TM-BUNDLE-0028", "The signature is of another version"),
    CONTENT_CHANGED("TM-BUNDLE-0029", "The files are not those that were signed"),
    AUTHORS_UNREADABLE("TM-BUNDLE-0030", "A key of the trusted authors can not be read"),
    LIMIT_EXCEEDED("TM-BUNDLE-0031", "A file holds more than a file of a bundle may"),
    SECRET_IN_CLEAR("TM-BUNDLE-0032", "A password or key is written into a file of the bundle"),
    PARAMETER_WRONG("TM-BUNDLE-0033", "A kamelet does not take a parameter so, or lacks one"),
    NOT_READY(
            "TM-BUNDLE-0034",
            "The platform failed while it made the bundle ready",
            true,
            new Wire("AE", 207, 500, "exception"));

    private final ErrorFacts facts;

    BundleError(String code, String summary) {
        this(code, summary, false, new Wire("AE", 207, 422, "invalid"));
    }

    BundleError(String code, String summary, boolean retryable, Wire wire) {
        this.facts = new ErrorFacts(code, summary, Severity.ERROR, retryable, wire);
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
