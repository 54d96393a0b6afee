package org.tongmai.console.server.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.tongmai.console.server.convert.IssueView;

/**
 * A registered document as a client reads it.
 *
 * @param id logical id in the registry
 * @param documentId the document's own number 文档流水号
 * @param setId what all its versions share
 * @param version 1 for the first
 * @param replaces number of the document it replaces, or null
 * @param status {@code current} or {@code superseded}
 * @param type code, for example {@code C0002}
 * @param title as the document says
 * @param patient {@code Patient/…}
 * @param time when it was made
 * @param organization who keeps it
 * @param size bytes
 * @param sha256 lower-case hex
 * @param issues what was noticed when it was registered; empty when it is only listed
 */
public record DocumentView(
        String id,
        String documentId,
        String setId,
        int version,
        String replaces,
        String status,
        String type,
        String title,
        String patient,
        String time,
        String organization,
        long size,
        String sha256,
        List<IssueView> issues) {

    static DocumentView of(ObjectNode document, List<IssueView> issues) {
        JsonNode attachment = document.path("content").path(0).path("attachment");
        JsonNode replaced = document.path("relatesTo").path(0).path("target").path("identifier");
        return new DocumentView(
                document.path("id").asText(),
                document.path("masterIdentifier").path("value").asText(),
                document.path("identifier").path(0).path("value").asText(),
                extension(document, Registration.VERSION).path("valueInteger").asInt(1),
                replaced.path("value").asText(null),
                document.path("status").asText(),
                document.path("type").path("coding").path(0).path("code").asText(),
                document.path("description").asText(attachment.path("title").asText()),
                document.path("subject").path("reference").asText(),
                document.path("date").asText(),
                document.path("custodian").path("display").asText(),
                attachment.path("size").asLong(),
                extension(document, Registration.SHA_256).path("valueString").asText(),
                issues);
    }

    private static JsonNode extension(ObjectNode document, String url) {
        for (JsonNode extension : document.path("extension")) {
            if (extension.path("url").asText().equals(url)) {
                return extension;
            }
        }
        return MissingNode.getInstance();
    }

    @Override
    public String toString() {
        return "DocumentView[" + type + " " + status + "]";
    }
}
