package org.tongmai.adapters.fhir.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.tongmai.standards.canonical.WriteRule;

class ReferencesTest {
    @Test
    void the_url_of_an_attachment_leads_to_an_entry_and_that_of_an_extension_says_what_it_is() throws Exception {
        ObjectNode resource = (ObjectNode)
                new ObjectMapper()
                        .readTree(
                                """
                        {"resourceType": "DocumentReference",
                         "extension": [{"url": "urn:uuid:1", "extension": [{"url": "urn:uuid:1", "valueString": "a"}]}],
                         "_status": {"extension": [{"url": "urn:uuid:1", "valueAttachment": {"url": "urn:uuid:1"}}]},
                         "content": [{"attachment": {"url": "urn:uuid:1"}}]}""");
        References references = new References(null, "");
        references.entry("urn:uuid:1", "Binary/b");
        references.resolve(new Change(
                "",
                Change.Verb.CREATE,
                "DocumentReference",
                "",
                "",
                new Change.Conditions(WriteRule.ANY, ""),
                "",
                resource,
                null));

        assertThat(resource.at("/content/0/attachment/url").asText()).isEqualTo("Binary/b");
        assertThat(resource.at("/_status/extension/0/valueAttachment/url").asText())
                .isEqualTo("Binary/b");
        assertThat(resource.at("/extension/0/url").asText()).isEqualTo("urn:uuid:1");
        assertThat(resource.at("/extension/0/extension/0/url").asText()).isEqualTo("urn:uuid:1");
        assertThat(resource.at("/_status/extension/0/url").asText()).isEqualTo("urn:uuid:1");
    }
}
