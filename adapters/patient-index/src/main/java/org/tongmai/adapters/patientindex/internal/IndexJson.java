package org.tongmai.adapters.patientindex.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.tongmai.adapters.patientindex.PatientIndexStoreError;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientTraits;

/** Traits and verdicts as the tables hold them. */
public final class IndexJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectReader TRAITS = JSON.readerFor(PatientTraits.class);
    private static final ObjectReader VERDICT = JSON.readerFor(MatchVerdict.class);

    private IndexJson() {}

    public static String write(Object value) {
        try {
            return value == null ? null : JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
    }

    static PatientTraits traits(String text) {
        try {
            return TRAITS.readValue(text);
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
    }

    static MatchVerdict verdict(String text) {
        try {
            return text == null ? null : VERDICT.readValue(text);
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
    }

    private static CodedException unreadable() {
        // Without the cause: its text quotes the value.
        return new CodedException(Issue.of(PatientIndexStoreError.UNREADABLE, "", "not the JSON of this version"));
    }
}
