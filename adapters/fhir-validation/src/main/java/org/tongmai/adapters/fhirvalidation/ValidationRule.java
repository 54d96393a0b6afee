package org.tongmai.adapters.fhirvalidation;

/** What is judged more or less strictly than the validator does by itself. */
public enum ValidationRule {
    /** Addresses kept for examples ({@code http://example.org/…}) are an error. */
    REFUSE_EXAMPLE_URLS,
    /** An extension nobody here has defined is an error. */
    REFUSE_UNKNOWN_EXTENSIONS,
    /** An observation with the LOINC code of a vital sign must keep FHIR's profile of it, whether it claims it or not. */
    IMPLY_VITAL_SIGNS,
    /** HTML in markdown is an error instead of a warning. */
    REFUSE_HTML_IN_MARKDOWN,
    /** A reference to a resource that can not be found is an error, and its type is checked. */
    CHECK_REFERENCES,
    /** Contained resources are not judged. */
    SKIP_CONTAINED,
    /** Comments in JSON are tolerated. */
    ALLOW_COMMENTS
}
