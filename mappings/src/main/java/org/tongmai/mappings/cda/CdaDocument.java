package org.tongmai.mappings.cda;

import java.util.List;
import org.tongmai.standards.error.Issue;

/**
 * A document made of canonical data.
 *
 * @param type {@code C0001} to {@code C0053}
 * @param id document number 文档流水号
 * @param xml UTF-8
 * @param issues fields the data have no value for, or no place for; never an error
 */
public record CdaDocument(String type, String id, byte[] xml, List<Issue> issues) {
    public CdaDocument {
        issues = List.copyOf(issues);
    }

    @Override
    public String toString() {
        return "CdaDocument[" + type + ", " + xml.length + " bytes]";
    }
}
